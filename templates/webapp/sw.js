/* Keeps the program's own files for the next visit, without a connection too, and shows a guide that was just made:
   its pages come from the tab that made it, from memory, and are gone with that tab. */
"use strict";
const VERSION = "@VERSION@";
const SHELL = ["@SHELL@"];
const CACHE = `matchguide-app-${VERSION}`;
const GUIDE = new URL("guide/", self.registration.scope).pathname;
const TYPES = {
  html: "text/html; charset=utf-8", css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8", csv: "text/csv; charset=utf-8", ics: "text/calendar; charset=utf-8",
  txt: "text/plain; charset=utf-8", xml: "application/xml; charset=utf-8", svg: "image/svg+xml", png: "image/png",
};
const PATIENCE = 90000;

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
  return (await cache.match(url.href)) || fetch(request);
}

/* guide/<the tab's own name>/<file>: asked of the tab that made it. */
async function guide(path) {
  const [id, ...rest] = path.split("/");
  const name = decodeURIComponent(rest.join("/")) || "index.html";
  const tabs = (await self.clients.matchAll({ type: "window", includeUncontrolled: true }))
    .filter((tab) => !new URL(tab.url).pathname.startsWith(GUIDE));
  const answers = tabs.map((tab) => ask(tab, id, name));
  const found = await Promise.any(answers).catch(() => null);
  if (!found) return new Response(GONE, { status: 404, headers: { "Content-Type": TYPES.html } });
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

const GONE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>This guide is closed</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body style="font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem">
<h1>This guide is closed</h1><p>It was only in the tab that made it, and that tab is gone.
Open the app again and your profile or your downloaded guide there.</p>
<p><a href="${self.registration.scope}">Open the app</a></p></body></html>`;
