/* The guide and what to do with it: read it, take it along, seal it, put it up, come back to it, leave nothing here. */
import { h, fill, button, download, say, spoken, $ } from "./dom.js";
import { showSingle } from "./guide.js";

const HTML = "text/html", ZIP = "application/zip";

/* Opens the guide in a tab of its own. What is to be told of it. */
export async function openGuide(context) {
  const { planner, shelf } = context;
  if (!(await shelf.works)) {
    if (!showSingle(planner.ask("single", context.asked()))) return "Your browser did not open a new tab. Allow it for this page, then try again.";
    return "Your guide is open in a new tab. This window cannot show its search: in a usual window it could.";
  }
  context.shelve();
  if (window.open(shelf.address, "_blank")) return "Your guide opens in a new tab. Leave this tab open while you read. To keep the guide, download it below.";
  return ["Your browser did not open a new tab. ", h("a", { href: shelf.address, target: "_blank" }, "Open your guide here")];
}

export function resultScreen(context) {
  const { planner, plan } = context;
  const told = answering(context), takenAlong = answering(context), saved = answering(context);
  const asked = () => context.asked();
  const take = (place, words, name, type, act, done) => place.working(words, async () => { const bytes = await act(); if (!bytes.length) throw Object.assign(new Error("empty"), { words: "There are no dates to put into a calendar now." }); download(bytes, name, type); context.saved(/profile|guide\.(html|zip)/.test(name)); return bytes; }, done);

  const open = () => openGuide(context).then((words) => fill(told.line, words));

  const download_ = [
    button("Download as one file", () => take(takenAlong, "Writing the file …", "guide.html", HTML, () => planner.ask("single", asked()), "guide.html is in your downloads. Anyone who has it can read it.")),
    button("Download the site", () => take(takenAlong, "Writing the site …", "guide.zip", ZIP, () => planner.ask("zip", asked()), "guide.zip is in your downloads: unpack it and open index.html.")),
    button("Calendar", () => take(takenAlong, "Writing the calendar …", "guide-dates.ics", "text/calendar", () => planner.ask("assets", asked(), "guide-dates.ics"), "Your dates are in your downloads.")),
    button("Program sheet", () => take(takenAlong, "Writing the sheet …", "program-sheet.csv", "text/csv", () => planner.ask("assets", asked(), "program-sheet.csv"), "The sheet is in your downloads.")),
  ];

  return [
    h("h1", { tabindex: "-1" }, "Your guide is ready"),
    h("p", {}, "It is only in this tab. Nothing of it was sent anywhere."),
    h("div", { id: "wrong" }, wrongOf(context)),
    h("div", { class: "row actions" }, button("Open my guide", open, { class: "main" }), button("Check or change my answers", () => context.go("check"))),
    told.line,
    h("div", { id: "since" }, sinceOf(plan)),
    h("section", {}, h("h2", {}, "Take it along"), h("div", { class: "row" }, download_), takenAlong.line, h("p", { class: "help" }, "To print it: open the guide, then “The whole guide, to print” at the end of its menu.")),
    sealing(context),
    publishing(),
    h("section", {}, h("h2", {}, "Come back later"), h("p", {}, "Your profile is a small file with your answers. Open it here again whenever something changes: one more letter, an interview, a score."),
      h("div", { class: "row" }, button("Save my profile", () => take(saved, "Writing your profile …", "profile.yml", "application/yaml", context.profileBytes, `profile.yml is in your downloads. It holds your scores and visa: keep it private.${context.table ? ` Your table stays a file of its own: keep it under the name ${context.table.name}.` : ""}`), { class: "main" })), saved.line),
    keeping(context),
  ];
}

/* A line below the buttons of a section, where the finger is: what is being done, and what came of it. */
function answering(context) {
  const line = h("p", { class: "told", role: "status" });
  const working = async (words, act, done) => {
    line.textContent = words;
    try { const result = await act(); line.textContent = done || ""; return result; }
    catch (error) { line.textContent = context.faultInWords(error); return undefined; }
  };
  return { line, working };
}

/* What the plan says of this screen: drawn anew when it moves, while the rest of the screen stays. */
export function refreshResult(context) {
  fill($("wrong"), wrongOf(context));
  fill($("since"), sinceOf(context.plan));
}

function wrongOf(context) {
  const { mistakes, lacksTable } = context, told = h("p", { class: "fault", role: "alert" });
  const lacks = lacksTable && h("div", { class: "alarm quietly" }, h("p", {}, `Your profile names the table ${lacksTable}. It is a file of its own. Open it too: until then the guide is made without it.`),
    h("div", { class: "row" }, button("Open my table", () => context.bringTable((words) => { told.textContent = words; }), { class: "small" })), told);
  return [lacks, wrongAnswers(mistakes)];
}

function wrongAnswers(mistakes) {
  return mistakes.length > 0 && h("p", { class: "alarm" }, `${mistakes.length === 1 ? "One answer" : `${mistakes.length} answers`} cannot be used. `, h("a", { href: "#check" }, "Change this first"), ".");
}

function sinceOf(plan) { return plan && plan.since && since(plan.since); }

function since(found) {
  const list = (title, lines) => lines.length > 0 && [h("h3", {}, title), h("ul", {}, lines.map((line) => h("li", {}, line)))];
  const nothing = !found.lines.length && !found.new.length && !found.gone.length;
  return h("section", { class: "changed" }, h("h2", {}, `What changed since ${spoken(found.on)}`), nothing && h("p", {}, "Nothing. The plan is the same."),
    list("The plan", found.lines), list("New for you", found.new), list("No longer asked", found.gone));
}

