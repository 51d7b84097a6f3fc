/* Elements made of plain data. Text is only ever text: nothing here reads markup. */

export function h(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "value" || name === "checked" || name === "hidden" || name === "open") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children) {
    if (child === undefined || child === null  || child === false || child === "") continue;
    if (Array.isArray(child)) add(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
}

export function fill(element, ...children) { element.replaceChildren(); add(element, children); }

/* The same ways of acting with some of their own: what is inherited stays live. */
export function within(context, own) { return Object.create(context, Object.getOwnPropertyDescriptors(own)); }

export const $ = (id) => document.getElementById(id);

export function button(words, onclick, given = {}) {
  return h("button", { type: "button", onclick, ...given }, words);
}

export function say(words) {
  const place = $("status");
  place.textContent = "";
  setTimeout(() => { place.textContent = words; }, 50);
}

let count = 0;
export function newId(name) { count += 1; return `${name.replace(/[^a-z0-9]+/gi, "-")}-${count}`; }

export function download(bytes, name, type) {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = h("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

const MONTHS = "January February March April May June July August September October November December".split(" ");
export { MONTHS };

export function spoken(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${date ? `${date} ` : ""}${MONTHS[month - 1]} ${year}`;
}

export function upper(text) { return text[0].toUpperCase() + text.slice(1); }

export function withArticle(noun) { return `${/^[aeio]/i.test(noun) ? "an" : "a"} ${noun}`; }

const NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

/* A number in words where it is small, with what is counted. */
export function counted(n, noun = "") { return `${NUMBERS[n] || n}${noun && ` ${noun}${n === 1 ? "" : "s"}`}`; }

/* One, two and three. */
export function listed(words) { return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`; }

export function money(dollars) { return `$${Number(dollars).toLocaleString("en-US")}`; }
