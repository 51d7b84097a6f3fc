/* The same sealing as the command's, by the browser's own cipher. The format stands in publish/FORMAT.md. */

const NONCE = 12;

/* Each part, given as [what it is bound to, plain bytes], as nonce, ciphertext and tag. */
export async function sealed(head, parts, password) {
  const { salt, rounds } = JSON.parse(head);
  const key = await keyFrom(password, Uint8Array.from(salt.match(/../g), (pair) => parseInt(pair, 16)), rounds);
  const out = [];
  for (const [bound, plain] of parts) {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
    const text = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: bound }, key, plain);
    const part = new Uint8Array(NONCE + text.byteLength);
    part.set(nonce);
    part.set(new Uint8Array(text), NONCE);
    out.push(part);
  }
  return out;
}

async function keyFrom(password, salt, iterations) {
  const secret = new TextEncoder().encode(password.trim().normalize("NFC"));
  const base = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}
