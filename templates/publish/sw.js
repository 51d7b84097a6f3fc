// The worker serves every page of the guide from the sealed parts. The open guide and its key are in memory only;
// the key is also in IndexedDB where the reader chose so. What is cached is sealed.
const scope = self.registration.scope;
const base = new URL(scope).pathname;
const HEAD = `${scope}sealed/head`;
const SHELL = scope;
const CACHE = `matchguide ${base} `;
const NEWEST = 60000;   // ms for which an open guide passes for the newest, unless the reader reloads
const PATIENCE = 1500;  // ms that a page waits for a newer build; one that comes later is there for the next page

let guide = null;       // {text, key, files, stream}
let locks = 0;          // counts Lock in this worker: what was begun before one must not open anything after it
let locking = Promise.resolve();
let opening = null;
let renewing = null;
let looked = 0;

const pause = (wait) => new Promise((resolve) => setTimeout(resolve, wait));

// ---- The key: remembered by choice, else held by the open pages

const store = () => new Promise((resolve, reject) => {
  const request = indexedDB.open(`matchguide ${base}`, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("keys");
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function inStore(mode, act) {
  const database = await store();
  try {
    return await new Promise((resolve, reject) => {
      const request = act(database.transaction("keys", mode).objectStore("keys"));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } finally { database.close(); }
}

const remember = (held) => inStore("readwrite", (keys) => keys.put(held, "key"));
const forget = () => inStore("readwrite", (keys) => keys.delete("key")).catch(() => undefined);
const remembered = () => inStore("readonly", (keys) => keys.get("key")).catch(() => undefined);

// Counts Lock for ever: a page that slept in the browser's back/forward cache brings a key from before one.
const era = () => inStore("readonly", (keys) => keys.get("era")).catch(() => undefined).then((found) => found || 0);
const nextEra = async () => {
  const next = await era() + 1;
  await inStore("readwrite", (keys) => keys.put(next, "era")).catch(() => undefined);
};

// The newest build that this device has opened, so that an older one that was put back is told.
const newest = () => inStore("readonly", (keys) => keys.get("newest")).catch(() => undefined).then((found) => found || 0);
const nowNewest = (made) => inStore("readwrite", (keys) => keys.put(made, "newest")).catch(() => undefined);

// Only pages of this guide, not others of the same origin.
async function windows() {
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((page) => page.url.startsWith(scope));
}

async function heldByWindows() {
  const pages = await windows();
  if (!pages.length) return undefined;
  const now = await era();
  return new Promise((resolve) => {
    let silent = pages.length;
    pause(1500).then(resolve);
    for (const page of pages) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        if (data && data.key && data.era === now) resolve(data);
        else if (--silent === 0) resolve(undefined);
      };
      page.postMessage({ ask: "key" }, [port2]);
    }
  });
}

async function holding({ text, key }) {
  const { salt, rounds } = sealed.readHead(text);
  return { key, salt, rounds, era: await era() };
}

async function tell(message) {
  for (const page of await windows()) page.postMessage(message);
}

// ---- The sealed parts: from the cache of their build, else from the network

async function fetched(address, wait, options) {
  let answer;
  try {
    answer = await fetch(address, { ...options, credentials: "omit", signal: AbortSignal.timeout(wait) });
  } catch { throw new sealed.Refused("offline"); }
  if (!answer.ok) throw new sealed.Refused("renewed");
  return answer;
}

async function publishedHead(wait = 15000) {
  return (await fetched(HEAD, wait, { cache: "no-cache" })).text();
}

async function cachedHead() {
  for (const name of await caches.keys()) {
    const hit = name.startsWith(CACHE) && await (await caches.open(name)).match(HEAD);
    if (hit) return hit.text();
  }
  return undefined;
}

const gathering = new Map();    // one download of a build, however many ask for it

function gather(text, fresh = false) {
  if (!gathering.has(text)) {
    gathering.set(text, gatherOnce(text, fresh).finally(() => gathering.delete(text)));
  }
  return gathering.get(text);
}

async function gatherOnce(text, fresh) {
  const head = sealed.readHead(text);
  const cache = await caches.open(CACHE + head.build);
  const names = ["manifest", ...Array(head.count).keys()];
  return Promise.all(names.map(async (name) => {
    const address = `${scope}sealed/${head.build}/${name}.bin`;
    const hit = fresh ? undefined : await cache.match(address);
    if (hit) return hit.arrayBuffer();
    const bytes = await (await fetched(address, 120000, { cache: "no-store" })).arrayBuffer();
    await cache.put(address, new Response(bytes)).catch(() => undefined);   // a full disk: reading still works
    return bytes;
  }));
}

// A build that opened is the one to keep for reading offline, and the unlock page with it.
async function keep(text) {
  const name = CACHE + sealed.readHead(text).build;
  shell();
  try {
    await (await caches.open(name)).put(HEAD, new Response(text));
    for (const other of await caches.keys()) {
      if (other.startsWith(CACHE) && other !== name && other !== `${CACHE}shell`) await caches.delete(other);
    }
  } catch { /* nothing is kept: it is read from the network */ }
}

// ---- Open, look for a newer build, lock

// `before`: how often Lock was pressed when the opening began. `older`: the reader wants it although it is older.
async function openWith(text, key, before, older = false) {
  let content;
  try {
    content = await sealed.openAll(text, key, await gather(text));
  } catch (error) {
    if (error.why !== "changed") throw error;
    try {       // perhaps only the copy in the cache was damaged
      content = await sealed.openAll(text, key, await gather(text, true));
    } catch (again) {
      if (again.why === "changed") await caches.delete(CACHE + sealed.readHead(text).build);
      throw again;
    }
  }
  if (content.made < await newest() && !older) throw new sealed.Refused("older");
  if (before !== locks) throw new sealed.Refused("locked");
  guide = { text, key, ...content };
  await nowNewest(content.made);
  await keep(text);
  return guide;
}

const fits = (held, text) => {
  const head = sealed.readHead(text);
  return held.salt === head.salt && held.rounds === head.rounds;
};

// The open guide, or null where it is locked.
function ready() {
  if (guide) return Promise.resolve(guide);
  opening ??= locking.then(reopen).catch(() => null).finally(() => { opening = null; });
  return opening;
}

async function reopen() {
  const before = locks;
  const held = await heldByWindows() || await remembered();
  if (!held) return null;
  const kept = await cachedHead();
  if (kept && fits(held, kept)) {
    try { return await openWith(kept, held.key, before); } catch { /* the published one, then */ }
  }
  const text = await publishedHead();
  return fits(held, text) ? openWith(text, held.key, before) : null;
}

// Before a page opens: is there a newer build?
async function look(event) {
  if (event.request.cache === "default" && Date.now() < looked + NEWEST) return;
  looked = Date.now();
  renewing ??= renew().finally(() => { renewing = null; });
  event.waitUntil(renewing);
  await Promise.race([renewing, pause(PATIENCE)]);
}

// A newer build that is half there or broken is left alone; one with another password closes this one.
async function renew() {
  const before = locks;
  const { text: old, key } = guide;
  try {
    const text = await publishedHead();
    if (text === old) return;
    await gather(text);
    if (!fits(sealed.readHead(old), text)) throw new sealed.Refused("wrong");
    await openWith(text, key, before);
  } catch (error) {
    if (error.why === "wrong" && before === locks) await close();
  }
}

// Until all pages and the store have let go of the key, nothing opens again.
function close() {
  locks += 1;
  guide = null;
  locking = nextEra().then(forget).then(() => tell({ locked: true }));
  return locking;
}

// ---- Serving

const headers = (type, more) => new Headers({
  "Content-Type": type, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer", "Content-Security-Policy": "frame-ancestors 'none'", ...more,
});

const told = (text, status) => new Response(text, { status, headers: headers("text/plain; charset=utf-8") });

async function shell() {
  const cache = await caches.open(`${CACHE}shell`);
  try {
    const answer = await fetched(SHELL, 8000, { cache: "no-cache" });
    const bytes = await answer.arrayBuffer();
    await cache.put(SHELL, new Response(bytes)).catch(() => undefined);
    return new Response(bytes, { headers: headers("text/html; charset=utf-8") });
  } catch {
    const hit = await cache.match(SHELL);
    if (hit) return new Response(await hit.arrayBuffer(), { headers: headers("text/html; charset=utf-8") });
    return told("This page cannot be reached: you seem to be offline.", 503);
  }
}

// A page opened in a window gets one line more than its file: the script with Lock and downloads.
function withScript(bytes) {
  const page = new TextDecoder().decode(bytes);
  const script = `<script src="${base}sealed/page.js" defer></script>`;
  return new TextEncoder().encode(page.replace("</head>", (end) => script + end));
}

async function serve(event, path) {
  const { request } = event;
  let found = await ready();
  if (found && request.mode === "navigate") {
    await look(event);
    found = guide;
  }
  if (!found) return request.mode === "navigate" ? shell() : told("locked", 403);
  let name = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  let status = 200;
  if (!found.files.has(name)) { name = "404.html"; status = 404; }
  let bytes = await sealed.fileOf(found, name);
  if (bytes === undefined) return told("not found", 404);
  const type = found.files.get(name).type;
  if (request.mode === "navigate" && type.startsWith("text/html")) bytes = withScript(bytes);
  const range = status === 200 && /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("Range") || "");
  if (range && +range[1] < bytes.byteLength) {
    const first = +range[1];
    const last = Math.min(range[2] === "" ? Infinity : +range[2], bytes.byteLength - 1);
    return new Response(bytes.slice(first, last + 1), {
      status: 206, headers: headers(type, { "Content-Range": `bytes ${first}-${last}/${bytes.byteLength}` }),
    });
  }
  return new Response(bytes, { status, headers: headers(type, { "Accept-Ranges": "bytes" }) });
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin || !url.pathname.startsWith(base)) return;
  let path;
  try { path = decodeURIComponent(url.pathname.slice(base.length)); } catch { path = "404.html"; }
  if (path === "sw.js" || (path.startsWith("sealed/") && path !== "sealed/page.js")) return;
  event.respondWith(serve(event, path).catch(() => told("This page could not be opened. Reload it.", 500)));
});

