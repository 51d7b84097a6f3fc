/* The page: where we are, what is drawn, and what the planner is asked. */
import { $, h, fill, button, download, say, spoken, within } from "./dom.js";
import { Answers, newGuideId } from "./answers.js";
import { Questions } from "./questions.js";
import { field } from "./fields.js";
import { cards, entryScreen } from "./cards.js";
import { drawPlan, drawLine, openIn, visaFirst } from "./plan.js";
import { checkScreen } from "./check.js";
import { resultScreen, refreshResult, openGuide } from "./result.js";
import { Planner } from "./planner.js";
import { GuideShelf } from "./guide.js";
import { choose, chooseTable, onChosen, isSealed, passwordForm } from "./open.js";
import { early } from "./early.js";
import { notice, dismiss, passOn } from "./notices.js";
import { folds, signature, findAgain, whenReleased } from "./again.js";
import * as kept from "./keep.js";

const QUIET = 350, LIT = 700, STALLED = 20000;
const on = dayOf(new URL(location.href).searchParams.get("on"));
const answers = new Answers(fresh());
let questions, planner, shelf;
let plan = null, mistakes = [], former = "", formerDay = "", shownFaults = new Set(), leftFaults = new Set(); // told when the reader went on; already when a field was left
let lit = null, lastChanged = "", updating = false, asking = 0, timer = 0;
let entry = null, lacking = [], openParts = new Set(), waiting = {}, example = false, example_ = null;
let drawn = ""; // the password of this tab: on paper by now, so it stays
let reached = 0; // the furthest step
let folded = new Map(); // by question, as it was when the reader came to the step: an answer moves nothing
let keeps = false, offered = false, isSaved = true, loading = "Getting the planner", failed = null, shelved = "", isLocked = true, hasCopy = false, unkept = false;

function fresh() { return { version: 1, guide_id: newGuideId(), goal: { specialty: "interventional-radiology" } }; }

