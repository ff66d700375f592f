// The form of a refresher: of the fields that say when, only those of the chosen rhythm are shown.
(() => {
  "use strict";

  const form = document.querySelector("[data-rhythm-form]");
  if (!form) return;
  const rhythm = form.elements.rhythm;

  function show() {
    for (const part of form.querySelectorAll("[data-when]"))
      part.hidden = !part.dataset.when.split(" ").includes(rhythm.value);
  }

  rhythm.addEventListener("change", show);
  show();
})();