function sealing(context) {
  const { planner } = context, { line, working } = answering(context);
  /* Several lines, so that a phone shows all six words to copy by hand; Enter makes no new one. */
  const input = h("textarea", { id: "password", class: "typed", rows: 3, autocomplete: "off", autocapitalize: "none", spellcheck: "false",
    onkeydown: (event) => { if (event.key === "Enter") event.preventDefault(); }, oninput: () => { if (/[\r\n]/.test(input.value)) input.value = input.value.replace(/[\r\n]+/g, " "); } });
  const wrong = h("p", { class: "fault", role: "alert" });
  const draw = async () => {
    const words = await working("Drawing six words …", () => planner.ask("words"), "");
    if (words) { input.value = words; context.draws(words); wrong.textContent = ""; }
  };
  if (context.drawn) input.value = context.drawn; else draw();
  const good = async () => {
    wrong.textContent = "";
    if (!input.value.trim()) { await draw(); return false; }
    const told = await working("Looking at the password …", () => planner.ask("strength", context.asked(), input.value.trim()));
    if (told) { wrong.textContent = told; input.focus(); }
    return told === "";
  };
  const one = async () => {
    if (!(await good())) return;
    const bytes = await working("Sealing …", () => planner.ask("sealedSingle", context.asked(), input.value), "guide-sealed.html is in your downloads. Write the password down now: nobody can recover it. Then try it once: open the file and type the password.");
    if (bytes) { download(bytes, "guide-sealed.html", HTML); context.saved(true); }
  };
  const site = async () => {
    if (!(await good())) return;
    const bytes = await working("Sealing the site …", () => planner.ask("sealedZip", context.asked(), input.value), "guide-sealed.zip is in your downloads: put what is in it on any https:// host.");
    if (bytes) { download(bytes, "guide-sealed.zip", ZIP); context.saved(true); }
  };
  return h("section", {}, h("h2", {}, "Seal it with a password"),
    h("p", {}, "A sealed guide opens only with its password. You can put it into a cloud or a mail."),
    h("label", { for: "password" }, "Password: these six words, drawn by chance"), input,
    h("div", { class: "row beside" }, copying(() => input.value.trim(), "the password"), button("New words", draw, { class: "small" })), wrong,
    h("p", { class: "help" }, "Write it on paper. Nobody can recover it, not even we. When you type the six words, a space is as good as a hyphen, and capital letters do not matter."),
    h("details", { class: "more" }, h("summary", {}, "A password of your own"), h("p", {}, "Type it into the box. It needs 14 or more random letters and numbers. Names, dates, sayings and words that you choose yourself can be guessed.")),
    h("div", { class: "row" }, button("Seal with a password", one, { class: "main" }), button("Seal the site, to publish it", site)), line);
}

/* A button that copies a text, and says so where the finger is. */
function copying(text, name) {
  const act = async ({ target }) => {
    try { await navigator.clipboard.writeText(text()); } catch { say("Your browser did not copy. Mark the text and copy it yourself."); return; }
    target.textContent = "Copied";
    say("Copied.");
    setTimeout(() => { target.textContent = "Copy"; }, 3000);
  };
  return button("Copy", act, { class: "small", "aria-label": `Copy ${name}` });
}

/* Step by step, with what each field wants. */
function publishing() {
  const copy = (text) => [h("code", {}, text), " ", copying(() => text, text)];
  return h("section", {}, h("h2", {}, "Put it where you can reach it"),
    h("p", {}, h("strong", {}, "Your own cloud or mail. "), "Seal it as above. Put guide-sealed.html into your cloud, or send it to yourself. Save it on the phone and open it in the browser: a preview cannot open it."),
    h("details", { class: "more" }, h("summary", {}, "An address of your own, free, by GitHub Pages (15 minutes)"),
      h("ol", {},
        h("li", {}, "Press “Seal the site, to publish it” above and unpack guide-sealed.zip."),
        h("li", {}, "On github.com make an account that publishes nothing else. Choose a name that does not give you away: it becomes part of the address."),
        h("li", {}, "New repository. Name: ", copy("guide"), " Choose Public: only the sealed files lie there."),
        h("li", {}, "In it: Add file, Upload files. Put everything from the unpacked folder there. Commit message: ", copy("Sealed"), " Then Commit changes."),
        h("li", {}, "Settings, Pages. Source: ", copy("Deploy from a branch"), " Branch: ", copy("main"), " Folder: ", copy("/ (root)"), " Save. After two minutes the address stands there.")),
      h("p", {}, "Earlier versions stay in a repository’s history, sealed with their old password. To start afresh, delete the repository and make it again."),
      h("p", {}, "The other way, by the project’s own workflow with your profile as a secret, is described in docs/publish.md.")));
}

function keeping(context) {
  const now = context.keeps;
  const radio = (keeps, words) => h("label", { class: "choice" }, h("input", { type: "radio", name: "keeping", checked: now === keeps, onchange: () => context.keep(keeps) }), h("span", {}, words));
  return h("section", {}, h("h2", {}, "This device"),
    h("p", {}, "Anyone who uses this browser could read kept answers: your scores and your visa. Do not keep them on a shared computer. A private window forgets them when you close it. Some browsers clean up by themselves after a week without a visit, so save your profile too."),
    h("fieldset", { class: "plainset" }, h("legend", { class: "unseen" }, "Keep my answers on this device?"), h("div", { class: "choices" }, radio(false, "Keep nothing"), radio(true, "Keep my answers in this browser"))),
    h("div", { class: "row" }, button("Forget everything", context.forget, { class: "danger" })),
    h("p", { class: "help" }, "It takes away your answers, ticks and the program’s own files from this browser. Files you downloaded stay."));
}
