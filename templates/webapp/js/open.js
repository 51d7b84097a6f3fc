/* A file of the reader's, opened again: a profile, a guide, a sealed guide. */
import { h, button, fill, $ } from "./dom.js";

const LARGEST = 30000000, LARGEST_TABLE = 10000000, LEAST_ROUNDS = 600000, MOST_ROUNDS = 5000000, NONCE = 12;

/* Asks for a file and hands over its text: by the page's one file field. */
export function choose() { $("open-file").click(); }

export function onChosen(taken, refused) {
  const input = $("open-file");
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    if (file.size > LARGEST) return refused("This file is too large to be a profile or a guide from here.");
    const text = new TextDecoder().decode(await file.arrayBuffer());
    input.value = "";
    taken(text);
  });
}

/* Asks for a table of programs and hands it over: a name that a file beside the profile may have, and the bytes. */
export function chooseTable(taken, refused) {
  const input = $("open-table");
  input.onchange = async () => {
    const file = input.files[0];
    if (!file) return;
    if (file.size > LARGEST_TABLE) return refused("This table is too large. Keep the columns and programs you need, without pictures.");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const ending = bytes[0] === 0x50 && bytes[1] === 0x4b ? "xlsx" : "csv";
    input.value = "";
    taken(/^[\p{L}\p{N}][\p{L}\p{N} ._()-]{0,90}$/u.test(file.name) ? file.name : `programs.${ending}`, bytes);
  };
  input.click();
}

export function isSealed(text) { return text.slice(0, 200000).includes('id="parts"') && /<script[^>]*id="head"/.test(text); }

/* What a password that was typed may stand for, as the sealed page itself tries it. */
function spellings(typed) {
  const plain = typed.trim(), drawn = plain.toLowerCase().replace(/[\s\p{Pd}]+/gu, "-");
  return drawn === plain ? [plain] : [plain, drawn];
}

async function opensWith(text, typed) {
  const [first, ...more] = spellings(typed);
  try { return await unsealed(text, first); } catch (error) { if (!more.length) throw error; return unsealed(text, more[0]); }
}

/* The guide inside a sealed page. Refuses a wrong password, and whatever was changed. */
export async function unsealed(text, password) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const head = page.getElementById("head").textContent, parts = page.getElementById("parts").textContent.trim().split(/\s+/).map(bytesOf);
  const { rounds, salt, format, version, kdf, cipher } = JSON.parse(head);
  if (format !== "matchguide-sealed" || version !== 1 || kdf !== "PBKDF2-HMAC-SHA256" || cipher !== "AES-256-GCM" || !(rounds >= LEAST_ROUNDS && rounds <= MOST_ROUNDS)) throw new Error("refused");
  const secret = new TextEncoder().encode(password.trim().normalize("NFC"));
  const base = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: Uint8Array.from(salt.match(/../g), (pair) => parseInt(pair, 16)), iterations: rounds };
  const key = await crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const plain = async (name, part) => new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: part.slice(0, NONCE), additionalData: new TextEncoder().encode(`${head}\n${name}`) }, key, part.slice(NONCE)));
  const manifest = JSON.parse(new TextDecoder().decode(await plain("manifest", parts[0])));
  const blobs = await Promise.all(parts.slice(1).map((part, i) => plain(`blob:${i}`, part)));
  const whole = new Uint8Array(await new Blob(blobs).arrayBuffer());
  const [, at, size] = manifest.files.find(([path]) => path === "guide.html");
  const stream = new Blob([whole.slice(at, at + size)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

function bytesOf(text) { return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)); }

/* The form that asks for the password of a sealed guide. */
export function passwordForm(place, text, opened, cancelled) {
  const input = h("input", { type: "password", class: "typed", id: "open-password", autocomplete: "off" });
  const told = h("p", { class: "fault", role: "alert" });
  const form = h("form", { class: "question", onsubmit: async (event) => {
    event.preventDefault();
    told.textContent = "Opening …";
    try { opened(await opensWith(text, input.value)); } catch { told.textContent = "That password does not open this guide, or the file was changed. Look at each word on your paper once more."; input.focus(); }
  } }, h("label", { for: "open-password" }, "This guide is sealed. Its password:"), input, h("div", { class: "row" }, h("button", { class: "main" }, "Open"), button("Cancel", cancelled)), told);
  fill(place, h("h1", { tabindex: "-1" }, "A sealed guide"), form);
  input.focus();
}
