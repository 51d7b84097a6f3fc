/* Notices above the page. */
import { $, h } from "./dom.js";

let passing = [], showing = []; // notices that go with the next screen, or the one after
export function notice(name, words, buttons = []) {
  dismiss(name);
  if (["opened", "restored", "forgotten", "keep"].includes(name)) showing.push(name);
  $("notices").append(h("div", { class: "notice", id: `notice-${name}`, role: "status" }, h("p", {}, words), h("div", { class: "row" }, buttons)));
}

export function dismiss(name) { const found = $(`notice-${name}`); if (found) found.remove(); }

/* A new screen is there: what was told two screens ago goes. */
export function passOn() {
  for (const name of passing) dismiss(name);
  passing = showing;
  showing = [];
}
