// One sealed file: opens in this page, from file:// too. Closing or reloading it locks it.
(() => {
  const form = document.getElementById("form");
  const password = document.getElementById("password");
  const status = document.getElementById("status");
  const say = (text, state = "") => { status.textContent = text; status.dataset.state = state; };
  const REFUSED = "This file is refused: it was changed or is damaged. Nothing of it is shown. Ask for a new copy.";

  const bytes = (coded) => Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));

  async function opened(head, parts) {
    const [typed, drawn] = sealed.spellings(password.value), fields = sealed.readHead(head);
    try { return await sealed.openAll(head, await sealed.keyFrom(typed, fields), parts); } catch (error) {
      if (error.why !== "wrong" || drawn === undefined) throw error;
      return sealed.openAll(head, await sealed.keyFrom(drawn, fields), parts);
    }
  }

  document.getElementById("shown").addEventListener("change", ({ target }) => {
    password.type = target.checked ? "text" : "password";
  });
  if (!window.crypto || !crypto.subtle || typeof DecompressionStream === "undefined") {
    say("This browser cannot open the file. Save it and open it in a current Chrome, Edge, Firefox or Safari.");
    return;
  }
  form.hidden = false;
  password.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!password.value.trim()) { say("Type the password."); return; }
    say("Opening ...");
    form.inert = true;
    try {
      const head = document.getElementById("head").textContent;
      const parts = document.getElementById("parts").textContent.split("\n").map(bytes);
      const page = await sealed.fileOf(await opened(head, parts), "guide.html");
      if (page === undefined) throw new sealed.Refused("changed");
      document.open();
      document.write(new TextDecoder().decode(page));
      document.close();
    } catch (error) {
      form.inert = false;
      if (error.why === "wrong") say("That password does not open this file. Look at each word on your paper once more, then try again.", "wrong"); else say(REFUSED);
      password.select();
    }
  });
})();
