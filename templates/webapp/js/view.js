/* Shows the one-file guide that the opener hands over; it brings its own policy. */
window.addEventListener("message", (event) => {
  if (event.source !== window.opener || event.origin !== location.origin || typeof event.data !== "string") return;
  document.open();
  document.write(event.data);
  document.close();
});
if (window.opener) window.opener.postMessage("ready", location.origin);
