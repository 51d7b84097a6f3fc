/* Waits until the first page of the guide is there, then goes to it. */
const id = location.hash.slice(1), told = document.getElementById("told");
const address = new URL(`../guide/${id}/index.html`, import.meta.url);
try {
  if (!/^[0-9a-f]{16}$/.test(id)) throw new Error("no guide");
  const answer = await fetch(address);
  if (!answer.ok) throw new Error("gone");
  location.replace(address);
} catch {
  told.textContent = "The guide could not be written, or the tab that made it is closed. Go back to that tab: it says what to do.";
}
