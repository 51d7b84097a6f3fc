/* Keeps the program's own files for the next visit, without a connection too, and shows a guide that was just made:
   its pages come from the tab that made it, from memory, and are gone with that tab. */
"use strict";
const VERSION = "@VERSION@";
const SHELL = ["@SHELL@"];
const CACHE = `matchguide-app-${VERSION}`;
const GUIDE = new URL("guide/", self.registration.scope).pathname;
const PAGES = ["", "index.html"].map((name) => new URL(name, self.registration.scope).pathname);
const TYPES = {
  html: "text/html; charset=utf-8", css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8", csv: "text/csv; charset=utf-8", ics: "text/calendar; charset=utf-8",
  txt: "text/plain; charset=utf-8", xml: "application/xml; charset=utf-8", svg: "image/svg+xml", png: "image/png",
};
const POLICY = "default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'; connect-src 'self'";
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(SHELL.map((name) => new Request(new URL(name, self.registration.scope), { cache: "no-cache" })));
    await cache.put(self.registration.scope, (await cache.match(new URL("index.html", self.registration.scope))).clone());
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("matchguide-app-") && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (event.data === "use the new one") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin || event.request.method !== "GET") return;
  if (url.pathname.startsWith(GUIDE)) event.respondWith(guide(url.pathname.slice(GUIDE.length)));
  else if (event.request.url.startsWith(self.registration.scope)) event.respondWith(program(event.request));
});

async function program(request) {
  const cache = await caches.open(CACHE);
  const url = new URL(request.url);
  url.search = url.hash = "";
  if (url.pathname.endsWith("/runtime/script.mjs")) return script(cache, url);
  const answer = (await cache.match(url.href)) || await fetch(request);
  if (!url.pathname.endsWith("/worker.js")) return answer;
  return new Response(answer.body, { status: answer.status, headers: { "Content-Type": TYPES.js, "Content-Security-Policy": POLICY } });
}

async function script(cache, url) {
  const packed = url.href.replace(/mjs$/, "bin"), answer = (await cache.match(packed)) || await fetch(packed);
  const body = answer.body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(body, { headers: { "Content-Type": TYPES.js } });
}

/* guide/<the tab's own name>/<file>: asked of the tab that made it. */
async function guide(path) {
  const [id, ...rest] = path.split("/");
  const name = decodeURIComponent(rest.join("/")) || "index.html";
  const tabs = (await self.clients.matchAll({ type: "window", includeUncontrolled: true }))
    .filter((tab) => PAGES.includes(new URL(tab.url).pathname));
  const answers = tabs.map((tab) => ask(tab, id, name));
  const found = await Promise.any(answers).catch(() => null);
  if (!found) return page(404, "This guide is closed", `It was only in the tab that made it, and that tab is gone. Open the app again, and your
profile or your downloaded guide in it.`);
  if (found.pending) return page(200, "Writing your guide", `This takes a few seconds. Keep the other tab open: your guide is read from there.`, true);
  if (found.fault) return page(200, "The guide could not be written", `Go back to the tab of the app: it says what to do.`);
  if (!found.bytes) return new Response("Not found", { status: 404, headers: { "Content-Type": TYPES.txt } });
  const type = TYPES[name.split(".").pop()] || "application/octet-stream";
  return new Response(found.bytes, { headers: { "Content-Type": type, "Cache-Control": "no-store" } });
}

function ask(tab, id, name) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const late = setTimeout(reject, PATIENCE);
    port1.onmessage = ({ data }) => { clearTimeout(late); if (data) resolve(data); else reject(); };
    tab.postMessage({ type: "guide", id, name }, [port2]);
  });
}

function page(status, title, words, again = false) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${again ? '<meta http-equiv="refresh" content="1">' : ""}
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="${self.registration.scope}icon.svg"><link rel="stylesheet" href="${self.registration.scope}app.css"></head>
<body><main class="alone"><h1>${title}</h1><p>${words}</p><p><a href="${self.registration.scope}">Open the app</a></p></main></body></html>`;
  return new Response(html, { status, headers: { "Content-Type": TYPES.html, "Cache-Control": "no-store" } });
}
