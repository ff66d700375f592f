// The question bank: rows that are chosen to be changed together, and tags that are suggested one after the other.
(() => {
  "use strict";
  function count(form) {
    const boxes = [...form.querySelectorAll("[name=pick]")];
    const chosen = boxes.filter((box) => box.checked).length;
    const page = form.querySelector("[data-pick-all]");
    if (page) {
      page.checked = chosen > 0 && chosen === boxes.length;
      page.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    for (const place of form.querySelectorAll("[data-pick-count]")) place.textContent = chosen;
    for (const button of form.querySelectorAll("[data-needs-pick]")) button.setAttribute("aria-disabled", String(!chosen));
  }
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-bank-pick]");
    if (!form) return;
    if ("pickAll" in event.target.dataset)
      for (const box of form.querySelectorAll("[name=pick]")) box.checked = event.target.checked;
    count(form);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-needs-pick][aria-disabled=true]")) event.preventDefault();
  });
  const start = (root) => root.querySelectorAll("[data-bank-pick]").forEach(count);
  document.addEventListener("htmx:load", (event) => start(event.detail.elt.parentElement ?? document));
  start(document);

  // The browser suggests for the whole input: each suggestion is given what stands before the last comma.
  const known = new WeakMap();
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !("tags" in input.dataset) || !input.list) return;
    if (!known.has(input)) known.set(input, [...input.list.options].map((option) => option.value));
    const before = input.value.match(/^.*[,，、;；]\s*/)?.[0] ?? "";
    const taken = new Set(before.split(/[,，、;；]/).map((tag) => tag.trim()));
    const left = known.get(input).filter((tag) => !taken.has(tag));
    input.list.replaceChildren(...left.map((tag) => new Option("", before + tag)));
  });
})();
