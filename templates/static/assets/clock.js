/* How old this guide is, and its hours where the reader is: by this device's clock and zone, without a request. */
(function () {
  "use strict";

  function two(n) { return (n < 10 ? "0" : "") + n; }

  function localDay(now) { return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate()); }

  /* A guide opened after its day says so. Days are compared as text, both as year-month-day. */
  function age() {
    var today = localDay(new Date());
    document.querySelectorAll("p.age[data-made]").forEach(function (line) { line.hidden = line.dataset.made >= today; });
  }

  function spoken(day) {
    if (day.getHours() === 12 && !day.getMinutes()) return "noon";
    var minutes = day.getMinutes() ? ":" + two(day.getMinutes()) : "";
    return ((day.getHours() + 11) % 12 + 1) + minutes + (day.getHours() < 12 ? " a.m." : " p.m.");
  }

  /* Eastern Time stays; where the device's clock shows another hour, it is added. On paper only Eastern stands. */
  function hours() {
    var months = "January February March April May June July August September October November December".split(" ");
    document.querySelectorAll("time.eastern[datetime]").forEach(function (time) {
      var offset = /([+-])(\d\d):(\d\d)$/.exec(time.dateTime), day = new Date(time.dateTime);
      if (time.dataset.ready || !offset || isNaN(day)) return;
      time.dataset.ready = "1";
      var minutes = (offset[1] === "-" ? 1 : -1) * (Number(offset[2]) * 60 + Number(offset[3]));
      if (day.getTimezoneOffset() === minutes) return;
      var here = document.createElement("span");
      here.className = "here";
      here.textContent = " (" + day.getDate() + " " + months[day.getMonth()] + ", " + spoken(day) + " where you are)";
      time.after(here);
    });
  }

  function start() { age(); hours(); }

  if (typeof window.document$ !== "undefined") window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
