// The queue: how many answers are chosen, and phrases that go into the comment with a click.
(() => {
  "use strict";
  const count = () => {
    const place = document.querySelector("[data-picked]");
    if (!place) return;
    const picked = document.querySelectorAll("form[data-pick] input[name=answer]:checked").length;
    place.textContent = picked ? `✓ ${picked}` : "";
  };
  const show = () => document.querySelectorAll("[data-phrases]").forEach((box) => { box.hidden = false; });
  document.addEventListener("change", count);
  document.addEventListener("click", (event) => {
    const phrase = event.target.closest("[data-phrase]");
    if (!phrase) return;
    const field = document.getElementById(phrase.closest("[data-phrases]").dataset.phrases);
    field.value = field.value ? `${field.value.trimEnd()}\n${phrase.textContent}` : phrase.textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  document.addEventListener("htmx:afterSwap", () => { show(); count(); });
  show();
})();
