/* One question as controls of the page: native ones, nothing chosen before the reader chooses. `scope` reads and writes:
   the answers themselves, or one entry of a list. */
import { h, fill, button, newId, within, MONTHS } from "./dom.js";

/* A fieldset with the question, its help, its controls, and the two ways not to answer. */
export function field(question, scope, context) {
  const id = newId(question.field), fault = context.faults(question), ways = !context.inCard;
  const help = question.help && h("p", { class: "help", id: `${id}-help` }, question.help);
  const wrong = fault.length > 0 && h("div", { class: "fault", id: `${id}-fault` }, fault.map((each) => faultLine(each, question, scope, context)));
  const described = [help && `${id}-help`, wrong && `${id}-fault`].filter(Boolean).join(" ") || undefined;
  const control = KINDS[question.kind](question, scope, within(context, { id, described, bad: Boolean(wrong) }));
  const box = h("fieldset", { class: `question${wrong ? " wrong" : ""}${context.inCard && question.kind === "choice" ? " clearable" : ""}`, id: `q-${question.field}`, "aria-describedby": described },
    h("legend", {}, question.ask, question.required && context.inCard ? h("span", { class: "quiet" }, " (needed)") : null), help, wrong, control,
    ways && NOT_IN_RADIOS.includes(question.kind) && without(question, scope, context, id),
    question.why && h("details", { class: "why" }, h("summary", {}, "Why we ask"), h("p", {}, question.why)));
  return box;
}

const MOST_NOTES = 12;
const NOT_IN_RADIOS = ["text", "long", "number", "year", "month", "score", "country", "countries", "specialty", "specialties", "several", "weights", "lines", "marks"];

/* A mistake in the words of the planner; where it knows a near word, a button that takes it. */
function faultLine(fault, question, scope, context) {
  const near = /Did you mean: ([^?]+)\?/.exec(fault.text);
  const offered = near ? near[1].split(" or ") : [];
  return h("p", {}, h("strong", {}, "Error: "), fault.text, " ",
    offered.map((word) => button(`Use ${word}`, () => { replaceIn(question, scope, fault, word); context.redraw(); }, { class: "small" })));
}

function replaceIn(question, scope, fault, word) {
  const value = scope.get(question.field), last = fault.path[fault.path.length - 1];
  scope.set(question.field, Array.isArray(value) && typeof last === "number" ? value.map((each, i) => (i === last ? word : each)) : word);
}

/* "I do not know" and "I would rather not say", for controls that are no radios. Typing clears them. */
function without(question, scope, context, id) {
  const now = scope.noted(question.field), name = `${id}-none`;
  const one = (kind) => {
    const radio = h("input", { type: "radio", name, value: kind, checked: now === kind, onchange: () => { scope.note(question.field, kind); context.redraw(question.field, kind); } });
    return h("label", { class: "choice quiet" }, radio, h("span", {}, context.words[kind]));
  };
  return h("div", { class: "without" }, h("span", { class: "or" }, "or"), !question.known && one("unknown"), one("private"),
    now === "unknown" && question.find && h("p", { class: "help" }, `Find out: ${question.find}`));
}

function radios(question, scope, context, choices, { withNone = !context.inCard } = {}) {
  const { id } = context, now = scope.get(question.field), noted = scope.noted(question.field);
  const one = (value, words, quiet) => {
    const chosen = quiet ? noted === value : now !== undefined && String(now) === value;
    const radio = h("input", { type: "radio", name: id, value, checked: chosen, "aria-describedby": context.described,
      onchange: () => { if (quiet) scope.note(question.field, value); else scope.set(question.field, valueOf(value)); context.redraw(question.field, value); } });
    return h("label", { class: quiet ? "choice quiet" : "choice" }, radio, h("span", {}, words));
  };
  return h("div", { class: "choices" }, choices.map(([value, words]) => one(value, words, false)),
    withNone && [h("span", { class: "or" }, "or"), one("unknown", context.words.unknown, true), one("private", context.words.private, true),
      noted === "unknown" && question.find && h("p", { class: "help" }, `Find out: ${question.find}`)],
    context.inCard && now !== undefined && button("Clear", () => { scope.set(question.field, undefined); context.redraw(question.field); }, { class: "small clear", "aria-label": `Clear: ${question.ask}` }));
}

function valueOf(text) {
  if (text === "true" || text === "false") return text === "true";
  return /^\d{1,6}$/.test(text) ? Number(text) : text;
}

