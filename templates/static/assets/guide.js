/* Ticks kept in this browser, the practice clock, the compare sliders, and a few repairs for screen readers.
   No request is made, and no rule of the plan is decided here. */
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  function guideKey() {
    var meta = document.querySelector('meta[name="guide-key"]');
    return "matchguide:" + (meta ? meta.content : "guide") + ":ticks";
  }

  function readTicks() {
    var found = null;
    try { found = JSON.parse(window.localStorage.getItem(guideKey())); } catch (error) { /* refused, or not ours */ }
    return found && typeof found === "object" && !Array.isArray(found) ? found : {};
  }

  /* Whether the ticks were kept: a browser may refuse, or have no room. Then the reader is told, once a page. */
  function writeTicks(ticks) {
    try { window.localStorage.setItem(guideKey(), JSON.stringify(ticks)); return true; }
    catch (error) { notKept(); return false; }
  }

  function notKept() {
    if (document.getElementById("not-kept")) return;
    var note = document.createElement("p");
    note.id = "not-kept";
    note.className = "alarm-line";
    note.setAttribute("role", "alert");
    note.textContent = "This browser does not keep your ticks: its storage is full or switched off. They are gone when "
      + "you leave this page. Print the checklists, or allow site data for this address.";
    var title = document.querySelector("article h1, main h1");
    if (title) title.after(note); else document.body.prepend(note);
  }

  /* Once: ticks kept before the profile had a guide_id, and those under ids that told a place in a list. */
  function carryOver(root) {
    var meta = document.querySelector('meta[name="guide-key"]');
    var older = meta && meta.dataset.was !== meta.content ? "matchguide:" + meta.dataset.was + ":ticks" : "";
    try {
      var kept = older ? window.localStorage.getItem(older) : null;
      if (kept !== null) {
        if (window.localStorage.getItem(guideKey()) === null) window.localStorage.setItem(guideKey(), kept);
        window.localStorage.removeItem(older);
      }
    } catch (error) { /* refused, or full: they stay where they are */ }
    var known = readTicks(), moved = [];
    root.querySelectorAll("input[data-tick-was]").forEach(function (box) {
      if (!known[box.dataset.tickWas]) return;
      known[box.dataset.tick] = 1;
      moved.push(box.dataset.tickWas);
    });
    moved.forEach(function (id) { delete known[id]; });
    if (moved.length) writeTicks(known);
  }

  /* "3 of 27 done", and what is done is quiet. */
  function countDone() {
    document.querySelectorAll("[data-done]").forEach(function (place) {
      var boxes = document.querySelectorAll("article .things input[data-tick], main .things input[data-tick]");
      var done = Array.prototype.filter.call(boxes, function (box) { return box.checked; }).length;
      place.textContent = done + " of " + boxes.length + " done";
    });
    document.querySelectorAll(".things li").forEach(function (item) {
      var box = item.querySelector("input[data-tick]");
      if (box) item.classList.toggle("done", box.checked);
    });
  }

  function ticks(root) {
    carryOver(root);
    var known = readTicks();
    root.querySelectorAll("input[data-tick]").forEach(function (box) {
      box.checked = Boolean(known[box.dataset.tick]);
      if (box.dataset.ready) return;
      box.dataset.ready = "1";
      box.addEventListener("change", function () {
        var now = readTicks();
        if (box.checked) now[box.dataset.tick] = 1; else delete now[box.dataset.tick];
        writeTicks(now);
        document.querySelectorAll('input[data-tick="' + CSS.escape(box.dataset.tick) + '"]').forEach(function (twin) {
          twin.checked = box.checked;
        });
        countDone();
      });
    });
    countDone();
    root.querySelectorAll("button[data-ticks]").forEach(function (button) {
      if (button.dataset.ready) return;
      button.dataset.ready = "1";
      button.addEventListener("click", function () {
        if (button.dataset.ticks === "reset") {
          if (window.confirm("Clear all ticks of this guide?")) { writeTicks({}); ticks(document); }
          return;
        }
        if (button.dataset.ticks === "import") { bringTicks(button); return; }
        if (button.dataset.ticks === "copy") { listAsText(button); return; }
        var link = document.createElement("a");
        link.href = "data:application/json," + encodeURIComponent(JSON.stringify(readTicks(), null, 1));
        link.download = "my-ticks.json";
        link.click();
      });
    });
  }

  /* Ticks from a file that was saved here: names of ticks, and nothing else of it. They are added to those that stand. */
  function bringTicks(button) {
    var file = document.createElement("input");
    file.type = "file";
    file.accept = ".json,application/json";
    file.addEventListener("change", function () {
      if (!file.files.length) return;
      file.files[0].text().then(function (text) {
        var brought = JSON.parse(text), now = readTicks();
        if (brought === null || typeof brought !== "object" || Array.isArray(brought)) throw new Error("no ticks");
        var names = Object.keys(brought).filter(function (id) { return /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/.test(id) && brought[id]; });
        names.forEach(function (id) { now[id] = 1; });
        writeTicks(now);
        ticks(document);
        told(button, names.length === 1 ? "1 tick read." : names.length + " ticks read.");
      }).catch(function () { told(button, "No file of ticks: save one here first."); });
    });
    file.click();
  }

  /* The whole list as text, with what is done, to paste anywhere. */
  function listAsText(button) {
    var items = document.querySelectorAll("article .things li, main .things li");
    var lines = Array.from(new Set(items)).map(function (item) {
      var due = item.querySelector(".due"), box = item.querySelector("input");
      return (box && box.checked ? "[x] " : "[ ] ") + item.querySelector("label").textContent.replace(/\s+/g, " ").trim()
        + (due && due.textContent.trim() ? " (" + due.textContent.trim() + ")" : "");
    });
    var text = document.getElementById("list-as-text") || document.createElement("textarea");
    text.id = "list-as-text";
    text.readOnly = true;
    text.rows = 8;
    text.setAttribute("aria-label", "The list as text");
    text.value = lines.join("\n");
    button.parentNode.after(text);
    text.select();
    var done = function () { told(button, "Copied."); };
    if (navigator.clipboard) navigator.clipboard.writeText(text.value).then(done, function () { if (document.execCommand("copy")) done(); });
    else if (document.execCommand("copy")) done();
  }

  function told(button, words) {
    var said = button.parentNode.querySelector("[role=status]") || document.createElement("span");
    said.setAttribute("role", "status");
    said.textContent = " " + words;
    button.parentNode.append(said);
  }

  function practise(root) {
    root.querySelectorAll("button[data-practise]").forEach(function (button) {
      if (button.dataset.ready) return;
      button.dataset.ready = "1";
      var words = button.textContent, timer = 0;
      button.addEventListener("click", function () {
        if (timer) { window.clearInterval(timer); timer = 0; button.textContent = words; return; }
        var left = Number(button.dataset.practise);
        button.textContent = "Speak: " + left + " s (stop)";
        timer = window.setInterval(function () {
          left -= 1;
          button.textContent = left > 0 ? "Speak: " + left + " s (stop)" : "Time. Again?";
          if (left <= 0) { window.clearInterval(timer); timer = 0; }
        }, 1000);
      });
    });
  }

  /* The same whole-number draws as generator/matchguide/plan/acceptability.py, in the same order. */
  function firstIn(rows, draws, seed) {
    var state = seed >>> 0;
    function next() {
      state ^= state << 13; state >>>= 0;
      state ^= state >>> 17;
      state ^= state << 5; state >>>= 0;
      return state;
    }
    var criteria = rows.length ? rows[0].ranges.length : 0;
    var wins = rows.map(function () { return 0; });
    for (var d = 0; d < draws && rows.length; d++) {
      var cuts = [];
      for (var c = 0; c < criteria - 1; c++) cuts.push(next() >>> 12);
      cuts.sort(function (a, b) { return a - b; });
      var edges = [0].concat(cuts, [1048576]), weights = [];
      for (var k = 0; k < criteria; k++) weights.push(edges[k + 1] - edges[k]);
      var best = -1, holders = [0];
      for (var i = 0; i < rows.length; i++) {
        var scores = [], j;
        for (j = 0; j < criteria; j++) scores.push(rows[i].ranges[j][0]);
        for (j = 0; j < criteria; j++) {
          var low = rows[i].ranges[j][0], high = rows[i].ranges[j][1];
          if (low !== high) scores[j] = low + next() % (high - low + 1);
        }
        var total = 0;
        for (j = 0; j < criteria; j++) total += weights[j] * scores[j];
        if (total > best) { best = total; holders = [i]; } else if (total === best) holders.push(i);
      }
      holders.forEach(function (i) { wins[i] += 1 / holders.length; });
    }
    return wins.map(function (w) { return w / draws; });
  }

  function weighted(ranges, weights) {
    var total = weights.reduce(function (a, b) { return a + b; }, 0);
    if (total <= 0) { weights = weights.map(function () { return 1; }); total = weights.length; }
    var sum = 0;
    for (var i = 0; i < weights.length; i++) sum += weights[i] * (ranges[i][0] + ranges[i][1]) / 2;
    return sum / total / 1000;
  }

  window.matchguide = { firstIn: firstIn, weighted: weighted };

  /* Beside each guess: what is right is chosen or typed, and the lines for the profile are shown to copy. Nothing is
     kept or sent. */
  function corrections(root) {
    root.querySelectorAll("[data-fix]").forEach(function (place) {
      if (place.dataset.ready) return;
      place.dataset.ready = "1";
      var kind = place.dataset.kind, path = place.dataset.fix.split("."), typed = kind === "typed" || kind === "list";
      var label = document.createElement("label"), field = document.createElement(typed ? "input" : "select");
      var lines = document.createElement("pre"), copy = document.createElement("button"), note = document.createElement("span");
      label.textContent = "What is right? ";
      field.setAttribute("aria-label", "What is right: " + place.dataset.name);
      if (typed) field.autocomplete = "off";
      else {
        var words = place.dataset.words.split("|");
        field.add(new Option("choose", "?"));
        place.dataset.values.split("|").forEach(function (value, i) { field.add(new Option(words[i], value)); });
      }
      function plain(text) { return /^[A-Za-z0-9][A-Za-z0-9 .'_-]*$/.test(text) && !/^(yes|no|on|off|null|y|n)$/i.test(text) ? text : JSON.stringify(text); }
      function value() {
        var v = field.value.trim();
        if (kind === "several") return v ? "[" + v + "]" : "[]";
        if (kind === "list") return "[" + v.split(",").map(function (x) { return plain(x.trim()); }).join(", ") + "]";
        return plain(v);
      }
      function show() {
        var empty = typed ? !field.value.trim() : field.value === "?";
        lines.hidden = copy.hidden = note.hidden = empty;
        if (empty) return;
        lines.textContent = path.map(function (key, i) {
          return "  ".repeat(i) + key + ":" + (i === path.length - 1 ? " " + value() : "");
        }).join("\n");
      }
      note.textContent = "Where your profile has the upper lines already, add only what is new below them.";
      copy.type = "button";
      copy.textContent = "Copy";
      copy.addEventListener("click", function () {
        var range = document.createRange();
        range.selectNodeContents(lines);
        window.getSelection().removeAllRanges();
        window.getSelection().addRange(range);
        if (navigator.clipboard) navigator.clipboard.writeText(lines.textContent).catch(function () { document.execCommand("copy"); });
        else document.execCommand("copy");
      });
      field.addEventListener(typed ? "input" : "change", show);
      label.append(field);
      place.append(label, lines, copy, note);
      show();
    });
  }

  function compare(root) {
    var place = root.querySelector("#sliders");
    if (!place || place.dataset.ready) return;
    place.dataset.ready = "1";
    var data = JSON.parse(document.getElementById(place.dataset.compare).textContent);
    var labels = { alignment: "Close to IR work", realism: "Your record", visa: "Takes your visa", satisfaction: "Could you be happy", pathways_back: "A way back to IR" };
    var weights = data.weights.slice();
    var rows = data.rows.map(function (r) { return { id: r.id, name: r.name, ranges: r.ranges.map(function (x) { return x.slice(); }) }; });
    var happy = data.principles.indexOf("satisfaction");
    var inputs = [];

    /* A mark of the reader's own, from 1 to 5; "" where there is none. */
    function mark(r) { var s = r.ranges[happy]; return s[0] === s[1] ? s[0] / 1000 + 1 : ""; }

    function slider(text, min, max, step, value, change) {
      var label = document.createElement("label"), name = document.createElement("span");
      var input = document.createElement("input"), shown = document.createElement("output");
      name.textContent = text;
      input.type = "range"; input.min = min; input.max = max; input.step = step;
      function show(v) {
        if (v !== input.value) input.value = v === "" ? (Number(min) + Number(max)) / 2 : v;
        shown.textContent = v === "" ? "not set" : v;
        label.classList.toggle("unset", v === "");
        if (v === "") input.setAttribute("aria-valuetext", "not set"); else input.removeAttribute("aria-valuetext");
      }
      input.addEventListener("input", function () { show(input.value); change(Number(input.value)); draw(); });
      label.append(name, input, shown);
      show(value);
      inputs.push(show);
      return label;
    }

    function heading(text) { var p = document.createElement("p"); var b = document.createElement("strong"); b.textContent = text; p.append(b); return p; }

    var live = document.createElement("p");
    live.className = "leads"; live.setAttribute("role", "status");
    place.append(live, heading("How much each question weighs for you"));
    data.principles.forEach(function (p, i) { place.append(slider(labels[p], 0, 5, 1, weights[i], function (v) { weights[i] = v; })); });
    place.append(heading("Could you be happy there? (1 to 5)"));
    rows.forEach(function (r, i) {
      place.append(slider(r.name, 1, 5, 1, mark(r), function (v) { r.ranges[happy] = [(v - 1) * 1000, (v - 1) * 1000]; }));
    });
    var list = document.createElement("ol"), why = document.createElement("p");
    why.textContent = "“First in 100” tries every way of weighing, so your weights do not move it: your marks do.";
    var yaml = document.createElement("textarea");
    yaml.rows = 6; yaml.readOnly = true; yaml.setAttribute("aria-label", "These weights and marks, as lines for your profile");
    var reset = document.createElement("button"), copy = document.createElement("button");
    reset.type = copy.type = "button";
    reset.textContent = "Back to my profile"; copy.textContent = "Copy weights and marks for my profile";
    reset.addEventListener("click", function () {
      weights = data.weights.slice();
      rows.forEach(function (r, i) { r.ranges = data.rows[i].ranges.map(function (x) { return x.slice(); }); });
      data.weights.concat(rows.map(mark))
        .forEach(function (v, i) { inputs[i](v); });
      draw();
    });
    copy.addEventListener("click", function () { yaml.select(); try { document.execCommand("copy"); } catch (error) { /* the text stays selected */ } });
    place.append(heading("Then the order is"), list, why, yaml, reset, document.createTextNode(" "), copy);
    place.hidden = false;

    function draw() {
      var shares = firstIn(rows, data.draws, data.seed);
      var order = rows.map(function (r, i) { return { name: r.name, score: weighted(r.ranges, weights), share: shares[i] }; })
        .sort(function (a, b) { return b.score - a.score; });
      list.textContent = "";
      order.forEach(function (o) {
        var li = document.createElement("li");
        li.textContent = o.name + ": " + o.score.toFixed(2) + " of 4; first in " + Math.round(o.share * 100) + " of 100";
        list.append(li);
      });
      live.textContent = order.slice(0, 3).map(function (o, i) { return i + 1 + ". " + o.name; }).join(" · ");
      var marks = rows.filter(function (r) { return mark(r) !== ""; }).map(function (r) { return r.id + ": " + mark(r); });
      yaml.value = "priorities: {" + data.principles.map(function (p, i) { return p + ": " + weights[i]; }).join(", ") + "}"
        + (marks.length ? "\nbackups: {enjoyment: {" + marks.join(", ") + "}}" : "");
    }
    draw();
  }

  /* The reader's own programs: chosen and put in order on the page. Without a script every one is shown. */
  function programs(root) {
    root.querySelectorAll("[data-programs-tools]").forEach(function (tools) {
      if (tools.dataset.ready) return;
      tools.dataset.ready = "1";
      var list = tools.parentNode.querySelector(".programs");
      var rows = Array.prototype.slice.call(list.querySelectorAll("details.program"));
      var words = { visa: { open: "taken", unknown: "not known", closed: "not taken" }, list: { yes: "on my list", no: "not on it" } };
      var count = document.createElement("p"), chosen = {}, order = "order";
      count.setAttribute("role", "status");

      function shown() {
        var by = { open: 0, ask: 0, closed: 0 };
        rows.forEach(function (row) {
          row.hidden = Object.keys(chosen).some(function (key) { return chosen[key] && row.dataset[key] !== chosen[key]; });
          if (!row.hidden) by[row.dataset.verdict] += 1;
        });
        count.textContent = by.open + " open · " + by.ask + " to ask · " + by.closed + " closed";
      }

      function sorted() {
        var name = function (row) { return row.querySelector(".p-name").textContent; };
        rows.slice().sort(function (a, b) {
          if (order === "name") return name(a).localeCompare(name(b));
          if (order === "state") return a.dataset.state.localeCompare(b.dataset.state) || a.dataset.order - b.dataset.order;
          return a.dataset.order - b.dataset.order;
        }).forEach(function (row) { list.appendChild(row); });
      }

      function choice(title, options, changed) {
        var label = document.createElement("label"), select = document.createElement("select");
        label.textContent = title;
        options.forEach(function (o) { select.add(new Option(o[1], o[0])); });
        select.addEventListener("change", function () { changed(select.value); });
        label.appendChild(select);
        tools.appendChild(label);
      }

      [["list", "My list"], ["verdict", "Verdict"], ["visa", "Visa"], ["specialty", "Specialty"], ["state", "State"], ["signal", "Signal"]]
        .forEach(function (of) {
          var key = of[0], there = {};
          rows.forEach(function (row) { if (row.dataset[key]) there[row.dataset[key]] = 1; });
          var known = Object.keys(there).sort();
          if (known.length < 2 && key !== "signal" || !known.length) return;
          choice(of[1], [["", "all"]].concat(known.map(function (value) {
            return [value, (words[key] || {})[value] || value.replace(/-/g, " ")];
          })), function (value) { chosen[key] = value; shown(); });
        });
      choice("Order", [["order", "list"], ["name", "name"], ["state", "state"]], function (value) { order = value; sorted(); });
      tools.appendChild(count);
      shown();
    });
    root.querySelectorAll("[data-copy]").forEach(function (text) {
      if (text.dataset.ready) return;
      text.dataset.ready = "1";
      var button = document.createElement("button"), words = "Copy the e-mail";
      button.type = "button";
      button.textContent = words;
      button.addEventListener("click", function () {
        var done = function () { button.textContent = "Copied"; window.setTimeout(function () { button.textContent = words; }, 2000); };
        var mark = function () {
          var range = document.createRange();
          range.selectNodeContents(text);
          window.getSelection().removeAllRanges();
          window.getSelection().addRange(range);
          if (document.execCommand("copy")) done();
        };
        if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(done, mark); else mark();
      });
      text.after(button);
    });
  }

  /* A pasted statement, looked through on the page: nothing is kept, nothing is sent. */
  function statements(root) {
    root.querySelectorAll("[data-statement-check]").forEach(function (box) {
      if (box.dataset.ready) return;
      box.dataset.ready = "1";
      /* On the whole guide in one page, ids have other names. */
      var known = JSON.parse(box.parentNode.querySelector('script[type="application/json"]').textContent);
      var names = box.parentNode.querySelector("datalist");
      var programs = Array.prototype.map.call(names.querySelectorAll("option"), function (o) { return o.textContent; });
      var forms = [];

      function labeled(title, field) {
        var label = document.createElement("label");
        label.textContent = title;
        label.appendChild(field);
        return label;
      }

      function add() {
        var form = document.createElement("fieldset"), text = document.createElement("textarea");
        var of = document.createElement("select"), program = document.createElement("input"), found = document.createElement("ul");
        known.specialties.forEach(function (s) { of.add(new Option(s.name, s.id)); });
        if (forms.length < of.options.length) of.selectedIndex = forms.length;
        program.setAttribute("list", names.id);
        program.autocomplete = "off";
        text.autocomplete = "off";
        found.setAttribute("aria-live", "polite");
        [labeled("It is for", of), labeled("Only for this program (leave empty if for several)", program), labeled("Statement " + (forms.length + 1), text), found]
          .forEach(function (part) { form.appendChild(part); });
        forms.push({ of: of, program: program, text: text, found: found });
        box.insertBefore(form, tools);
      }

      function plain(text) { return text.toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/\s+/g, " ").trim(); }
      function escaped(text) { return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }
      function holds(text, word) {
        var short = word.length <= 3;
        return new RegExp("(^|[^A-Za-z0-9])" + escaped(word) + "($|[^A-Za-z0-9])", short ? "" : "i").test(text);
      }
      function opening(text) { return plain(text).split(" ").slice(0, 12).join(" "); }
      var written = { two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 };

      function look(form, i) {
        var text = form.text.value, low = plain(text), out = [];
        if (!low) return ["Nothing is pasted here."];
        if (text.length > known.length) out.push("It has " + text.length + " characters. The form takes " + known.length + ".");
        Object.keys(known.names).forEach(function (id) {
          if (id === form.of.value) return;
          var mine = known.names[form.of.value] || [];
          var hit = known.names[id].find(function (name) {
            return holds(text, name) && !mine.some(function (own) { return plain(own).indexOf(plain(name)) >= 0; });
          });
          if (hit) out.push("It names another specialty: \u201c" + hit + "\u201d.");
        });
        known.backup.filter(function (word) { return holds(low, word); }).forEach(function (word) {
          out.push("It says \u201c" + word + "\u201d: a program reads that it is not your first choice.");
        });
        var own = plain(form.program.value);
        programs.forEach(function (name) {
          if (name.length > 5 && low.indexOf(plain(name)) >= 0 && plain(name) !== own && own.indexOf(plain(name)) < 0) out.push("It names a program: \u201c" + name + "\u201d. Is this the right version?");
        });
        known.claims.forEach(function (claim) {
          if (claim.words.some(function (word) { return holds(low, word); })) out.push(claim.say);
        });
        known.counts.forEach(function (count) {
          var number = new RegExp("(\\d+|" + Object.keys(written).join("|") + ")(?: [a-z-]+){0,2} (?:" + count.words.map(escaped).join("|") + ")(?![a-z])").exec(low);
          if (number && (written[number[1]] || Number(number[1])) > count.most) out.push(count.say);
        });
        forms.slice(0, i).forEach(function (other, k) {
          if (opening(other.text.value) && opening(other.text.value) === opening(text)) out.push("It opens with the same words as statement " + (k + 1) + ".");
        });
        return out.length ? out : ["Nothing of this kind found. Read it aloud once more."];
      }

      var tools = document.createElement("p"), check = document.createElement("button"), more = document.createElement("button");
      check.type = more.type = "button";
      check.textContent = "Check";
      more.textContent = "Add another statement";
      tools.appendChild(check);
      tools.appendChild(document.createTextNode(" "));
      tools.appendChild(more);
      box.appendChild(tools);
      more.addEventListener("click", add);
      check.addEventListener("click", function () {
        forms.forEach(function (form, i) {
          form.found.textContent = "";
          look(form, i).forEach(function (line) {
            var item = document.createElement("li");
            item.textContent = line;
            form.found.appendChild(item);
          });
        });
      });
      add();
    });
  }

  /* The next question of the page, in an order of chance; nothing is kept. */
  function practice(root) {
    root.querySelectorAll("[data-practice]").forEach(function (box) {
      if (box.dataset.ready) return;
      box.dataset.ready = "1";
      var page = box.closest("article, section, main") || document;
      var asked = Array.prototype.filter.call(page.querySelectorAll("h2"), function (h) { return h.textContent.trim().charAt(0) === "\u201c"; });
      if (!asked.length) return;
      var left = [], words = document.createElement("p"), next = document.createElement("button"), link = document.createElement("a");
      words.className = "asked";
      words.setAttribute("role", "status");
      next.type = "button";
      next.textContent = "Ask me a question";
      link.textContent = "How to answer it";
      link.hidden = true;
      next.addEventListener("click", function () {
        if (!left.length) left = asked.slice();
        var one = left.splice(Math.floor(Math.random() * left.length), 1)[0];
        words.textContent = one.firstChild.textContent.trim();
        link.href = "#" + one.id;
        link.hidden = !one.id;
        next.textContent = "Next question";
      });
      [words, next, document.createTextNode(" "), link].forEach(function (part) { box.appendChild(part); });
    });
  }

  /* A section under a heading of class "folds" is folded until its heading is tapped, a link leads into it, or the page
     is searched for a word in it. Without a script, and on paper, all of it is open. */
  function folds(root) {
    if (root.querySelectorAll("h1").length > 1) return; /* the whole guide, to read and print as it is */
    root.querySelectorAll("h2.folds, h3.folds").forEach(function (heading, i) {
      if (heading.dataset.ready) return;
      heading.dataset.ready = "1";
      var body = document.createElement("div"), button = document.createElement("button"), next = heading.nextSibling;
      body.className = "fold";
      body.id = (heading.id || "fold-" + i) + "-folded";
      button.type = "button";
      button.className = "fold-button";
      button.setAttribute("aria-controls", body.id);
      while (next && !(/^H[1-6]$/.test(next.nodeName) && next.nodeName <= heading.nodeName)) {
        var one = next;
        next = next.nextSibling;
        body.appendChild(one);
      }
      while (heading.firstChild) button.appendChild(heading.firstChild);
      heading.appendChild(button);
      heading.after(body);
      function set(open) {
        button.setAttribute("aria-expanded", String(open));
        if (open) { body.removeAttribute("hidden"); repair(body); } else body.setAttribute("hidden", "until-found");
      }
      button.addEventListener("click", function () { set(button.getAttribute("aria-expanded") !== "true"); });
      body.addEventListener("beforematch", function () { set(true); });
      set(false);
    });
    openAtHash();
  }

  /* What an address points at is open, and in sight. */
  function openAtHash() {
    var id = "";
    try { id = decodeURIComponent(window.location.hash.slice(1)); } catch (error) { return; }
    var target = id ? document.getElementById(id) : null, around = target;
    if (!target) return;
    var button = target.querySelector(":scope > .fold-button"), closed = [];
    if (button) closed.push(button);
    while ((around = around.parentElement)) if (around.matches(".fold")) closed.push(around.previousElementSibling.querySelector(".fold-button"));
    closed = closed.filter(function (b) { return b.getAttribute("aria-expanded") === "false"; });
    closed.forEach(function (b) { b.click(); });
    if (closed.length) target.scrollIntoView();
  }

  function repair(root) {
    var search = document.querySelector('.md-search[role="dialog"]');
    if (search) search.setAttribute("aria-label", "Search");
    root.querySelectorAll(".md-typeset__scrollwrap, .scroll, .compare, .drawing").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) { box.tabIndex = 0; box.setAttribute("role", "region"); box.setAttribute("aria-label", "Scrolls sideways"); }
    });
  }

  function start() {
    folds(document); ticks(document); practise(document); compare(document); corrections(document); programs(document); statements(document); practice(document);
    window.setTimeout(function () { repair(document); }, 60);
  }

  window.addEventListener("hashchange", openAtHash);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (d) { d.open = true; });
  });
  if (typeof window.document$ !== "undefined") window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
