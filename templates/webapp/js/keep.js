/* Keeping answers on this device, only where the reader says so, and forgetting all of it. One tab keeps at a time. */

const NAME = "matchguide-app", STORE = "kept", KEY = "answers";

function database() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
}

async function within(mode, act) {
  const db = await database();
  try {
    return await new Promise((resolve, reject) => {
      const turn = db.transaction(STORE, mode), asked = act(turn.objectStore(STORE));
      turn.oncomplete = () => resolve(asked && asked.result);
      turn.onerror = turn.onabort = () => reject(turn.error);
    });
  } finally { db.close(); }
}

/* What was kept; undefined where nothing was, or where the browser keeps nothing. No database is made by asking. */
export async function readKept() {
  try {
    if (indexedDB.databases && !(await indexedDB.databases()).some((each) => each.name === NAME)) return undefined;
    return await within("readonly", (store) => store.get(KEY));
  } catch { return undefined; }
}

/* Raises what the browser says where there is no room: what was kept before stays whole. */
export function writeKept(kept) { return within("readwrite", (store) => store.put(kept, KEY)); }

export function askToStay() { return navigator.storage && navigator.storage.persist ? navigator.storage.persist().catch(() => false) : Promise.resolve(false); }

/* Whether this tab may keep: another one that does holds the lock until it is closed or this one takes it. */
let holds = false;
export function holdLock(lost, { steal = false } = {}) {
  if (!navigator.locks || holds) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request("matchguide-app-kept", steal ? { steal } : { ifAvailable: true }, (lock) => {
      holds = Boolean(lock);
      resolve(holds);
      return lock ? new Promise(() => {}) : undefined;
    }).catch(() => { holds = false; lost(); });
  });
}

/* The ticks and sliders of guides that were opened here lie in the storage of this address. */
export function forgetGuides() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("matchguide:")) localStorage.removeItem(key);
  } catch { /* the browser keeps nothing */ }
}

/* Waits for what is being written to end: a forgetting that is only asked for may be lost with the page. */
export async function forgetAnswers() {
  forgetGuides();
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = resolve;
  }).catch(() => {});
}

export async function forgetEverything() {
  await forgetAnswers();
  try { for (const name of await caches.keys()) if (name.startsWith("matchguide-app-")) await caches.delete(name); } catch { /* none */ }
  try {
    const here = new URL("../", import.meta.url).href;
    for (const each of await navigator.serviceWorker.getRegistrations()) if (each.scope === here) await each.unregister();
  } catch { /* none */ }
  try { sessionStorage.clear(); } catch { /* none */ }
}
