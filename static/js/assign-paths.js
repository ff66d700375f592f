// The question before paths are assigned names how many people are ticked.
(() => {
  "use strict";
  const button = document.querySelector("[data-confirm-count]");
  if (!button) return;
  const count = () => {
    const ticked = button.form.querySelectorAll("[name=people]:checked").length;
    button.dataset.confirmTitle = button.dataset.confirmCount.replace("#", String(ticked));
  };
  button.form.addEventListener("change", count);
  count();
})();