function dayOf(given) {
  if (given && /^20\d\d-\d\d-\d\d$/.test(given) && !isNaN(new Date(given))) return given;
  const now = new Date(), two = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/* ---- where we are: the address's # says it, so that the browser's Back works */

function place() {
  const [screen = "", ...rest] = decodeURIComponent(location.hash.slice(1)).split("/");
  return { screen, rest };
}

function go(to) {
  if (decodeURIComponent(location.hash.slice(1)) === to) draw(true); else location.hash = to;
}

/* ---- drawing */

const context = {
  get answers() { return answers; },
  get questions() { return questions; },
  get words() { return questions.data.words; },
  get longest() { return questions.data.longest; },
  get planner() { return planner; },
  get shelf() { return shelf; },
  get table() { return tableHere() ? planner.table : null; },
  get lacksTable() { const named = answers.get("programs_file"); return named !== undefined && !tableHere() ? String(named) : ""; },
  bringTable, profileBytes,
  get plan() { return plan; },
  get mistakes() { return mistakes.map((each) => ({ ...each, text: questions.inItsWords(questions.questionOf(each.path.join(".")), each.text) })); },
  get keeps() { return keeps; },
  get drawn() { return drawn; },
  draws(words) { drawn = words; },
  inCard: false,
  go, focus, keep, forget,
  redraw(path, value) { changedTo(path, value); whenReleased(() => draw(false, { path, value })); },
  isOpen: (name) => openParts.has(name),
  open: (name, is) => { if (is) openParts.add(name); else openParts.delete(name); },
  /* A word that is on no list is told as soon as its field is left. */
  async left(question) {
    if (!planner.isReady) return;
    await replan();
    if (!document.getElementById(`q-${question.field}`) || !context.faultsAt(question).length) return;
    leftFaults.add(question.field);
    whenReleased(() => draw(false, true));
  },
  place: (specialty) => (!plan || !plan.specialties.includes(specialty) ? "" : sketched()?.isOpen ? (hasMarks() ? "Among your backups so far" : "") : "In your plan now"),
  faults: (question) => (shownFaults.has(question.field) || leftFaults.has(question.field) ? context.faultsAt(question) : []),
  faultsAt: (question) => mistakes.filter((each) => isOf(each, question)).map((each) => ({ ...each, text: questions.inItsWords(question, each.text) })),
  toQuestion: (path, words) => button([words, h("span", { class: "unseen" }, `: ${questions.questionOf(path.replace(/\[.*$/, ""))?.ask || path}`)], () => toQuestion(path), { class: "link" }),
  value: (each) => valueInWords(each),
  noted: (path) => answers.noted[questions.questionOf(path)?.field ?? path],
  spoken: (why) => why.replace(/`budget_usd`/, "your limit").replace(/, and build again\./, "."),
  asked,
  saved(whole) { if (whole) isSaved = true; },
  shelve() { const now = asked(); if (shelved !== now) { shelved = now; shelf.put(planner.ask("site", now)); } },
  openAtOnce: () => openGuide(context).then((words) => setTimeout(() => { const told = document.querySelector("main .told"); if (told) fill(told, words); }, 100)),
  faultInWords: (error) => error.words || (error.fault && error.fault.network ? "A file of the program could not be fetched. Connect once and try again; your answers are safe." : "Our mistake: this could not be made. Your answers are safe. Save your profile."),
};

function isOf(mistake, question) {
  const path = mistake.path.map(String), own = question.field.split(".");
  return own.every((part, i) => path[i] === part) || (path.length > 0 && path.every((part, i) => own[i] === part));
}

function valueInWords(each) {
  const question = questions.questionOf(each.field), words = question && (question.field === each.field || question.kind === "marks") && question.answers && question.answers[each.assumed];
  return words || each.assumed;
}

function changedTo(path) { const question = path && questions.questionOf(path); if (question) lastChanged = question.ask; }

function draw(moved, keepFocus) {
  const { screen, rest } = place(), main = $("main");
  if (moved) folded = new Map();
  reached = Math.max(reached, ["check", "guide"].includes(screen) ? questions.steps.length : questions.steps.findIndex((each) => screen === "step" && each.id === rest[0]));
  const here = keepFocus && document.activeElement && document.activeElement.closest("main") ? document.activeElement : null;
  const focused = here && signature(here), height = here && here.getBoundingClientRect().top;
  const step = screen === "step" ? questions.byId[rest[0]] : null;
  const unfolded = moved ? [] : folds().filter(([each]) => each.open).map(([, name]) => name);
  document.body.dataset.screen = step ? "step" : screen || "start";
  $("frame").classList.toggle("with-plan", Boolean(step) || ["check", "guide"].includes(screen));
  $("steps").hidden = !(step || ["check", "guide"].includes(screen));
  $("plan").hidden = $("steps").hidden;
  if (!$("steps").hidden) drawSteps(step ? step.id : screen);
  if (step && rest.length === 3) fill(main, entryOf(step, rest[1], Number(rest[2])));
  else if (step) fill(main, stepScreen(step));
  else if (screen === "check") fill(main, checkScreen(within(context, { planner: loadingWords() })));
  else if (screen === "guide") fill(main, resultScreen(context));
  else fill(main, startScreen());
  for (const [each, name] of folds()) if (unfolded.includes(name)) each.open = true;
  drawAside();
  titled(step);
  if (moved) { window.scrollTo(0, 0); const title = main.querySelector("h1"); if (title && (screen || document.activeElement !== document.body)) title.focus({ preventScroll: true }); }
  else if (focused) { const again = findAgain(focused); if (again) { again.focus({ preventScroll: true }); window.scrollBy(0, again.getBoundingClientRect().top - height); } }
}

function titled(step) {
  const error = document.querySelector("main .fault, main .problem") ? "Error: " : "";
  const steps = questions.steps, at = step ? steps.indexOf(step) + 1 : 0;
  const name = step ? `${step.title}, step ${at} of ${steps.length}` : { check: "Check your answers", guide: "Your guide" }[place().screen];
  document.title = error + (name ? `${name} - Match guide` : "Match guide");
}

function drawSteps(current) {
  const steps = questions.steps;
  const of = (id, words, number) => h("li", { class: id === current ? "now" : done(id) ? "done" : "" }, h("a", { href: id === "check" || id === "guide" ? `#${id}` : `#step/${id}`, "aria-current": id === current ? "step" : undefined }, number && h("span", { class: "number" }, `${number} `), words, done(id) && id !== current && h("span", { class: "unseen" }, " (answered)")));
  const done = (id) => questions.byId[id] && questions.byId[id].questions.some((question) => answers.isAnswered(question.field) && question.field !== "goal.season");
  const list = h("ol", {}, steps.map((step, i) => of(step.id, step.title, i + 1)), of("check", "Check your answers"), of("guide", "Your guide"));
  const at = steps.findIndex((step) => step.id === current);
  fill($("steps"), h("details", { class: "all-steps", open: window.innerWidth > 1100 }, h("summary", {}, at < 0 ? "All steps" : `Step ${at + 1} of ${steps.length} · All steps`), list), h("div", { class: "progress", "aria-hidden": "true" }, steps.map((_, i) => h("span", { class: i <= at || at < 0 ? "full" : "" }))));
}

function drawAside() {
  if ($("plan").hidden) { drawLine(null); return; }
  const sketch = sketched();
  drawPlan($("plan"), plan, within(context, { changed: lit, updating, sketch, visaFirst: plan && !$("visa-first") && visaBox(true, openIn($("plan"))), planner: loadingWords() }));
  drawLine(plan, Boolean(lit), sketch);
}

function visaBox(isFolded, open) {
  const opens = questions.season.submit_from;
  return visaFirst(plan, opens > on ? spoken(opens) : "", isFolded, open);
}

/* While what decides the plan was neither answered nor passed, the plan is a sketch: and where it leaves the goal out, no
   verdict. The same while letters are being listed, for each of them changes it. */
function sketched() {
  if (!plan || !plan.advised || example) return null;
  const isAnswered = (step) => step.questions.some((question) => answers.isAnswered(question.field));
  const { screen, rest } = place(), letters = answers.get("letters");
  const listing = screen === "step" && rest[0] === "letters" && Array.isArray(letters);
  const ahead = questions.steps.filter((step, i) => step.decides && i >= reached && !isAnswered(step)).map((step) => step.decides);
  if (!ahead.length && !listing) return null;
  return { ahead, listed: listing ? letters.length : null, usual: plan.usual_letters, isOpen: !plan.with_goal, hasBackups: hasMarks() };
}

function hasMarks() { return answers.get("backups.enjoyment") !== undefined; }

/* ---- screens */

function startScreen() {
  return [
    h("section", { class: "hero" }, h("h1", { tabindex: "-1" }, "Your plan for the Match, made on your own device"),
      h("p", { class: "lead" }, "For doctors trained outside the US who want interventional radiology: which backups, how many programs, which letter goes where, and what to do this week."),
      h("p", {}, "Eight short steps. Your plan is there before the last one. You can leave out whatever you do not know."),
      h("div", { class: "row actions" }, button(answers.isEmpty ? "Start" : "Go on", () => go("step/you"), { class: "main" }), button("Open a profile or guide", choose)),
      h("p", {}, button("See an example (made up)", showExample, { class: "link" })),
      h("p", { class: "promise" }, "Nothing you type is sent. ", h("a", { href: "trust.html" }, "What this does, and how to check it"), ".")),
    example_ && answers.isEmpty && exampleCard(),
  ];
}

/* What a plan looks like: a made-up doctor's, planned when the app was built. */
function exampleCard() {
  const box = h("section", { class: "example", "aria-labelledby": "example-title" });
  drawPlan(box, example_.plan, within(context, { changed: null, updating: false, sketch: null, visaFirst: null, planner: "", value: (each) => each.assumed, noted: () => undefined, toQuestion: () => null }), { id: "example-title", words: "A made-up doctor’s plan, on 15 June 2026" });
  return box;
}

function stepScreen(step) {
  const shown = step.questions.filter((question) => questions.isShown(question));
  const isMore = (question) => {
    if (!folded.has(question.field)) folded.set(question.field, Boolean(question.more) && !answers.isAnswered(question.field));
    return folded.get(question.field) && !context.faults(question).length;
  };
  const drawn = (question) => {
    const box = question.kind === "cards" ? cards(question, within(context, { step })) : field(question, scopeOf(), context);
    const misfit = questions.isMisfit(question) && h("p", { class: "misfit" }, "This no longer fits your other answers. ", button("Remove", () => { answers.set(question.field, undefined); draw(); }, { class: "small" }));
    return misfit ? h("div", {}, misfit, box) : box;
  };
  const faults = shown.filter((question) => shownFaults.has(question.field)).flatMap((question) => context.faults(question).map((each) => [question, each]));
  const more = shown.filter(isMore), steps = questions.steps, at = steps.indexOf(step);
  const next = at + 1 < steps.length ? `step/${steps[at + 1].id}` : "check";
  return [
    at > 0 && h("p", { class: "back" }, h("a", { href: `#step/${steps[at - 1].id}` }, "‹ Back")),
    h("h1", { tabindex: "-1" }, step.title), h("p", { class: "lead" }, step.lead),
    example && h("p", { class: "alarm quietly" }, "This is a made-up person. ", button("Start with my own answers", startOwn, { class: "small" })),
    faults.length > 0 && h("div", { class: "problem", tabindex: "-1", id: "problem" }, h("h2", {}, "There is a problem"), h("ul", {}, faults.map(([question, each]) => h("li", {}, h("a", { href: `#q-${question.field}`, onclick: (event) => { event.preventDefault(); focus(`#q-${CSS.escape(question.field)} [aria-invalid], #q-${CSS.escape(question.field)} input, #q-${CSS.escape(question.field)} button`); } }, each.text)))),
      h("div", { class: "row" }, button("Go on without it", () => leave(step, next)))),
    shown.filter((question) => !isMore(question)).map(drawn),
    more.length > 0 && h("details", { class: "more", open: openParts.has(step.id), ontoggle: (event) => context.open(step.id, event.target.open) }, h("summary", {}, `More questions (${more.length})`), more.map(drawn)),
    step.id === "visa" && h("div", { id: "visa-first", role: "status" }, plan && visaBox(false, [])),
    h("div", { class: "row actions" }, button("Continue", () => advance(step, shown, next), { class: "main" })),
  ];
}

function scopeOf() {
  return { get: (path) => answers.get(path), set: (path, value) => answers.set(path, value), note: (path, kind) => answers.note(path, kind), noted: (path) => answers.noted[path] };
}

/* Mistakes are told when the reader goes on, never while they type. */
async function advance(step, shown, next) {
  if (planner.isReady) await replan(); else mistakes = early(shown, answers);
  const wrong = shown.filter((question) => context.faultsAt(question).length);
  shownFaults = new Set(wrong.map((question) => question.field));
  if (wrong.length) { draw(); focus("#problem"); return; }
  leave(step, next);
}

function leave(step, next) {
  shownFaults = new Set();
  leftFaults = new Set();
  go(next);
  if (step.id !== "you" && !offered && !keeps && !example) offerToKeep();
}

function entryOf(step, path, index) {
  const question = questions.questionOf(path), key = `${path}/${index}`;
  if (!entry || entry.key !== key) { entry = { key, draft: null, dirty: false }; lacking = []; }
  return entryScreen(question, index, within(context, {
    draft: entry.draft, missing: lacking,
    keepDraft: (draft) => { entry.draft = draft; }, drafted: () => { entry.dirty = true; isSaved = false; },
    redrawEntry: (name, value) => whenReleased(() => draw(false, { path: name, value })),
    lacking: (names) => { lacking = names; draw(); focus("main .problem"); },
    done: (card) => { entry = null; go(`step/${questions.stepOf(path).id}`); setTimeout(() => focus(`[data-card="${CSS.escape(card)}"] button`), 60); },
    cancel: () => { entry = null; go(`step/${step.id}`); },
  }));
}

function focus(selector) {
  setTimeout(() => { const found = document.querySelector(selector); if (found) { found.focus(); found.scrollIntoView({ block: "center" }); } }, 0);
}

function toQuestion(line) {
  const path = line.replace(/\[.*$/, "");
  if (path === "goal" || path === "goal.specialty") { // no question: there is one goal so far
    answers.set("goal.specialty", fresh().goal.specialty);
    return draw();
  }
  const question = questions.questionOf(path), step = questions.stepOf(path);
  if (!step) return;
  if (question.more) openParts.add(step.id);
  shownFaults.add(question.field);
  go(`step/${step.id}`);
  focus(`#q-${CSS.escape(question.field)} input, #q-${CSS.escape(question.field)} select, #q-${CSS.escape(question.field)} button`);
}

/* ---- planning */

/* What an answer changed, in what is shown: of a sketch without the goal these are the backups. */
function changedLines(was, before, found) {
  const now = sketched(), isOpen = (sketch) => sketch !== null && sketch.isOpen;
  if (now && now.listed !== null) return [];
  if (!isOpen(before) && !isOpen(now)) return found.changed;
  if (!isOpen(now)) return [`The plan is now: ${found.combination}.`];
  return isOpen(before) && was.names.length && found.names.length && was.combination !== found.combination ? [`Backups so far: ${found.combination} (before: ${was.combination}).`] : [];
}

/* The table counts only for answers that name it. */
function tableHere() { return planner.table !== null && planner.table.name === answers.get("programs_file"); }

function asked() { return JSON.stringify({ answers: answers.data, on, since: former || undefined, table: tableHere() ? planner.table.mark : undefined }); }

function heard(path) {
  if (path && !example) isSaved = false;
  if (path) { changedTo(path); lit = null; }
  clearTimeout(timer);
  timer = setTimeout(replan, QUIET);
  save();
}

async function replan() {
  clearTimeout(timer);
  if (failed) return;
  const mine = ++asking, after = lastChanged, was = plan, before = sketched();
  updating = Boolean(plan);
  try {
    const found = JSON.parse(await planner.ask("plan", asked()));
    mistakes = found.mistakes || [];
    if (found.combination !== undefined) {
      const first = !plan;
      plan = found;
      if (first) { say("Your plan is ready."); lit = null; setTimeout(() => planner.ask("prepare").catch(() => {}), 500); }
      const lines = first ? [] : changedLines(was, before, found);
      if (lines.length) { lit = { lines, after }; setTimeout(() => { if (lit && lit.lines === lines) say(`Plan changed: ${lines.join(" ")}`); }, LIT); }
    }
  } catch (error) {
    if (mine === asking && error.fault && !failed) notice("fault", "Our mistake: the plan could not be made. Your answers are safe.", [button("Save my profile", saveProfile), button("Copy what went wrong", () => navigator.clipboard.writeText(JSON.stringify(error.fault)).then(() => say("Copied. It holds nothing you typed."), () => {}))]);
  }
  if (mine === asking) { updating = false; whenReleased(drawFound); }
}

function drawFound() {
  drawAside();
  const box = $("visa-first");
  if (box) fill(box, plan && visaBox(false, openIn(box)));
  if (place().screen === "check") draw(); else if (place().screen === "guide") refreshResult(context); else { refreshPlaces(); refreshFaults(); }
}

/* What was wrong and is right now is told no longer; the rest of the page stays as it is. */
function refreshFaults() {
  for (const name of new Set([...shownFaults, ...leftFaults])) {
    const box = document.getElementById(`q-${name}`), question = questions.questionOf(name);
    if (!box || !question || question.kind === "cards" || context.faultsAt(question).length) continue;
    shownFaults.delete(name);
    leftFaults.delete(name);
    box.classList.remove("wrong");
    box.querySelectorAll(".fault").forEach((each) => each.remove());
    box.querySelectorAll("[aria-invalid]").forEach((each) => each.removeAttribute("aria-invalid"));
    document.querySelectorAll(`#problem a[href="#q-${CSS.escape(name)}"]`).forEach((each) => each.closest("li").remove());
  }
  const problem = $("problem");
  if (problem && !problem.querySelector("li")) { problem.remove(); document.title = document.title.replace(/^Error: /, ""); }
}

/* What only the plan knows, beside marks that are already drawn. */
function refreshPlaces() {
  for (const mark of document.querySelectorAll("main .mark")) {
    const specialty = questions.data.specialties.find((each) => each.name === mark.querySelector("legend")?.textContent);
    const words = specialty && context.place(specialty.id);
    let line = mark.querySelector(".place");
    if (!words) { if (line) line.remove(); continue; }
    if (!line) { line = h("p", { class: "place" }); mark.append(line); }
    line.textContent = words;
  }
}

let lastSeen = 0, total = 0, stall = 0;

function loadingWords() {
  if (failed) return failed;
  if (loading === "getting" && total && lastSeen >= total) return "Starting the planner. You can go on answering.";
  return { getting: `Getting the planner: ${(lastSeen / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB. You can go on answering.`, starting: "Starting the planner. You can go on answering.", planning: "Making your first plan …", ready: "" }[loading] ?? "Getting the planner. You can go on answering.";
}

function told(data) {
  clearTimeout(stall);
  if (data.type === "total") { total = data.total; loading = "getting"; lastSeen = 0; }
  if (data.type === "progress") { lastSeen = data.seen; loading = "getting"; }
  if (data.type === "starting") loading = "starting";
  if (data.type === "ready") { loading = "planning"; failed = null; replan().then(() => { loading = "ready"; showLoading(); drawAside(); }); }
  if (data.type === "failed") {
    failed = data.fault.network ? "The planner could not be fetched. Your answers are still here." : "The planner stopped. Your answers are still here. Close other tabs, or save your profile and use a computer.";
    notice("failed", failed, [button("Try again", () => { failed = null; dismiss("failed"); planner.again(); }), !answers.isEmpty && button("Save my profile", saveProfile)]);
  } else if (data.type === "progress" && data.seen < total) {
    stall = setTimeout(() => notice("failed", "Slow connection. Your answers are still here.", [button("Try again", () => { dismiss("failed"); planner.again(); })]), STALLED);
    dismiss("failed");
  }
  showLoading();
}

let shownAt = 0;
function showLoading() {
  const words = loading === "ready" ? "" : loadingWords(), line = $("loading");
  line.hidden = !words;
  if (line.textContent !== words) line.textContent = words;
  const now = Date.now();
  if (!plan && now - shownAt > 400 && !$("plan").hidden) { shownAt = now; const quiet = $("plan").querySelector(".quiet"); if (quiet) quiet.textContent = words; }
}

/* ---- opening, saving, keeping, forgetting */

async function openText(text) {
  if (isSealed(text)) {
    const main = $("main");
    document.body.dataset.screen = "sealed";
    passwordForm(main, text, openText, () => draw(true));
    return;
  }
  dismiss("opened");
  if (!planner.isReady) notice("opened", "Reading your file as soon as the planner is ready …");
  try {
    const found = JSON.parse(await planner.ask("opened", text));
    dismiss("opened");
    if (found.fault) { notice("opened", found.fault, [button("Choose another", () => { dismiss("opened"); choose(); })]); return; }
    take(found);
  } catch (error) { notice("opened", error.fault ? context.faultInWords(error) : "This file could not be read. Choose profile.yml or guide.html."); }
}

function take(found) {
  example = false;
  former = found.since || waiting.since || "";
  formerDay = found.on || waiting.on || "";
  waiting = {};
  if (former && formerDay > on) { former = ""; formerDay = ""; }
  plan = null; lit = null; mistakes = []; entry = null;
  if (found.answers) {
    planner.table = null; // it was of the answers before
    answers.replace(found.answers); // as they are: the same profile makes the same guide, here and by the command
    if (!answers.get("goal.specialty")) answers.set("goal.specialty", fresh().goal.specialty, { quiet: true });
    isSaved = true;
    if (!former) notice("opened", "Your answers are here again. Comments that you wrote into the file yourself are not saved with them.", [button("Close", () => dismiss("opened"))]);
    go("guide");
  } else {
    notice("opened", `This guide of ${spoken(formerDay)} holds its plan, but not your answers. Open your profile too, or answer the questions; then you see what changed.`, [button("Open my profile", () => { waiting = { since: found.since, on: found.on }; choose(); })]);
    go("step/you");
  }
  heard("");
}

/* A table is read before it is named: what cannot be read changes nothing. */
function bringTable(refused) {
  chooseTable(async (name, bytes) => {
    refused("Reading your table …");
    try {
      const found = await planner.bring(name, bytes);
      if (found.fault) return refused(found.fault);
      refused("");
      answers.set("programs_file", name);
      dismiss("table");
      draw(false);
      say(`${found.programs} programs read.`);
    } catch (error) { refused(context.faultInWords(error)); }
  }, refused);
}

async function saveProfile() {
  download(await profileBytes(), "profile.yml", "application/yaml");
  isSaved = true;
}

/* Without the planner too: then as JSON, which a profile may be. */
async function profileBytes() {
  let text;
  try { text = await planner.ask("written", asked()); } catch { text = JSON.stringify(answers.data, null, 1); }
  return new TextEncoder().encode(text);
}

function showExample() {
  if (!example_) return;
  example = true;
  plan = null; lit = null; planner.table = null;
  answers.replace(structuredClone(example_.answers));
  isSaved = true;
  go("step/you");
}

function startOwn() { example = false; plan = null; reached = 0; planner.table = null; answers.replace(fresh()); isSaved = true; draw(true); }

function offerToKeep() {
  offered = true;
  notice("keep", "Your answers are only in this tab. A phone can close it by itself, and then they are gone. Keep a copy in this browser? Whoever uses this browser can read it, so do not keep it on a shared computer.", [
    button("Keep", () => { dismiss("keep"); keep(true).then(tellKept); }), button("Do not keep", () => dismiss("keep"))]);
}

async function keep(wanted) {
  if (!wanted) {
    keeps = hasCopy = unkept = false;
    dismiss("full");
    await stopSaving();
    await kept.forgetAnswers();
    say("Nothing is kept on this device any more.");
    return;
  }
  keeps = true;
  isLocked = await kept.holdLock(lostLock);
  if (!isLocked) return elsewhere();
  kept.askToStay();
  await save();
  if (hasCopy && !unkept) say("Your answers are kept in this browser.");
}

const FORGOTTEN = "Forgotten. Nothing is kept in this browser; your answers are still in this tab.";

/* Kept by a notice, told by one: with the way back. */
function tellKept() {
  if (!hasCopy || unkept) return;
  notice("kept", "Kept in this browser.", [button("Forget", async () => {
    await keep(false);
    notice("kept", FORGOTTEN, [button("Close", () => dismiss("kept"))]);
    if (place().screen === "guide") draw(false);
  }), button("Close", () => dismiss("kept"))]);
}

let saving = 0, pending = null, writing = Promise.resolve();
function save() {
  if (!keeps || !isLocked || example) return Promise.resolve();
  clearTimeout(saving);
  return new Promise((resolve) => { pending = () => { writing = write().then(resolve); }; saving = setTimeout(pending, 200); });
}

/* What is forgotten must not be written once more by a change that still waits, or by one that is being written. */
function stopSaving() { clearTimeout(saving); pending = null; return writing; }

/* A phone may close a tab that is not looked at, and asks nobody. */
function saveAtOnce() { if (!pending) return; clearTimeout(saving); pending(); }

async function write() {
  pending = null;
  if (!keeps || !isLocked) return;
  try {
    await kept.writeKept({ data: answers.data, noted: answers.noted, former, table: tableHere() ? { name: planner.table.name, bytes: planner.table.bytes } : undefined, at: new Date().toISOString() });
    isSaved = hasCopy = true;
    unkept = false;
    dismiss("full");
  } catch (error) {
    unkept = true;
    const full = error && error.name === "QuotaExceededError";
    const words = hasCopy ? `${full ? "No room. " : ""}Nothing new was kept; your earlier copy is whole. Save your profile.`
      : `${full ? "No room. Nothing was kept." : "This browser keeps nothing here, as in some private windows."} Save your profile before you close this tab.`;
    notice("full", words, [button("Save my profile", saveProfile)]);
  }
}

function lostLock() { isLocked = false; elsewhere(); }

function elsewhere() {
  notice("elsewhere", "Your kept answers are open in another tab. What you change here is not kept.", [button("Use it here", async () => {
    isLocked = await kept.holdLock(lostLock, { steal: true });
    dismiss("elsewhere");
    const found = await kept.readKept();
    if (found) restore(found, false);
    else {
      keeps = hasCopy = false;
      notice("kept", FORGOTTEN, [button("Close", () => dismiss("kept"))]);
    }
  })]);
}

function restore(found, tell = true) {
  planner.table = null;
  answers.replace(found.data, found.noted || {});
  reached = questions.steps.findLastIndex((step) => step.questions.some((question) => question.field !== "goal.season" && answers.isAnswered(question.field)));
  former = found.former || "";
  isSaved = true;
  if (found.table) planner.bring(found.table.name, found.table.bytes).then(() => { draw(false); return replan(); }).catch(() => { /* the question says that it is not here */ });
  if (tell) notice("restored", `Your answers are back, as you left them on ${new Date(found.at).toLocaleString("en-US", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" })}.`, [button("Close", () => dismiss("restored"))]);
  draw();
}

async function forget() {
  if (!window.confirm("Forget your answers and everything this program keeps in this browser? Files you downloaded stay.")) return;
  keeps = false;
  await kept.holdLock(lostLock, { steal: true });
  await stopSaving();
  await kept.forgetEverything();
  isSaved = true;
  location.replace(`${location.pathname}${location.search}#forgotten`);
  location.reload();
}

/* ---- beginning */

function works() {
  try { return typeof DecompressionStream === "function" && typeof WebAssembly === "object" && crypto.subtle && Object.hasOwn && structuredClone; } catch { return false; }
}

async function begin() {
  if (!works()) {
    if (!window.isSecureContext) $("without").append(h("p", {}, "This address is not safe (http). Put https:// before it."));
    return;
  }
  shelf = new GuideShelf();
  planner = new Planner(told);
  $("scheme").addEventListener("click", () => setScheme(document.documentElement.dataset.scheme === "dark" ? "light" : "dark"));
  setScheme(document.documentElement.dataset.scheme);
  $("scheme").hidden = false;
  const data = await (await fetch("questions.json")).json();
  questions = new Questions(data, answers, on);
  fetch("example.json").then((answer) => answer.json()).then((found) => { example_ = found; if (!place().screen) draw(false); }).catch(() => { /* shown without it */ });
  answers.onchange(heard);
  onChosen(openText, (words) => notice("opened", words));
  window.addEventListener("hashchange", () => {
    passOn();
    if (document.getElementById(location.hash.slice(1))) return; draw(true); });
  window.addEventListener("beforeunload", (event) => { if (!isSaved && !answers.isEmpty && (!keeps || unkept || !isLocked)) { event.preventDefault(); event.returnValue = true; } });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") saveAtOnce(); });
  window.addEventListener("pagehide", () => { saveAtOnce(); if (!keeps) kept.forgetGuides(); });
  const found = await kept.readKept();
  if (found && found.data) {
    keeps = true; offered = true; hasCopy = true;
    isLocked = await kept.holdLock(lostLock);
    if (isLocked) restore(found); else elsewhere();
  } else kept.forgetGuides();
  if (place().screen === "forgotten") { history.replaceState(null, "", location.pathname + location.search); notice("forgotten", "Everything is forgotten.", [button("Close", () => dismiss("forgotten"))]); }
  draw(false);
  shelf.works.then(() => {
    const registration = shelf.registration;
    if (registration) registration.addEventListener("updatefound", () => { if (navigator.serviceWorker.controller) notice("new", "A newer version is here. Close all tabs of this page to use it.", [button("Close", () => dismiss("new"))]); });
  });
}

function setScheme(scheme) {
  document.documentElement.dataset.scheme = scheme;
  const dark = scheme === "dark";
  fill($("scheme"), dark ? "Light" : "Dark");
  $("scheme").setAttribute("aria-pressed", String(dark));
  $("scheme").setAttribute("aria-label", dark ? "Switch to light mode" : "Switch to dark mode");
}

begin();
