// The unlock page: finds the guide's folder, starts the worker, turns the password into a key.
(() => {
  const form = document.getElementById("form");
  const password = document.getElementById("password");
  const status = document.getElementById("status");
  const SAID = {
    start: "One moment ...",
    plain: "This page was opened over an unsafe connection (http). Open its address with https:// at the front.",
    old: "This browser is too old to open the guide. Update it, or use a current Chrome, Edge, Firefox or Safari.",
    blocked: "This browser does not let the guide start its reader (a “service worker”). Leave private browsing, "
      + "or allow cookies and site data for this address, then reload.",
    offline: "The guide cannot be reached. Check your connection, then reload.",
    renewed: "The guide is being renewed. Try again in a few minutes.",
    head: "This guide is refused: its files are not as they were published, or were made by another version. "
      + "Ask whoever published it.",
    changed: "This guide is refused: some of its files were changed or are damaged. Nothing of it is shown. If it "
      + "was just renewed, reload in a few minutes; else ask whoever published it.",
    wrong: "That password does not open this guide. Look at each word on your paper once more, then try again.",
    older: "This guide is older than the one that was opened on this device before: somebody may have put back an old "
      + "one. Ask whoever published it. To read the old one all the same, press Open again.",
    locked: "The guide was sealed again in another tab meanwhile. Open it again.",
    empty: "Type the password.",
    working: "Opening ...",
    unkept: "Opening. This browser could not remember the guide (its storage is full or switched off), so you will be "
      + "asked again next time.",
    loop: "The password is right, but this browser does not show it. Close all tabs with the guide and open it "
      + "again; if that does not help, allow cookies and site data for this address.",
  };
  const say = (what) => { status.textContent = SAID[what] || SAID.changed; status.dataset.state = what; };
  const stop = (what) => { form.hidden = true; say(what); };

  let held = null;
  let older = "";       // the head of a build of which the reader was told that it is an older one
  let showing = false;
  let workers;
  let base;

  function ask(worker, message) {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      worker.postMessage(message, [port2]);
    });
  }

  // The nearest folder above this address that holds a sealed guide: 404.html may be shown at any depth.
  async function folder() {
    const steps = location.pathname.split("/").slice(0, -1);
    let reached = false;
    for (; steps.length; steps.pop()) {
      const place = `${steps.join("/")}/`;
      try {
        const answer = await fetch(`${place}sealed/head`, { cache: "no-cache", credentials: "omit" });
        reached = true;
        if (answer.ok && (await answer.text()).startsWith("{")) return place;
      } catch { /* no connection: the worker may still have it */ }
    }
    const known = await workers.getRegistration().catch(() => undefined);
    if (known) return new URL(known.scope).pathname;
    throw Object.assign(new Error(), { why: reached ? "renewed" : "offline" });
  }

  async function started() {
    const registration = await workers.register(`${base}sw.js`, { scope: base, updateViaCache: "none" })
      .catch(() => workers.getRegistration(base));      // offline: the one that is there
    if (!registration) throw Object.assign(new Error(), { why: "blocked" });
    if (registration.active) return registration.active;
    const worker = registration.installing || registration.waiting;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(Object.assign(new Error(), { why: "blocked" })), 15000);
      const look = () => {
        if (worker.state === "activated") { clearTimeout(late); resolve(worker); }
        if (worker.state === "redundant") reject(Object.assign(new Error(), { why: "blocked" }));
      };
      worker.addEventListener("statechange", look);
      look();
    });
  }

  // This address again, now from the worker; its #place is found by the browser, which must not scroll back.
  function show() {
    if (showing) return;
    showing = true;
    const count = `matchguide ${base}`;
    let tried = 0;
    try { tried = Number(sessionStorage.getItem(count)); } catch { /* no storage, no guard */ }
    if (tried >= 3) { try { sessionStorage.removeItem(count); } catch { /* the same */ } stop("loop"); return; }
    try { sessionStorage.setItem(count, String(tried + 1)); } catch { /* the same */ }
    history.scrollRestoration = "manual";
    location.reload();
  }

  async function start() {
    if (!window.isSecureContext || !window.crypto || !crypto.subtle) return stop("plain");
    if (typeof DecompressionStream === "undefined" || !AbortSignal.timeout) return stop("old");
    try { workers = navigator.serviceWorker; } catch { /* forbidden */ }
    if (!workers) return stop("blocked");
    // From the first moment: a worker waits for the answer of every page.
    workers.addEventListener("message", ({ data, ports }) => {
      if (data.ask === "key" && ports[0]) ports[0].postMessage(held || {});
      if (data.opened && !form.inert && base) show();
      if (data.locked) held = null;
    });
    workers.startMessages();
    base = await folder();
    const worker = await started();
    let given = null;
    if ((await ask(worker, { do: "state" })).open) return show();
    const prepare = async () => {
      given = await ask(worker, { do: "prepare" });
      return given.why;
    };
    const why = await prepare();
    if (why) return stop(why);
    form.hidden = false;
    status.textContent = "";
    password.focus();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!password.value.trim()) { say("empty"); password.focus(); return; }
      say("working");
      form.inert = true;
      try {
        const late = await prepare();       // it may have been renewed while the reader typed
        if (late) { stop(late); return; }
        const head = sealed.readHead(given.text);
        const remembering = document.getElementById("remember").checked;
        let answer = {};
        for (const spelling of sealed.spellings(password.value)) {
          const key = await sealed.keyFrom(spelling, head);
          answer = await ask(worker, { do: "open", text: given.text, key, remembering, older });
          if (answer.why !== "wrong") break;
        }
        if (answer.key) {
          password.value = "";
          held = answer;
          if (remembering && !answer.kept) {
            say("unkept");
            await new Promise((resolve) => setTimeout(resolve, 3500));
          }
          show();
          return;
        }
        if (answer.why === "older") older = given.text;
        if (["wrong", "locked", "older"].includes(answer.why)) say(answer.why); else stop(answer.why);
      } catch (error) { stop(error.why || "changed"); } finally {
        form.inert = false;
        if (!form.hidden) password.select();
      }
    });
  }

  document.getElementById("shown").addEventListener("change", ({ target }) => {
    password.type = target.checked ? "text" : "password";
  });
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  say("start");
  start().catch((error) => stop(error.why || "blocked"));
})();
