/* The page is drawn anew when an answer changes: what was focused, unfolded or held down stays so. */
import { $ } from "./dom.js";

/* A page that is drawn anew while a button is held down would lose the press. A finger's press is over with its click,
   which comes after it is lifted, and after the field that it left was told. */
const NO_CLICK = 400;
let pressed = false, held = [], over = 0;
export function whenReleased(act) { if (pressed) held.push(act); else act(); }
function release() { clearTimeout(over); pressed = false; for (const act of held.splice(0)) act(); }
window.addEventListener("pointerdown", () => { clearTimeout(over); pressed = true; }, true);
window.addEventListener("pointerup", () => { clearTimeout(over); over = setTimeout(release, NO_CLICK); }, true);
for (const end of ["click", "pointercancel"]) window.addEventListener(end, () => { clearTimeout(over); over = setTimeout(release, 0); }, true);

/* What can be folded, each with its question and its words. */
export function folds() {
  return [...document.querySelectorAll("main details")].map((each) => [each, `${each.closest("[id^='q-']")?.id}: ${each.querySelector("summary")?.textContent}`]);
}

/* The same control after everything was drawn anew. */
export function signature(element) {
  const box = element.closest("[id^='q-'], [data-card]"), mark = element.closest(".mark");
  return { box: box && (box.id || box.dataset.card), mark: mark && mark.querySelector("legend")?.textContent, type: element.type, value: element.value, label: element.getAttribute("aria-label"), words: element.tagName === "BUTTON" || element.tagName === "SUMMARY" ? element.textContent : "", part: element.dataset.part };
}

export function findAgain(was) {
  const inside = (was.box && (document.getElementById(was.box) || document.querySelector(`[data-card="${CSS.escape(was.box)}"]`))) || $("main");
  const marks = was.mark ? [...inside.querySelectorAll(".mark")].filter((each) => each.querySelector("legend")?.textContent === was.mark) : [inside];
  const all = marks.flatMap((each) => [...each.querySelectorAll("input, select, textarea, button, summary")]);
  const same = (each) => each.type === was.type && each.dataset.part === was.part && (was.words ? each.textContent === was.words : true);
  return all.find((each) => same(each) && each.value === was.value && each.getAttribute("aria-label") === was.label) || all.find((each) => same(each) && each.getAttribute("aria-label") === was.label) || all.find(same);
}