// ---- Messages of the pages; each brings a port for the answer

const answers = {
  async state() { return { open: Boolean(await ready()) }; },
  async prepare() {
    const kept = await cachedHead();
    try {
      const text = await publishedHead();
      sealed.readHead(text);
      gather(text).catch(() => undefined);        // while the reader types
      return { text };
    } catch (error) {
      if (kept && error.why !== "head") return { text: kept };
      throw error;
    }
  },
  async open({ text, key, remembering, older }) {
    await locking;
    const before = locks;
    try {
      await openWith(text, key, before, older === text);
    } catch (error) {
      const kept = error.why === "renewed" || error.why === "offline" ? await cachedHead() : undefined;
      if (!kept || !fits(sealed.readHead(text), kept)) throw error;
      await openWith(kept, key, before);
    }
    looked = Date.now();
    const held = await holding({ text, key });
    let kept = false;
    if (remembering) kept = await remember(held).then(() => true, () => false); else await forget();
    await tell({ opened: true });
    return { ...held, kept };
  },
  async key() {
    const found = await ready();
    return found ? { ...await holding(found), kept: Boolean(await remembered()) } : { locked: true };
  },
  async lock() { await close(); return {}; },
};

self.addEventListener("message", (event) => {
  const port = event.ports[0];
  if (!port || !event.source || !event.source.url.startsWith(scope) || !Object.hasOwn(answers, event.data.do)) return;
  event.waitUntil(answers[event.data.do](event.data).then(
    (answer) => port.postMessage(answer),
    (error) => port.postMessage({ why: error.why || "changed" }),
  ));
});

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
