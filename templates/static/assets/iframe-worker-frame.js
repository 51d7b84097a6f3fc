/* From iframe-worker 1.0.4, Copyright (c) 2020-2022 Martin Donath, MIT licence (see NOTICE.md): what a worker expects to
   find, for the frame that stands for one. */
"use strict";
(function () {
  var worker = document.currentScript.dataset.worker;
  window.postMessage = function (data, origin) { parent.postMessage(data, origin || "*"); };
  window.importScripts = function () {
    return Array.prototype.reduce.call(arguments, function (before, address) {
      return before.then(function () {
        return new Promise(function (loaded) {
          var script = document.createElement("script");
          script.src = address;
          script.onload = loaded;
          document.body.appendChild(script);
        });
      });
    }, Promise.resolve());
  };
  window.addEventListener("error", function (event) {
    parent.dispatchEvent(new ErrorEvent("error", { filename: worker, error: event.error }));
  });
})();
