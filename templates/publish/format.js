"use strict";
// The sealed format, version 1 (FORMAT.md): put before every script that opens something.
const sealed = (() => {
  const ORDER = ["format", "version", "kdf", "rounds", "salt", "cipher", "build", "count", "chunk", "manifest"];
  const HEX = /^[0-9a-f]{32}$/;
  const text = new TextEncoder();

  class Refused extends Error {
    // why: head | wrong | changed | older | renewed | offline
    constructor(why) { super(why); this.why = why; }
  }

  // The head's text -> its fields. Throws Refused for whatever is weaker, unknown or written differently.
  function readHead(head) {
    let found;
    try { found = JSON.parse(head); } catch { throw new Refused("head"); }
    const whole = (value, low, high) => Number.isInteger(value) && value >= low && value <= high;
    const good = head.length <= 1024 && found !== null && typeof found === "object"
      && found.format === "matchguide-sealed" && found.version === 1
      && found.kdf === "PBKDF2-HMAC-SHA256" && found.cipher === "AES-256-GCM" && found.chunk === 262144
      && whole(found.rounds, 600000, 5000000) && whole(found.count, 1, 1024)
      && whole(found.manifest, 65536, 1048576) && found.manifest % 65536 === 0
      && typeof found.salt === "string" && HEX.test(found.salt)
      && typeof found.build === "string" && HEX.test(found.build)
      && JSON.stringify(Object.fromEntries(ORDER.map((key) => [key, found[key]]))) === head;
    if (!good) throw new Refused("head");
    return found;
  }

  // What a password that was typed may stand for, in the order to try: as typed; then as drawn words are written, for who
  // read them from paper. This weakens no seal: each try costs the whole key.
  function spellings(typed) {
    const plain = typed.trim(), drawn = plain.toLowerCase().replace(/[\s\p{Pd}]+/gu, "-");
    return drawn === plain ? [plain] : [plain, drawn];
  }

  // The password and the head's fields -> the key, which cannot be exported.
  async function keyFrom(password, head) {
    const secret = await crypto.subtle.importKey(
      "raw", text.encode(password.trim().normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
    const salt = Uint8Array.from(head.salt.match(/../g), (pair) => parseInt(pair, 16));
    return crypto.subtle.deriveKey(
      { name: "PBKDF2", hash: "SHA-256", salt, iterations: head.rounds }, secret,
      { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  }

  // Head text, key, parts (the manifest first) -> {files: Map(path -> {at, size, length, type}), stream, made}; made is
  // the second at which it was sealed.
  // Every part is verified before anything is given out. Throws Refused: "wrong" where no part opens, which is the
  // wrong password; "changed" where some do.
  async function openAll(headText, key, parts) {
    const head = readHead(headText);
    if (parts.length !== head.count + 1) throw new Refused("changed");
    const sizes = parts.map((part, i) => part.byteLength === (i ? head.chunk : head.manifest) + 28);
    const opened = await Promise.all(parts.map(async (part, i) => {
      if (!sizes[i]) return null;
      const name = i ? `blob:${i - 1}` : "manifest";
      try {
        return new Uint8Array(await crypto.subtle.decrypt(
          { name: "AES-GCM", iv: part.slice(0, 12), additionalData: text.encode(`${headText}\n${name}`) },
          key, part.slice(12)));
      } catch { return null; }
    }));
    if (opened.every((part) => part === null) && sizes.every(Boolean)) throw new Refused("wrong");
    if (opened.some((part) => part === null)) throw new Refused("changed");
    const stream = new Uint8Array(head.count * head.chunk);
    opened.slice(1).forEach((part, i) => stream.set(part, i * head.chunk));
    const files = new Map();
    const manifest = JSON.parse(new TextDecoder().decode(opened[0]));
    for (const [path, at, size, length, type] of manifest.files) files.set(path, { at, size, length, type });
    return { files, stream, made: Number.isSafeInteger(manifest.made) ? manifest.made : 0 };
  }

  // One file of what openAll gave -> its bytes, or undefined.
  async function fileOf({ files, stream }, path) {
    const file = files.get(path);
    if (!file) return undefined;
    const packed = new Blob([stream.subarray(file.at, file.at + file.size)]).stream();
    const bytes = await new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    if (bytes.byteLength !== file.length) throw new Refused("changed");
    return bytes;
  }

  return { Refused, readHead, spellings, keyFrom, openAll, fileOf };
})();
