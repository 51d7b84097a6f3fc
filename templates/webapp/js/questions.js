/* Which questions there are, which of them are shown now, and in which order the steps come. */

import { counted, spoken, upper, withArticle } from "./dom.js";

export class Questions {
  constructor(data, answers, on) {
    this.data = data;
    this.answers = answers;
    this.on = on;
    /* Answers come as pairs: an object would put those that are numbers into an order of its own. */
    for (const question of data.steps.flatMap((step) => step.questions.flatMap((each) => [each, ...(each.fields || [])]))) {
      if (!question.answers) continue;
      question.choices = question.answers;
      question.answers = Object.fromEntries(question.answers);
    }
    this.nameYear();
    this.byId = Object.fromEntries(data.steps.map((step) => [step.id, step]));
    this.names = Object.fromEntries(data.specialties.map((each) => [each.id, each.name]));
  }

  /* A question about one Match says which: that of the answers, or else the one that is coming. */
  nameYear() {
    const named = (text) => text.replace("{season}", this.year), has = (text) => text.includes("{season}");
    for (const question of this.every) {
      const { ask, choices } = question;
      if (has(ask)) Object.defineProperty(question, "ask", { enumerable: true, get: () => named(ask) });
      if (!choices || !choices.some(([, words]) => has(words))) continue;
      const now = () => choices.map(([value, words]) => [value, named(words)]);
      Object.defineProperty(question, "choices", { enumerable: true, get: now });
      Object.defineProperty(question, "answers", { enumerable: true, get: () => Object.fromEntries(now()) });
    }
  }

  /* Each keeps its number and its questions, whatever is answered. */
  get steps() { return this.data.steps; }

  get every() { return this.steps.flatMap((step) => step.questions); }

  stepOf(path) { return this.steps.find((step) => step.questions.some((q) => path === q.field || path.startsWith(`${q.field}.`))); }

  questionOf(path) {
    return this.every.find((q) => path === q.field) || this.every.find((q) => path.startsWith(`${q.field}.`) || q.field.startsWith(`${path}.`));
  }

  get season() {
    const { seasons } = this.data;
    return seasons[this.year] || seasons[this.coming];
  }

  /* The Match that comes next, of those whose days are known. */
  get coming() {
    const known = Object.keys(this.data.seasons);
    return known.find((year) => this.data.seasons[year].match_day >= this.on) || known.at(-1);
  }

  get year() {
    const chosen = String(this.answers.get("goal.season") ?? "");
    return this.data.known_seasons.map(String).includes(chosen) ? chosen : this.coming;
  }

  /* Who sent nothing for the Match that is coming, once late applications hardly pay: that Match and the one after. */
  get tooLate() {
    const season = this.data.seasons[this.coming];
    if (this.answers.get("season_so_far.applied") !== "nothing" || !(season.late_closes <= this.on && this.on < season.match_week)) return null;
    return { year: this.coming, next: this.data.known_seasons.map(String).find((year) => year > this.coming) };
  }

  /* Whether it is asked now: by other answers and by the day. What was answered is always shown. */
  isAsked(question) {
    const held = (values) => ([path, allowed]) => allowed.includes(String(this.answers.get(path)));
    const when = Object.entries(question.when || {}).every(held());
    const unless = Object.entries(question.unless || {}).some(held());
    const day = question.from && this.season[question.from];
    return when && !unless && !(day && this.on < day);
  }

  /* What was answered and fits the other answers no longer. Nothing sent stays true of a Match that has not begun. */
  isMisfit(question) { return !this.isAsked(question) && !(question.kind === "applied" && this.answers.get(question.field) === "nothing"); }

  isShown(question) { return this.isAsked(question) || this.answers.get(question.field) !== undefined; }

  name(specialty) { return this.names[specialty] || (specialty === "other" ? this.data.words.other : specialty); }

  /* What an answer says, in words. */
  told(question, value) {
    if (value === undefined) return "";
    const labels = question.answers || {};
    const one = (each) => labels[String(each)] || (/^specialt/.test(question.kind) ? this.name(each) : String(each));
    if (["cards", "several", "specialties", "countries", "lines"].includes(question.kind) && !Array.isArray(value)) return JSON.stringify(value);
    if (question.kind === "cards") return value.length ? `${value.length}: ${value.map((entry) => this.titled(question, entry)).join("; ")}` : question.none;
    if (Array.isArray(value)) return value.length ? value.map(one).join(", ") : question.none || "None";
    if (question.kind === "marks") return Object.entries(value).map(([id, mark]) => `${this.name(id)}: ${labels[mark] || mark}`).join("; ");
    if (question.kind === "weights") return Object.entries(value).map(([id, weight]) => `${labels[id] || id}: ${weight} of 5`).join(", ");
    if (question.kind === "applied") return typeof value === "object" ? Object.entries(value).map(([id, n]) => `${this.name(id)}: ${n}`).join(", ") : value === "nothing" ? question.none : "Yes";
    if (question.kind === "month" && /^\d{4}-\d\d(-\d\d)?$/.test(value)) return spoken(value);
    if (question.unit && typeof value === "number") return counted(value, question.unit);
    if (question.kind === "season") return `Match ${value}`;
    return one(value);
  }

  /* A mistake in the words of the question: the file's own word for an answer is nothing the reader has seen. */
  inItsWords(question, text) {
    const codes = Object.keys((question && question.answers) || {}).filter((code) => /[a-z]/.test(code)), list = codes.join("|");
    if (!codes.length) return text;
    return text.replace(new RegExp(`“(${list})”`), (_, code) => `“${question.answers[code]}”`).replace(new RegExp(`: (?:(?:${list})(?:, | or |(?=\\.)))+`), "");
  }

  titled(question, entry) {
    if (entry === null || typeof entry !== "object") return String(entry);
    const parts = question.title.map((field) => {
      const inner = question.fields.find((each) => each.field === field);
      return this.told(inner, entry[field]);
    });
    return parts.filter(Boolean).join(" · ") || `${upper(withArticle(question.one))} without a name`;
  }
}
