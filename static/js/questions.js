// The editor of a question: rows of options that come and go; true/false has its own answer.
(() => {
  "use strict";
  const form = document.querySelector("[data-question-form]");
  if (!form) return;
  const box = form.querySelector("[data-options]");
  const kind = form.elements.kind;
  const rows = () => [...box.querySelectorAll("[data-option-row]")];
  let next = rows().length;

  function number() {
    rows().forEach((row, index) => {
      const text = row.querySelector("[data-option-text]");
      text.setAttribute("aria-label", `${text.dataset.optionText} ${index + 1}`);
      row.querySelector("[data-option-number]").textContent = ` ${index + 1}`;
      row.querySelector("[data-option-remove]").hidden = rows().length <= 2;
    });
    box.querySelector("[data-option-add]").hidden = rows().length >= 10;
  }

  function add() {
    const template = box.querySelector("template");
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__index__", String(next++));
    const row = holder.firstElementChild;
    box.insertBefore(row, template);
    number();
    row.querySelector("[data-option-text]").focus();
  }

  function remove(row) {
    const near = row.nextElementSibling?.matches("[data-option-row]") ? row.nextElementSibling : row.previousElementSibling;
    row.remove();
    number();
    near.querySelector("[data-option-text]").focus();
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  box.addEventListener("click", (event) => {
    if (event.target.closest("[data-option-add]")) add();
    const button = event.target.closest("[data-option-remove]");
    if (button) remove(button.closest("[data-option-row]"));
  });
  // Enter in an option goes on to the next one instead of sending the form.
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-option-text]")) return;
    event.preventDefault();
    const all = rows();
    const after = all[all.indexOf(event.target.closest("[data-option-row]")) + 1];
    if (after) after.querySelector("[data-option-text]").focus();
    else if (all.length < 10) add();
  });

  function show() {
    const truth = kind.value === "true_false";
    form.querySelector("[data-field=options]").hidden = truth;
    form.querySelector("[data-field=answer]").hidden = !truth;
  }
  kind.addEventListener("change", show);
  show();
  number();
})();