const whole = (text) => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : text);
const score = (text) => (/^\s*\d{1,3}\s*$/.test(text) ? Number(text) : /^\s*\d\d0s\s*$/i.test(text) ? text.trim().toLowerCase() : text);
const asTyped = (text) => text.toWellFormed ? text.toWellFormed() : text.replace(/[\ud800-\udfff]/g, (c, i, all) => (/[\ud800-\udbff][\udc00-\udfff]/.test(all.slice(Math.max(0, i - 1), i + 2)) ? c : "\ufffd"));

/* A line of typing; its value is written on each letter, and checked when the reader stops. */
function line(question, scope, context, convert, given = {}, tag = "input") {
  const now = scope.get(question.field);
  return h(tag, { type: tag === "input" ? "text" : undefined, class: "typed", autocomplete: "off", value: now === undefined || typeof now === "object" ? "" : String(now), spellcheck: "true",
    "aria-label": question.ask, "aria-describedby": context.described, "aria-invalid": context.bad || undefined,
    oninput: (event) => {
      const text = asTyped(event.target.value);
      scope.set(question.field, text.trim() ? convert(text) : undefined);
      const box = event.target.closest("fieldset");
      if (box) for (const radio of box.querySelectorAll(".without input")) radio.checked = false;
    },
    ...given });
}

