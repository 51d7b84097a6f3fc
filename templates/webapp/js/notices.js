/* Notices above the page. */
import { $, h } from "./dom.js";
import { whenReleased } from "./again.js";

const waiting = new Map(); // those that come when no finger is on the page
let passing = [], showing = []; // notices that go with the next screen, or the one after
export function notice(name, words, buttons = []) {
  dismiss(name);
  if (["opened", "restored", "forgotten", "keep", "kept"].includes(name)) showing.push(name);
  const told = h("div", { class: "notice", id: `notice-${name}`, role: "status" }, h("p", {}, words), h("div", { class: "row" }, buttons));
  waiting.set(name, told);
  whenReleased(() => { if (waiting.get(name) === told) { waiting.delete(name); $("notices").append(told); } });
}

export function dismiss(name) { waiting.delete(name); const found = $(`notice-${name}`); if (found) found.remove(); }

/* A new screen is there: what was told two screens ago goes. */
export function passOn() {
  for (const name of passing) dismiss(name);
  passing = showing;
  showing = [];
}
