/* A list as cards: to add, change, move and take away; what was taken away can be had back. An entry has a screen of its
   own, so that a phone shows one thing. */
import { h, button, counted, say, within, withArticle } from "./dom.js";
import { Entry } from "./answers.js";
import { field } from "./fields.js";

const MANY = 20, SHOWN = 25;
let removed = null;
let sought = "", page = 0;

/* The list inside its step. */
export function cards(question, context) {
  const { answers, questions, words } = context, path = question.field, now = answers.get(path);
  const list = Array.isArray(now) ? now : [], noted = answers.noted[path], faults = context.faults(question);
  const write = (entries, told) => { answers.set(path, entries); context.redraw(path); say(told); };
  const title = (entry) => questions.titled(question, entry);
  const move = (i, by) => { const next = [...list]; const [entry] = next.splice(i, 1); next.splice(i + by, 0, entry); write(next, `${title(entry)} is now number ${i + by + 1}.`); context.focus(`[data-card="${path}-${i + by}"] button`); };
  const remove = (i) => { removed = { path, i, entry: list[i] }; write(list.filter((_, j) => j !== i), `Removed ${title(list[i])}.`); context.focus(`#undo-${CSS.escape(path)}, #q-${CSS.escape(path)} .add`); };
  const undo = () => { const next = [...list]; next.splice(removed.i, 0, removed.entry); removed = null; write(next, "It is back."); };
  const bad = (i) => faults.filter((each) => each.path[each.path.length > 2 && question.field.includes(".") ? question.field.split(".").length : 1] === i || each.path[question.field.split(".").length] === i);
  const many = list.length >= MANY;
  const found = list.map((entry, i) => [entry, i]).filter(([entry]) => !many || !sought || title(entry).toLowerCase().includes(sought.toLowerCase()));
  const seen = many ? found.slice(page * SHOWN, (page + 1) * SHOWN) : found;
  const card = ([entry, i]) => h("li", { class: bad(i).length ? "card wrong" : "card", "data-card": `${path}-${i}` },
    h("p", {}, h("span", { class: "number" }, `${i + 1} `), title(entry)), bad(i).map((each) => h("p", { class: "fault" }, h("strong", {}, "Error: "), each.text)),
    h("div", { class: "row" }, button("Change", () => context.go(`step/${context.step.id}/${path}/${i}`), { class: "small", "aria-label": `Change ${title(entry)}` }),
      button("Remove", () => remove(i), { class: "small", "aria-label": `Remove ${title(entry)}` }),
      i > 0 && button("Move up", () => move(i, -1), { class: "small", "aria-label": `Move up ${title(entry)}` }),
      i < list.length - 1 && button("Move down", () => move(i, 1), { class: "small", "aria-label": `Move down ${title(entry)}` })));
  const quiet = (kind) => h("label", { class: "choice quiet" }, h("input", { type: "radio", name: `none-${path}`, checked: noted === kind, onchange: () => { answers.note(path, kind); context.redraw(path); } }), h("span", {}, words[kind]));
  return h("fieldset", { class: "question", id: `q-${path}` }, h("legend", {}, question.ask), question.help && h("p", { class: "help" }, question.help),
    many && h("div", { class: "row find" }, h("label", {}, "Find ", h("input", { type: "search", class: "typed", value: sought, onchange: (event) => { sought = event.target.value; page = 0; context.redraw(path); } })),
      h("span", {}, `${found.length} of ${list.length}`), page > 0 && button("Earlier", () => { page -= 1; context.redraw(path); }, { class: "small" }),
      (page + 1) * SHOWN < found.length && button("Later", () => { page += 1; context.redraw(path); }, { class: "small" })),
    list.length > 0 && h("ol", { class: "cards" }, seen.map(card)),
    removed && removed.path === path && h("p", { class: "undo" }, `Removed ${title(removed.entry)}. `, button("Undo", undo, { class: "small", id: `undo-${path}` })),
    h("div", { class: "row" }, button(list.length ? `Add another ${question.one}` : `Add ${withArticle(question.one)}`, () => context.go(`step/${context.step.id}/${path}/${list.length}`), { class: "add" })),
    !list.length && h("div", { class: "choices" }, h("label", { class: "choice" }, h("input", { type: "radio", name: `none-${path}`, checked: Array.isArray(now), onchange: () => { answers.set(path, []); context.redraw(path); } }), h("span", {}, question.none)),
      h("span", { class: "or" }, "or"), quiet("unknown"), quiet("private")),
    question.why && h("details", { class: "why" }, h("summary", {}, "Why we ask"), h("p", {}, question.why)));
}

/* One entry on a screen of its own. Nothing is written before it is saved. */
export function entryScreen(question, index, context) {
  const { answers } = context, list = answers.get(question.field), isNew = !Array.isArray(list) || index >= list.length;
  const entry = context.draft || new Entry(isNew ? {} : list[index]);
  context.keepDraft(entry);
  const scope = { get: (name) => entry.get(name), set: (name, value) => { entry.set(name, value); context.drafted(); }, note: () => {}, noted: () => undefined };
  const missing = context.missing || [];
  const depth = question.field.split(".").length;
  const faults = (inner) => [...(missing.includes(inner.field) ? [{ path: [], text: `This one is needed. ${inner.ask}` }] : []),
    ...(isNew ? [] : context.faultsAt(question).filter((each) => each.path[depth] === index && each.path[depth + 1] === inner.field))];
  const inner = within(context, { inCard: true, faults, redraw: (name, value) => context.redrawEntry(name, value) });
  const save = () => {
    const lacking = question.fields.filter((each) => each.required && entry.get(each.field) === undefined).map((each) => each.field);
    if (lacking.length) return context.lacking(lacking);
    const now = answers.get(question.field), next = Array.isArray(now) ? [...now] : [];
    next[isNew ? next.length : index] = entry.data;
    answers.set(question.field, next);
    context.done(`${question.field}-${isNew ? next.length - 1 : index}`);
  };
  const needed = question.fields.filter((each) => each.required).length;
  return [h("h1", { tabindex: "-1" }, isNew ? `Add ${withArticle(question.one)}` : `Change this ${question.one}`),
    needed > 0 && needed < question.fields.length && h("p", { class: "lead" }, `Only what is marked “needed” must be answered: ${counted(needed)} of ${counted(question.fields.length)}.`),
    missing.length > 0 && h("div", { class: "problem", tabindex: "-1", role: "alert" }, h("p", {}, h("strong", {}, "There is a problem. "), "These are needed: ",
      missing.map((name, i) => [i ? ", " : "", h("a", { href: "#", onclick: (event) => { event.preventDefault(); context.focus(`#q-${CSS.escape(name)} input, #q-${CSS.escape(name)} select`); } }, question.fields.find((each) => each.field === name).ask)]))),
    question.fields.map((each) => field(each, scope, inner)),
    h("div", { class: "row actions" }, button(`Save this ${question.one}`, save, { class: "main" }), button("Cancel", () => context.cancel()))];
}