const KINDS = {
  choice: (question, scope, context) => radios(question, scope, context, question.choices),

  text: (question, scope, context) => line(question, scope, context, (text) => text, { maxlength: context.longest.line }),
  long: (question, scope, context) => line(question, scope, context, (text) => text, { rows: 8, maxlength: context.longest.text }, "textarea"),
  number: (question, scope, context) => line(question, scope, context, whole, { inputmode: "numeric", class: "typed short" }),
  year: (question, scope, context) => line(question, scope, context, whole, { inputmode: "numeric", class: "typed short", maxlength: 20 }),
  score: (question, scope, context) => line(question, scope, context, score, { class: "typed short", maxlength: 20 }),

  lines: (question, scope, context) => {
    const now = scope.get(question.field);
    return h("textarea", { rows: 4, class: "typed", "aria-label": question.ask, value: Array.isArray(now) ? now.join("\n") : "",
      oninput: (event) => { const found = asTyped(event.target.value).split("\n").map((each) => each.trim()).filter(Boolean); scope.set(question.field, found.length ? found : undefined); } });
  },

  /* Day (if known), month and year. */
  month: (question, scope, context) => {
    const parts = String(scope.get(question.field) ?? "").split("-"), { id } = context;
    const shaped = parts.length <= 3 && parts.slice(1).every((part) => /^\d{0,2}$/.test(part));
    const [year, month, day] = shaped ? parts : [String(scope.get(question.field)), "", ""];
    const write = (event) => {
      const box = event.target.closest(".date"), of = (name) => box.querySelector(`[data-part=${name}]`).value.trim();
      const [y, m, d] = [of("year"), of("month"), of("day")];
      scope.set(question.field, y || m || d ? `${y}-${m}${d ? `-${d.padStart(2, "0")}` : ""}` : undefined);
    };
    return h("div", { class: "date" },
      h("label", { for: `${id}-d` }, "Day, if known", h("input", { type: "text", id: `${id}-d`, inputmode: "numeric", maxlength: 2, "data-part": "day", class: "typed tiny", value: day ? String(Number(day) || day) : "", oninput: write })),
      h("label", { for: `${id}-m` }, "Month", h("select", { id: `${id}-m`, "data-part": "month", class: "typed", onchange: write },
        h("option", { value: "" }, ""), MONTHS.map((name, i) => h("option", { value: String(i + 1).padStart(2, "0"), selected: Number(month) === i + 1 }, name)))),
      h("label", { for: `${id}-y` }, "Year", h("input", { type: "text", id: `${id}-y`, inputmode: "numeric", maxlength: 20, "data-part": "year", class: "typed tiny", value: year || "", "aria-describedby": context.described, "aria-invalid": context.bad || undefined, oninput: write })));
  },

  season: (question, scope, context) => {
    const known = context.questions.data.days;
    const choices = context.questions.data.known_seasons.map((year) => [String(year), `The Match of ${year}${known[year] ? ` (Match Day: ${known[year]})` : " (its dates are not published yet)"}`]);
    const late = context.questions.tooLate;
    return [late && h("p", { class: "calm" }, `It is late for the Match of ${late.year}. If you have sent nothing yet, new applications hardly pay now.${late.next ? ` Choose ${late.next} to plan the next one.` : ""}`),
      radios(question, scope, context, choices)];
  },

  country: (question, scope, context) => [countries(context), line(question, scope, context, (text) => known(text, context), { list: "countries", spellcheck: "false", onchange: () => context.left(question) })],

  countries: (question, scope, context) => {
    const box = h("div", { class: "chips-box" });
    const draw = () => {
      const now = scope.get(question.field), chosen = Array.isArray(now) ? now : now === undefined ? [] : [String(now)];
      const write = (list) => { scope.set(question.field, list.length ? list : undefined); context.redraw(question.field, list.at(-1)); context.left(question); };
      const typed = h("input", { type: "text", class: "typed", list: "countries", autocomplete: "off", spellcheck: "false", "aria-label": chosen.length ? "Another passport" : question.ask, "aria-describedby": context.described, "aria-invalid": context.bad || undefined,
        onkeydown: (event) => { if (event.key === "Enter") { event.preventDefault(); take(); } },
        onchange: () => take() });
      const take = () => { const text = asTyped(typed.value).trim(); if (!text) return; typed.value = ""; const name = known(text, context); if (!chosen.includes(name)) write([...chosen, name]); };
      fill(box, chosen.length > 0 && h("ul", { class: "chips" }, chosen.map((name, i) => h("li", {}, String(name), button("×", () => write(chosen.filter((_, j) => j !== i)), { "aria-label": `Remove ${name}` })))),
        h("div", { class: "row" }, typed, button(chosen.length ? "Add another" : "Add", take, { class: "small" })));
    };
    draw();
    return [countries(context), box];
  },

  specialty: (question, scope, context) => {
    const now = scope.get(question.field), { specialties } = context.questions.data;
    const known = specialties.some((each) => each.id === now) || now === "other";
    const group = (label, kinds) => h("optgroup", { label }, specialties.filter((each) => kinds.includes(each.kind)).map((each) => h("option", { value: each.id, selected: each.id === now }, each.name)));
    return h("select", { class: "typed", "aria-label": question.ask, "aria-describedby": context.described, onchange: (event) => { scope.set(question.field, event.target.value || undefined); context.redraw(question.field, event.target.value); } },
      h("option", { value: "" }, "Choose"), now !== undefined && !known && h("option", { value: String(now), selected: true }, String(now)),
      group("Specialties", ["goal", "backup"]), group("First years", ["first-year"]),
      question.other && h("option", { value: "other", selected: now === "other" }, context.words.other));
  },

  specialties: (question, scope, context) => {
    const now = scope.get(question.field), chosen = Array.isArray(now) ? now : [];
    const isOut = (id) => Object.entries(question.unmarked || {}).some(([path, mark]) => String(scope.get(`${path}.${id}`)) === mark);
    const offered = context.questions.data.specialties.filter((each) => (context.inCard || each.kind !== "goal") && (chosen.includes(each.id) || !isOut(each.id)));
    return checks(question, scope, context, offered.map((each) => [each.id, each.name]), chosen);
  },

  /* A file of the reader's that stands beside the profile: brought here, and named by the answer. */
  table: (question, scope, context) => {
    const named = scope.get(question.field), { table } = context;
    const told = h("p", { class: "fault", role: "alert" });
    const bring = () => context.bringTable((words) => { told.textContent = words; });
    const notes = table && table.told.length > 0 && h("details", { class: "more" }, h("summary", {}, `What was not understood (${table.told.length})`),
      h("ul", {}, table.told.slice(0, MOST_NOTES).map((line) => h("li", {}, line)), table.told.length > MOST_NOTES && h("li", {}, `And ${table.told.length - MOST_NOTES} more.`)));
    return h("div", {},
      table && h("p", {}, h("strong", {}, String(named)), `: ${table.programs} ${table.programs === 1 ? "program" : "programs"} read.`),
      notes,
      named !== undefined && !table && h("p", { class: "alarm quietly" }, `Your answers name the table ${named}, and it is not here yet. Until you open it, the plan is made without it.`),
      h("div", { class: "row" }, button(table ? "Open another table" : "Open my table", bring, { class: "add" }),
        named !== undefined && button("Leave it out", () => { scope.set(question.field, undefined); context.redraw(question.field); }, { class: "small" })),
      told);
  },

  several: (question, scope, context) => {
    const now = scope.get(question.field);
    return checks(question, scope, context, question.choices, Array.isArray(now) ? now : []);
  },

  /* A mark from 1 to 5 for each specialty; the most likely first. */
  marks: (question, scope, context) => {
    const { specialties } = context.questions.data, first = question.first;
    const goal = specialties.filter((each) => each.kind === "goal"), years = specialties.filter((each) => each.kind === "first-year");
    const rest = specialties.filter((each) => each.kind === "backup" && !first.includes(each.id));
    const marked = (each) => scope.get(`${question.field}.${each.id}`) !== undefined;
    const one = (each) => h("fieldset", { class: "mark clearable" }, h("legend", {}, each.name),
      radios({ ...question, field: `${question.field}.${each.id}`, find: "" }, scope, within(context, { id: newId(each.id), inCard: true }), question.choices, { withNone: false }),
      context.place(each.id) && h("p", { class: "place" }, context.place(each.id)));
    const folded = [...rest, ...years, ...goal];
    return h("div", {}, first.map((id) => one(specialties.find((each) => each.id === id))),
      h("details", { class: "more", open: folded.some(marked) || context.isOpen(question.field), ontoggle: (event) => context.open(question.field, event.target.open) },
        h("summary", {}, `Show ${folded.length} more`), folded.map(one)));
  },

  weights: (question, scope, context) => h("div", {}, question.choices.map(([name, words]) => {
    const path = `${question.field}.${name}`, now = scope.get(path), id = newId(name);
    const scale = [0, 1, 2, 3, 4, 5].map((n) => h("label", { class: "choice dot" }, h("input", { type: "radio", name: id, value: n, checked: now === n, onchange: () => { scope.set(path, n); context.redraw(path, String(n)); } }), h("span", {}, n)));
    return h("fieldset", { class: "mark clearable" }, h("legend", {}, words), h("div", { class: "choices scale" }, scale,
      now !== undefined && button("Clear", () => { scope.set(path, undefined); context.redraw(path); }, { class: "small clear", "aria-label": `Clear: ${words}` })));
  })),

  /* Nothing yet; yes, with a number for each specialty where it is known. */
  applied: (question, scope, context) => {
    const now = scope.get(question.field), { id } = context, noted = scope.noted(question.field);
    const yes = now === "yes" || (now && typeof now === "object");
    const one = (words, chosen, take) => h("label", { class: "choice" }, h("input", { type: "radio", name: id, checked: chosen, onchange: () => { take(); context.redraw(question.field, words); } }), h("span", {}, words));
    const numbers = yes && h("div", { class: "numbers" }, h("p", { class: "help" }, "How many programs of each? Leave empty what you do not know."),
      context.questions.data.specialties.map((each) => h("label", {}, h("span", {}, each.name), h("input", { type: "text", inputmode: "numeric", class: "typed tiny", value: typeof now === "object" ? String(now[each.id] ?? "") : "",
        oninput: (event) => {
          const before = scope.get(question.field), numbers = typeof before === "object" ? { ...before } : {};
          if (event.target.value.trim()) numbers[each.id] = whole(event.target.value); else delete numbers[each.id];
          scope.set(question.field, Object.keys(numbers).length ? numbers : "yes");
        } }))));
    const quiet = (kind) => h("label", { class: "choice quiet" }, h("input", { type: "radio", name: id, checked: noted === kind, onchange: () => { scope.note(question.field, kind); context.redraw(question.field, kind); } }), h("span", {}, context.words[kind]));
    return h("div", { class: "choices" }, one(question.none, now === "nothing", () => scope.set(question.field, "nothing")),
      one("Yes", Boolean(yes), () => { if (!yes) scope.set(question.field, "yes"); }), numbers, h("span", { class: "or" }, "or"), quiet("unknown"), quiet("private"));
  },
};

