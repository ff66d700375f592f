// Who comes by the QR has the code in the address already: it is sent at once. Without scripts one tap sends it.
(() => {
  "use strict";
  document.querySelector("form[data-by-itself]")?.requestSubmit();
})();
