/* Check your answers: what cannot be used, what is open, what was kept private, then every step. */
import { h, button } from "./dom.js";
import { stillOpen, openLine } from "./plan.js";

export function checkScreen(context) {
  const { questions, answers, mistakes, plan } = context;
  const change = (path, words = "Change") => context.toQuestion(path, words);
  const asked = questions.steps.flatMap((step) => step.questions.filter((question) => questions.isShown(question)).map((question) => [step, question]));
  const open = asked.filter(([, question]) => !isAnswered(question, answers)).map(([, question]) => question);
  const asks = plan ? stillOpen(plan, context) : [], named = asks.map((each) => questions.questionOf(each.field.replace(/\[.*$/, "")));
  const others = open.filter((question) => !named.includes(question));
  const hidden = asked.filter(([, question]) => answers.noted[question.field] === "private").map(([, question]) => question);
  const unknown = asked.filter(([, question]) => answers.noted[question.field] === "unknown").map(([, question]) => question);
  return [
    h("h1", { tabindex: "-1" }, "Check your answers"),
    h("p", {}, "Anything can stay open. The guide says what it assumes for it."),
    h("div", { class: "row actions" }, button("Open my guide", () => { context.openAtOnce(); context.go("guide"); }, { class: "main" }), button("Download, seal or save it", () => context.go("guide"))),
    mistakes.length > 0 && h("section", { class: "problem" }, h("h2", {}, "Cannot be used"), h("ul", {}, mistakes.map((each) => h("li", {}, each.text, " ", change(each.path.join(".")))))),
    unknown.length > 0 && h("section", {}, h("h2", {}, "What you do not know yet"), h("ul", {}, unknown.map((question) => h("li", {}, question.ask, question.find && ` ${question.find}`, " ", change(question.field))))),
    asks.length > 0 && h("details", { class: "more" }, h("summary", {}, `Still open (${asks.length})`), h("ul", {}, asks.map((each) => openLine(each, context)))),
    others.length > 0 && h("details", { class: "more" }, h("summary", {}, `May stay open (${others.length})`), h("p", {}, "Your plan does without these, or assumes something and says so."), h("ul", {}, others.map((question) => h("li", {}, question.ask, " ", change(question.field, "Answer"))))),
    hidden.length > 0 && h("section", {}, h("h2", {}, "You chose not to say"), h("ul", {}, hidden.map((question) => h("li", {}, question.ask, " ", change(question.field))))),
    questions.steps.map((step) => {
      const lines = step.questions.filter((question) => answers.get(question.field) !== undefined);
      return lines.length > 0 && h("section", {}, h("h2", {}, step.title), h("dl", { class: "answers" }, lines.map((question) => h("div", {}, h("dt", {}, question.ask),
        h("dd", {}, questions.told(question, answers.get(question.field))),
        h("dd", { class: "side" }, change(question.field), questions.isMisfit(question) && h("span", { class: "quiet" }, " This no longer fits your other answers. ", button("Remove", () => { answers.set(question.field, undefined); context.redraw(); }, { class: "small" })))))));
    }),
    plan === null && h("p", { class: "quiet" }, context.planner),
  ];
}

export function isAnswered(question, answers) { return answers.isAnswered(question.field); }
