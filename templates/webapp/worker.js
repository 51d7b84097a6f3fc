/* The planner: Python in a worker of its own. It fetches its files (each checked by its sum, kept for the next visit
   where the browser can), starts, and answers one question after the other. Nothing it is told leaves it. */
import { loadPyodide } from "./runtime/pyodide.mjs";
import { sealed } from "./js/seal.js";

const here = new URL("./", import.meta.url);
const manifest = fetch(new URL("manifest.json", here)).then((answer) => answer.json());
const fetching = new Map();
let python = null;
let desk = null;
let seen = 0;

function say(message, transfer = []) { self.postMessage(message, transfer); }

async function kept(version) {
  try { return await caches.open(`matchguide-app-${version}`); } catch { return null; }
}

async function read(answer, counted) {
  const reader = answer.body.getReader(), parts = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    if (counted) { seen += value.length; say({ type: "progress", seen }); }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function isAsListed(bytes, sum) {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(found, (byte) => byte.toString(16).padStart(2, "0")).join("") === sum;
}

/* The packed bytes of a file of the manifest; of a file that is not as it was built, an error. */
function packed(name, counted = false) {
  if (!fetching.has(name)) {
    fetching.set(name, fetched(name, counted));
    fetching.get(name).catch(() => fetching.delete(name));
  }
  return fetching.get(name);
}

async function fetched(name, counted) {
  const listed = await manifest, url = new URL(name, here), { sum, size } = listed.files[name];
  const cache = await kept(listed.version);
  const stored = cache && await cache.match(url, { ignoreSearch: true }).catch(() => null);
  if (stored) {
    const bytes = new Uint8Array(await stored.arrayBuffer());
    if (await isAsListed(bytes, sum)) {
      if (counted) { seen += size; say({ type: "progress", seen }); }
      return bytes;
    }
  }
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(url, { cache: attempt ? "reload" : "default" });
    if (!answer.ok) throw new Error(`${name} could not be fetched (${answer.status})`);
    const bytes = await read(answer, counted && !attempt);
    if (await isAsListed(bytes, sum)) {
      if (cache) await cache.put(url, new Response(bytes)).catch(() => { /* no room: fetched again next time */ });
      return bytes;
    }
    if (attempt) throw new Error(`${name} is not as it was built`);
  }
}

function unpacked(bytes) { return new Response(bytes).body.pipeThrough(new DecompressionStream("gzip")); }

async function opened(name, counted) {
  return new Uint8Array(await new Response(unpacked(await packed(name, counted))).arrayBuffer());
}

const RUNTIME = { "pyodide.asm.wasm": ["runtime/wasm.bin", "application/wasm"], "library.zip": ["runtime/library.bin", ""] };
const plainFetch = self.fetch.bind(self);

/* A worker has no policy of its own where the host sends none: so it gives itself one. Only this program's files can be
   asked for, and there is no other way out. */
