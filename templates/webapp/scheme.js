/* Light or dark, as the device is set, before anything is drawn. The switch is for this visit: nothing is kept. */
document.documentElement.dataset.scheme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
