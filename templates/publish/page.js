// In every opened page: holds the key for a worker that was stopped, shows the button that seals it again, and takes downloads through the
// worker. Runs once per page.
(() => {
  "use strict";
  const base = new URL("..", document.currentScript.src);
  const workers = navigator.serviceWorker;
  let held = null;
  let leaving = false;

  function ask(message, wait = 20000) {
    return new Promise((resolve) => {
      const worker = workers.controller;
      if (!worker) { resolve({}); return; }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      setTimeout(() => resolve({}), wait);
      worker.postMessage(message, [port2]);
    });
  }

  // The page goes at once, also where reloading takes a while.
  function gone() {
    held = null;
    document.documentElement.hidden = true;
    document.documentElement.style.display = "none";
    if (!leaving) { leaving = true; location.reload(); }
  }

  workers.addEventListener("message", ({ data, ports }) => {
    if (data.ask === "key" && ports[0]) ports[0].postMessage(held || {});
    if (data.locked) gone();
  });
  workers.startMessages();

  async function hold() {
    const answer = await ask({ do: "key" });
    if (answer.key) held = answer;
    if (answer.locked) gone();
    return answer;
  }

  window.addEventListener("beforeunload", () => { leaving = true; setTimeout(() => { leaving = false; }, 3000); });
  window.addEventListener("pageshow", (event) => {
    leaving = false;
    if (!event.persisted) return;
    // Back from the browser's own cache: it may have been locked meanwhile.
    document.documentElement.style.display = "none";
    hold().then((answer) => { if (answer.key) document.documentElement.style.display = ""; else gone(); });
  });

  // <a download> would be fetched past the worker, and the server would learn the file's name.
  async function download(event) {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.button > 1 || link.origin !== location.origin || !link.pathname.startsWith(base.pathname)) return;
    if (!link.hasAttribute("download") && !/\.(ics|csv|pdf)$/.test(link.pathname)) return;
    event.preventDefault();
    const answer = await fetch(link.href);
    if (!answer.ok) return;
    const address = URL.createObjectURL(await answer.blob());
    const copy = document.createElement("a");
    copy.href = address;
    copy.download = link.getAttribute("download") || link.pathname.split("/").pop();
    copy.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }
  document.addEventListener("click", download, true);
  document.addEventListener("auxclick", download, true);

  // In the header, where it covers no text; on a page without one, in a corner.
  const STYLE = "#guide-lock{font:600 .75rem/1 sans-serif;padding:.5rem .7rem;min-width:2.2rem;min-height:2.2rem;"
    + "border:1px solid currentcolor;border-radius:1.2rem;background:none;color:inherit;cursor:pointer}"
    + "body>#guide-lock{position:fixed;left:.6rem;bottom:.6rem;z-index:4;background:#26304f;color:#fff}"
    + "@media print{#guide-lock{display:none}}";

  function button(kept) {
    const lock = document.createElement("button");
    lock.type = "button";
    lock.id = "guide-lock";
    lock.textContent = "Seal again";
    lock.title = kept
      ? "Seal the guide again in every tab and forget the key on this device"
      : "Seal the guide again in every tab";
    lock.addEventListener("click", async () => { await ask({ do: "lock" }); gone(); });
    const style = document.createElement("style");
    style.textContent = STYLE;
    document.head.append(style);
    const title = document.querySelector(".md-header__title");
    if (title) title.after(lock); else document.body.append(lock);
  }

  // A #place as it is written where it is no address: #%zz.
  function named(hash) {
    try { return decodeURIComponent(hash); } catch { return hash; }
  }

  // The first page after unlocking: the guard against reloading without end starts anew, and the #place is found by
  // hand, because the browser goes back to where the unlock page stood.
  function settle() {
    const mark = `matchguide ${base.pathname}`;
    let first = false;
    try {
      first = sessionStorage.getItem(mark) !== null;
      sessionStorage.removeItem(mark);
    } catch { /* no storage */ }
    history.scrollRestoration = "auto";
    if (!first || !location.hash) return;
    const place = document.getElementById(named(location.hash.slice(1)));
    const go = () => { if (place) place.scrollIntoView(); };
    if (document.readyState === "complete") go();
    else window.addEventListener("load", () => setTimeout(go));
  }

  settle();
  hold().then((answer) => { if (answer.key) button(answer.kept); });
})();
