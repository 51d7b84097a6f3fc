/* The plan beside the answers: what it says now, what the last answer changed, and what is only assumed. */
import { h, fill, button, money, upper, $ } from "./dom.js";

export function drawPlan(place, plan, context, title = { id: "plan-title", words: "Your plan so far" }) {
  const { changed, updating, planner } = context;
  if (!plan) {
    fill(place, h("h2", { id: title.id }, title.words), h("p", { class: "quiet" }, planner));
    return;
  }
  const open = [...place.querySelectorAll("details[open]")].map((each) => each.dataset.name);
  const fold = (name, words, ...inside) => h("details", { "data-name": name, open: open.includes(name) }, h("summary", {}, words), inside);
  fill(place,
    h("h2", { id: title.id }, title.words),
    updating && h("p", { class: "quiet" }, "Updating …"),
    plan.visa.length > 0 && h("div", { class: "alarm" }, h("p", {}, h("strong", {}, "First: your visa. "), plan.visa[0]), plan.visa.slice(1).map((line) => h("p", {}, line))),
    h("p", { class: "combination" }, plan.names.length ? [plan.counting ? "Apply to " : "", h("strong", {}, plan.combination)] : h("strong", {}, upper(plan.combination))),
    !plan.names.length && plan.because.slice(0, 1).map((line) => h("p", { class: "under" }, line)),
    plan.under.map((line) => h("p", { class: "under" }, line)),
    changed && h("div", { class: "changed" }, h("p", {}, h("strong", {}, "Just changed: "), changed.lines.map((line, i) => [i ? " " : "", line])), changed.after && h("p", { class: "quiet" }, `After your answer: ${changed.after}`)),
    plan.counting && plan.programs > 0 && h("p", { class: "sum" }, `${plan.programs} programs · ${money(plan.fees)}${plan.budget ? ` of your ${money(plan.budget)}` : ""}`),
    plan.missing && h("p", { class: "gap" }, h("strong", {}, "Gap: "), `a letter from ${plan.missing}`),
    plan.things.length > 0 && [h("h3", {}, "Next"), h("ol", { class: "things" }, plan.things.map((each) => h("li", {}, each.text, " ", h("span", { class: "due" }, each.when))))],
    plan.applications.length > 0 && plan.counting && fold("counts", "How many, and what they cost", h("ul", {}, plan.applications.map((each) => h("li", {}, `${each.name}: ${each.planned} · ${money(each.fee)}`)))),
    fold("why", "Why this plan", plan.because.map((line) => h("p", {}, line)), h("p", {}, h("strong", {}, "Against it: "), plan.against)),
    plan.changes.length > 0 && fold("changes", "What would change it", h("ul", {}, plan.changes.map((line) => h("li", {}, line)))),
    plan.assumed.length > 0 && fold("assumed", `What we assumed (${plan.assumed.length})`, h("ul", {}, plan.assumed.map((each) => h("li", {}, upper(each.name), ": ", context.value(each), ". ", h("span", { class: "quiet" }, context.spoken(each.why)), " ", context.toQuestion(each.field, "Change"))))),
    plan.unknown.length > 0 && fold("open", `Still open (${plan.unknown.length})`, h("ul", {}, plan.unknown.map((each) => h("li", {}, upper(each.name), ". ", h("span", { class: "quiet" }, context.spoken(each.why)), " ", context.toQuestion(each.field, "Answer"))))),
  );
}

/* On a phone, one line at the bottom that leads to the plan. */
export function drawLine(plan, changed) {
  let line = $("plan-line");
  if (!plan) { if (line) line.remove(); return; }
  if (!line) { line = h("p", { id: "plan-line" }); document.body.append(line); }
  fill(line, button(`Your plan so far: ${plan.combination}${changed ? " · changed" : ""}`, () => { const title = $("plan-title"); title.tabIndex = -1; title.focus(); title.scrollIntoView({ block: "start" }); }, { class: changed ? "lit" : "" }));
}
