/* The search index is one file. By double click the theme loads search_index.js, a script that declares __index; over
   the web it asks for search_index.json, and gets what that script declares. */
(function () {
  "use strict";
  var declares = "var __index = ", asked = /\/search\/search_index\.json$/;
  var open = XMLHttpRequest.prototype.open;
  var response = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, "response").get;
  XMLHttpRequest.prototype.open = function (method, address) {
    var given = Array.prototype.slice.call(arguments);
    if (asked.test(address)) {
      given[1] = address.replace(/json$/, "js");
      Object.defineProperty(this, "response", {
        get: function () {
          var script = response.call(this);
          return script && script.slice(declares.length);
        }
      });
    }
    return open.apply(this, given);
  };
})();
