/* The plan beside the answers: what it says now, what the last answer changed, and what is only assumed. */
import { h, fill, button, counted, listed, money, upper, $ } from "./dom.js";

/* What a plan is called that rests on what was not asked yet, or is being listed. */
function sketchWords({ ahead, listed: letters, usual, isOpen }) {
  if (letters !== null) return `You have listed ${letters ? counted(letters, "letter") : "no letter yet"}; ${counted(usual)} are usual.${isOpen ? " The plan waits until you go on." : ""}`;
  return `${isOpen ? "We ask first about" : "A first sketch. Still to come:"} ${listed(ahead)}.`;
}

/* What the plan would use and nobody has answered: the same lines beside the plan and where answers are checked. */
export function stillOpen(plan, context) { return plan.unknown.filter((each) => !context.noted(each.field)); }

export function openLine(each, context, words = "Answer") {
  return h("li", {}, upper(each.name), ". ", h("span", { class: "quiet" }, context.spoken(each.why)), " ", context.toQuestion(each.field, words));
}

/* The names of what is unfolded in a place. */
export function openIn(place) { return [...place.querySelectorAll("details[open]")].map((each) => each.dataset.name); }

export function drawPlan(place, plan, context, title = { id: "plan-title", words: "Your plan so far" }) {
  const { changed, updating, sketch, planner } = context;
  if (!plan) {
    fill(place, h("h2", { id: title.id }, title.words), h("p", { class: "quiet" }, planner));
    return;
  }
  const open = openIn(place);
  const fold = (name, words, ...inside) => h("details", { "data-name": name, open: open.includes(name) }, h("summary", {}, words), inside);
  const unanswered = stillOpen(plan, context), unsure = plan.unknown.filter((each) => context.noted(each.field) === "unknown");
  const isOpen = sketch !== null && sketch.isOpen, sketchLine = sketch && h("p", { class: "under" }, sketchWords(sketch));
  const lately = changed && h("div", { class: "changed" }, h("p", {}, h("strong", {}, "Just changed: "), changed.lines.map((line, i) => [i ? " " : "", line])), changed.after && h("p", { class: "quiet" }, `After your answer: ${changed.after}`));
  const unsaid = () => [h("p", { class: "combination" }, h("strong", {}, "Too early to say")), sketchLine, backupsSoFar(plan, sketch) && h("p", {}, h("strong", {}, "Backups so far: "), plan.names.join(", ")), lately];
  const whole = () => [
    h("p", { class: "combination" }, plan.names.length ? [plan.counting ? "Apply to " : "", h("strong", {}, plan.combination)] : h("strong", {}, upper(plan.combination))),
    plan.names.length > 0 && h("p", { class: "quiet" }, plan.names.join(" · ")),
    sketchLine,
    !plan.names.length && plan.because.slice(0, 1).map((line) => h("p", { class: "under" }, line)),
    plan.under.map((line) => h("p", { class: "under" }, line)),
    lately,
    plan.counting && plan.programs > 0 && h("p", { class: "sum" }, `${plan.programs} programs · ${money(plan.fees)}${plan.budget ? ` of your ${money(plan.budget)}` : ""}`),
    plan.missing && !sketch && h("p", { class: "gap" }, h("strong", {}, "Gap: "), `a letter from ${plan.missing}`),
    plan.things.length > 0 && [h("h3", {}, "Next"), h("ol", { class: "things" }, plan.things.map((each) => h("li", {}, each.text, " ", h("span", { class: "due" }, each.when))))],
    plan.applications.length > 0 && plan.counting && fold("counts", "How many, and what they cost", h("ul", {}, plan.applications.map((each) => h("li", {}, `${each.name}: ${each.planned} · ${money(each.fee)}`)))),
    fold("why", "Why this plan", plan.because.map((line) => h("p", {}, line)), h("p", {}, h("strong", {}, "Against it: "), plan.against)),
    plan.changes.length > 0 && fold("changes", "What would change it", h("ul", {}, plan.changes.map((line) => h("li", {}, line)))),
  ];
  fill(place,
    h("h2", { id: title.id }, title.words),
    updating && h("p", { class: "quiet" }, "Updating …"),
    context.visaFirst,
    ...(isOpen ? unsaid() : whole()),
    plan.assumed.length > 0 && fold("assumed", `What we assumed (${plan.assumed.length})`, h("ul", {}, plan.assumed.map((each) => h("li", {}, upper(each.name), ": ", context.value(each), ". ", h("span", { class: "quiet" }, context.spoken(each.why)), " ", context.toQuestion(each.field, "Change"))))),
    unanswered.length > 0 && fold("open", `Still open (${unanswered.length})`, h("ul", {}, unanswered.map((each) => openLine(each, context)))),
    unsure.length > 0 && fold("unsure", `You do not know yet (${unsure.length})`, h("ul", {}, unsure.map((each) => openLine(each, context, "Change")))),
  );
}

/* On a phone, one line at the bottom that leads to the plan. */
export function drawLine(plan, changed, sketch = null) {
  let line = $("plan-line");
  if (!plan) { if (line) line.remove(); return; }
  if (!line) { line = h("p", { id: "plan-line" }); document.body.append(line); }
  fill(line, button(lineWords(plan, changed, sketch), () => { const title = $("plan-title"); title.tabIndex = -1; title.focus(); title.scrollIntoView({ block: "start" }); }, { class: changed ? "lit" : "" }));
}

function lineWords(plan, changed, sketch) {
  if (sketch && sketch.listed !== null) return `${sketch.listed ? upper(counted(sketch.listed, "letter")) : "No letter"} listed; ${counted(sketch.usual)} are usual`;
  if (sketch && sketch.isOpen) return backupsSoFar(plan, sketch) ? `Too early to say · backups so far: ${plan.combination}` : "Your plan: too early to say";
  return `${sketch ? "A first sketch" : "Your plan so far"}: ${plan.combination}${changed ? " · changed" : ""}`;
}

/* A sketch without the goal holds backups: shown as no more than that, and only once something was marked. */
function backupsSoFar(plan, sketch) { return plan.names.length > 0 && sketch.listed === null && sketch.hasBackups; }

/* What comes before all else where a passport is restricted: what to do, what is to be decided and by when. It stands
   whole where passports are asked, folded beside the rest; `open` names what is unfolded. */
export function visaFirst({ visa, advised }, opens, isFolded, open) {
  if (!visa) return null;
  const ask = "Ask ECFMG or an immigration lawyer whether an exception applies to you.";
  const steps = visa.closed && !advised ? [ask, "Write down the day and the answer."]
    : visa.closed ? [ask, opens ? `Then decide whether to apply this season, by ${opens}, the day when applications can be sent.` : "Then decide whether you still apply this season.", "Pay for nothing before that. You can prepare all the rest."]
    : ["Ask each program in writing whether it files an H-1B for a national of your country.", "Pay only for programs that say yes."];
  const title = "Your passport is on a list of restrictions: what to do first", opened = (name) => open.includes(name);
  const inside = [h("ol", {}, steps.map((step) => h("li", {}, step))),
    h("details", { class: "more", "data-name": "list", open: opened("list") }, h("summary", {}, "What the list says"), visa.lines.map((line) => h("p", {}, line)))];
  return isFolded ? h("details", { class: "alarm quietly", "data-name": "visa", open: opened("visa") }, h("summary", {}, title), inside)
    : h("div", { class: "alarm quietly" }, h("p", {}, h("strong", {}, `${title}.`)), inside);
}
