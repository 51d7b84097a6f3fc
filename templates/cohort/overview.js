/* Shows some of the lines. Nothing is stored, and no request is made. */
(function () {
  "use strict";
  var rows = Array.prototype.slice.call(document.querySelectorAll("#people tbody tr"));
  var by = function (id) { return document.getElementById(id); };
  var reason = by("by-reason"), phase = by("by-phase"), plan = by("by-plan"), name = by("by-name"), fresh = by("only-new");

  function show() {
    var word = name.value.trim().toLowerCase(), count = 0;
    rows.forEach(function (row) {
      var data = row.dataset;
      var fits = (!reason.value || (" " + data.reasons + " ").indexOf(" " + reason.value + " ") >= 0)
        && (!phase.value || data.phase === phase.value)
        && (!plan.value || data.plan === plan.value)
        && (!fresh.checked || data.fresh === "1")
        && (!word || data.who.indexOf(word) >= 0);
      row.hidden = !fits;
      if (fits) count += 1;
    });
    by("shown").textContent = count === rows.length ? "All " + rows.length + " lines are shown."
      : count + " of " + rows.length + " lines are shown.";
  }

  [reason, phase, plan, fresh].forEach(function (field) { field.addEventListener("change", show); });
  name.addEventListener("input", show);
  by("show-all").addEventListener("click", function () {
    reason.value = phase.value = plan.value = name.value = "";
    fresh.checked = false;
    show();
  });
  by("filters").hidden = false;
  show();
})();