function checks(question, scope, context, choices, chosen) {
  const now = scope.get(question.field);
  const write = (list) => { scope.set(question.field, list); context.redraw(question.field, list.at(-1)); };
  const one = (value, words) => h("label", { class: "choice" }, h("input", { type: "checkbox", value, checked: chosen.includes(value),
    onchange: (event) => write(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value)) }), h("span", {}, words));
  const odd = chosen.filter((each) => !choices.some(([value]) => value === each)).map((each) => one(each, String(each)));
  return h("div", { class: "choices" }, question.none && h("label", { class: "choice" }, h("input", { type: "checkbox", value: "none", checked: Array.isArray(now) && !now.length,
    onchange: (event) => { scope.set(question.field, event.target.checked ? [] : undefined); context.redraw(question.field, "none"); } }), h("span", {}, question.none)),
    choices.map(([value, words]) => one(value, words)), odd);
}

/* A country by its name or alias, in the spelling of the list; what is not on it stays as typed, and is told. */
function known(text, context) {
  const fold = text.trim().toLowerCase(), { aliases, countries: every } = context.questions.data;
  const alias = Object.keys(aliases).find((each) => each.toLowerCase() === fold);
  return alias ? aliases[alias] : every.find((each) => each.toLowerCase() === fold) || text.trim();
}

function countries(context) {
  if (document.getElementById("countries")) return null;
  const { aliases, countries: every } = context.questions.data;
  document.body.append(h("datalist", { id: "countries" }, [...every, ...Object.keys(aliases)].map((name) => h("option", { value: name }))));
  return null;
}
