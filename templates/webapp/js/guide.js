/* The guide that was just made, opened in a tab of its own: its pages are answered from this tab's memory. Where no
   service worker can be had, the one-file guide is shown instead. */

const home = new URL("../", import.meta.url);

export class GuideShelf {
  constructor() {
    this.id = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    this.files = null;
    this.works = this.register();
    if (navigator.serviceWorker) navigator.serviceWorker.addEventListener("message", (event) => this.answer(event));
  }

  async register() {
    try {
      if (!navigator.serviceWorker) return false;
      const worker = await navigator.serviceWorker.register(new URL("sw.js", home), { scope: home.pathname });
      if (!worker) return false;
      this.registration = worker;
      return await installed(worker);
    } catch { return false; }
  }

  /* `files` is a promise of every file by its path. */
  put(files) {
    this.files = files;
    this.made = null;
    this.failed = false;
    files.then((made) => { if (this.files === files) this.made = made; }, () => { if (this.files === files) this.failed = true; });
  }

  answer(event) {
    if (!event.data || event.data.type !== "guide") return;
    const port = event.ports[0];
    if (event.data.id !== this.id || !this.files) return port.postMessage(null);
    if (this.failed) port.postMessage({ fault: true });
    else if (!this.made) port.postMessage({ pending: true });
    else port.postMessage({ bytes: this.made.get(event.data.name) || null });
  }

  get address() { return new URL(`guide/${this.id}/index.html`, home).href; }
}

/* Whether it will answer: one that finds no room, or not all of its files, is thrown away, and nothing tells. */
function installed(registration) {
  if (registration.active) return true;
  return Promise.race([navigator.serviceWorker.ready.then(() => true), new Promise((resolve) => {
    const fresh = registration.installing || registration.waiting;
    const look = () => { if (!fresh || fresh.state === "redundant") resolve(false); };
    if (fresh) fresh.addEventListener("statechange", look);
    look();
  })]);
}

/* Without a service worker: a page that is handed the one file. */
export function showSingle(html) {
  const view = window.open(new URL("view.html", home).href, "_blank");
  if (!view) return false;
  const hand = (event) => {
    if (event.source !== view || event.origin !== home.origin || event.data !== "ready") return;
    window.removeEventListener("message", hand);
    Promise.resolve(html).then((bytes) => view.postMessage(new TextDecoder().decode(bytes), home.origin));
  };
  window.addEventListener("message", hand);
  return true;
}