for (const way of ["XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "BroadcastChannel", "importScripts"]) {
  try { Object.defineProperty(self, way, { value: undefined, writable: false, configurable: false }); } catch { /* not there */ }
}

self.fetch = async (what, options) => {
  const url = new URL(what instanceof Request ? what.url : what, here), name = url.pathname.split("/").pop();
  if (!url.href.startsWith(here.href)) throw new TypeError("Failed to fetch: this program asks no other address");
  if (!(name in RUNTIME)) return plainFetch(what, options);
  const [file, type] = RUNTIME[name];
  return new Response(unpacked(await packed(file, true)), { headers: { "Content-Type": type } });
};

/* The runtime's own script, 1.2 MB, comes packed too. A host whose policy forbids scripts from memory gets it by way of
   the service worker, which unpacks it. */
async function runtime() {
  try { return await fromMemory(); } catch { return (await import(new URL("runtime/script.mjs", here).href)).default; }
}

async function fromMemory() {
  const script = new Blob([await opened("runtime/script.bin", true)], { type: "text/javascript" });
  const url = URL.createObjectURL(script);
  try { return (await import(url)).default; } finally { URL.revokeObjectURL(url); }
}

const FIRST = "packs/first.bin", SITE = "packs/site.bin", SEALING = "packs/sealing.bin", TABLES = "packs/tables.bin";

async function install(name, counted) {
  const bytes = await opened(name, counted);
  python.unpackArchive(bytes, "tar", { extractDir: "/app" });
}

async function start() {
  const listed = await manifest;
  const early = ["runtime/wasm.bin", "runtime/library.bin", "runtime/script.bin", FIRST];
  say({ type: "total", total: early.reduce((sum, name) => sum + listed.files[name].size, 0) });
  for (const name of early) packed(name, true).catch(() => { /* told by whoever waits for it */ });
  const indexURL = new URL("runtime/", here).href;
  python = await loadPyodide({
    indexURL,
    createPyodideModule: await runtime(),
    stdLibURL: new URL("runtime/library.zip", here).href,
    lockFileContents: JSON.stringify({ info: listed.info, packages: {} }),
    packageBaseUrl: indexURL,
    env: { HOME: "/home", PYTHONDONTWRITEBYTECODE: "1", PYTHONHASHSEED: "0" },
    stdout: () => { /* nothing of the reader's is printed */ },
    stderr: () => { /* the same */ },
  });
  say({ type: "starting" });
  await install(FIRST, true);
  python.runPython("import sys; sys.path.insert(0, '/app')\nfrom matchguide.webapp.inside.desk import Desk\ndesk = Desk()");
  desk = python.globals.get("desk");
  say({ type: "ready" });
}

const later = new Map();

function need(name) {
  if (!later.has(name)) {
    const installed = install(name, false).then(() => python.runPython("import importlib; importlib.invalidate_caches()"));
    later.set(name, installed);
    installed.catch(() => later.delete(name));
  }
  return later.get(name);
}

function bytesOf(proxy) {
  const view = proxy.getBuffer("u8");
  try { return view.data.slice(); } finally { view.release(); proxy.destroy(); }
}

function filesOf(proxy) {
  const files = new Map();
  for (const name of proxy.keys()) files.set(name, bytesOf(proxy.get(name)));
  proxy.destroy();
  return files;
}

/* What the page may ask. Each answer is text, bytes, or files by their paths. */
const ASKED = {
  plan: (asked) => desk.plan(asked),
  opened: (text) => desk.opened(text),
  written: (asked) => desk.written(asked),
  async table(mark, name, bytes) {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) await need(TABLES); // a ZIP, as every .xlsx is
    const raw = python.toPy(bytes);
    try { return desk.table(mark, name, raw); } finally { if (raw && raw.destroy) raw.destroy(); }
  },
  async assets(asked, name) { await need(SITE); return bytesOf(desk.assets(asked, name)); },
  async single(asked) { await need(SITE); return bytesOf(desk.single(asked)); },
  async site(asked) { await need(SITE); return filesOf(desk.site(asked)); },
  async zip(asked) { await need(SITE); return bytesOf(desk.zip(asked)); },
  async words() { await need(SEALING); return desk.words(); },
  async strength(asked, password) { await need(SITE); await need(SEALING); return desk.strength(asked, password); },
  async sealedSingle(asked, password) {
    await need(SITE); await need(SEALING);
    return bytesOf(desk.sealed_single(await sealedParts(desk.pack_single(asked), password)));
  },
  async sealedZip(asked, password) {
    await need(SITE); await need(SEALING);
    return bytesOf(desk.sealed_zip(await sealedParts(desk.pack_site(asked), password), asked));
  },
  async install() { await need(SITE); return null; },
};

/* Python packs, the browser's own cipher seals. */
async function sealedParts(packing, password) {
  const head = packing.head, parts = [];
  for (const pair of packing.parts()) {
    const [bound, plain] = pair.toJs({ create_pyproxies: false });
    parts.push([bound.slice(), plain.slice()]);
    pair.destroy();
  }
  packing.destroy();
  return python.toPy({ head, parts: await sealed(head, parts, password) });
}

let turn = Promise.resolve();

/* What comes after the first plan is fetched beside all else, and put in between two questions. */
function prepare() {
  packed(SITE).then(() => packed(SEALING)).then(() => packed(TABLES)).catch(() => { /* fetched again when it is asked for */ });
  packed(SITE).then(() => self.onmessage({ data: { id: 0, name: "install", args: [] } }), () => { /* the same */ });
}

self.onmessage = ({ data: { id, name, args } }) => {
  if (name === "prepare") { prepare(); return void say({ type: "answer", id, result: null }); }
  turn = turn.then(async () => {
    try {
      await started;
      const result = await ASKED[name](...args);
      const transfer = result instanceof Uint8Array ? [result.buffer] : [];
      say({ type: "answer", id, result }, transfer);
    } catch (error) {
      say({ type: "answer", id, fault: faultOf(error) });
    }
  });
};

/* The kind of a fault and its lines of code, never a value: an error's message may hold what the reader typed. */
function faultOf(error) {
  const text = String((error && error.message) || error);
  const kind = /^\s*([\w.]+(?:Error|Exception|Found))\b/m.exec(text);
  const lines = [...text.matchAll(/File "([^"]+)", line (\d+)/g)].slice(-4).map((hit) => `${hit[1].split("/").slice(-2).join("/")}:${hit[2]}`);
  const isOver = /fatally failed/.test(text) && "RuntimeError"; // the runtime is of no use any more
  return { kind: isOver || (error && error.type) || (kind && kind[1]) || (error && error.name) || "Error", lines, network: !python || /could not be fetched|not as it was built|Failed to fetch|NetworkError/.test(text) };
}

const started = start();
started.catch((error) => say({ type: "failed", fault: faultOf(error) }));
