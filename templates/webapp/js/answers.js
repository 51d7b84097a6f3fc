/* What was answered: plain data, as the profile's file holds it. What somebody does not know, or would rather not say,
   is no line of the file; that they said so is remembered here, for as long as the tab is open. */

export class Answers {
  constructor(data = {}, noted = {}) {
    this.data = data;
    this.noted = noted;
    this.changed = new Set();
  }

  onchange(heard) { this.changed.add(heard); }

  get(path) {
    let at = this.data;
    for (const part of path.split(".")) {
      if (at === null || typeof at !== "object" || !Object.hasOwn(at, part)) return undefined;
      at = at[part];
    }
    return at;
  }

  /* undefined takes the line away, and what then is empty above it. */
  set(path, value, { quiet = false } = {}) {
    const parts = path.split("."), last = parts.pop(), above = [];
    let at = this.data;
    for (const part of parts) {
      if (at[part] === null || typeof at[part] !== "object" || Array.isArray(at[part])) {
        if (value === undefined) return;
        at[part] = {};
      }
      above.push([at, part]);
      at = at[part];
    }
    if (value === undefined) {
      delete at[last];
      for (const [holder, part] of above.reverse()) if (!Object.keys(holder[part]).length) delete holder[part];
    } else {
      at[last] = value;
      delete this.noted[path];
    }
    if (!quiet) this.tell(path);
  }

  /* "unknown" or "private": the line goes, what was said about it stays. */
  note(path, kind) {
    this.set(path, undefined, { quiet: true });
    if (kind) this.noted[path] = kind; else delete this.noted[path];
    this.tell(path);
  }

  tell(path) { for (const heard of this.changed) heard(path); }

  isAnswered(path) { return this.get(path) !== undefined || path in this.noted; }

  get isEmpty() { return !Object.keys(this.data).some((key) => !["version", "guide_id", "goal"].includes(key)) && !Object.keys(this.noted).length && Object.keys(this.data.goal || {}).length < 2; }

  replace(data, noted = {}) { this.data = data; this.noted = noted; this.tell(""); }
}

/* One entry of a list, while it is being written. */
export class Entry {
  constructor(data) { this.data = structuredClone(data || {}); this.noted = {}; }

  get(field) { return this.data[field]; }

  set(field, value) { if (value === undefined) delete this.data[field]; else this.data[field] = value; }

  note(field) { delete this.data[field]; }
}

export function newGuideId() {
  const letters = "abcdefghjkmnpqrstuvwxyz", all = `${letters}23456789`;
  const draw = (from) => from[crypto.getRandomValues(new Uint32Array(1))[0] % from.length];
  const part = (first) => (first || draw(all)) + draw(all) + draw(all) + draw(all);
  return [part(draw(letters)), part(), part()].join("-");
}
