// Programmes: courses in an order, by drag and by buttons. Lists: what is done with the chosen rows.
(() => {
  "use strict";

  // --- Courses in an order ----------------------------------------------------------------------------------------------
  const list = document.querySelector("[data-order]");

  function changed() {
    document.querySelector("[data-order-empty]").hidden = list.children.length > 0;
    const taken = new Set([...list.querySelectorAll("[name=courses]")].map((input) => input.value));
    for (const option of document.querySelectorAll("[data-order-choice] option"))
      option.disabled = option.value !== "" && taken.has(option.value);
    list.closest("form").elements.title.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function say(item) {
    const said = document.querySelector("[data-order-said]");
    const name = item.querySelector(".k-order-title").textContent;
    said.textContent = `${name} ${said.dataset.said} ${[...list.children].indexOf(item) + 1}`;
  }

  function move(item, way) {
    if (way === "up") item.previousElementSibling?.before(item);
    else if (way === "down") item.nextElementSibling?.after(item);
    else return leave(item);
    say(item);
    const button = item.querySelector(`[data-move=${way}]`);
    (getComputedStyle(button).visibility === "hidden" ? item.querySelector("[data-move=out]") : button).focus();
  }

  function leave(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    (next?.querySelector("[data-move=out]") ?? document.querySelector("[data-order-choice]")).focus();
  }

  function add() {
    const choice = document.querySelector("[data-order-choice]");
    const option = choice.selectedOptions[0];
    if (!option.value || option.disabled) return;
    const item = document.getElementById("order-item").content.firstElementChild.cloneNode(true);
    item.querySelector("[name=courses]").value = option.value;
    for (const place of item.querySelectorAll(".k-order-title, [data-name]")) place.textContent = option.textContent;
    list.append(item);
    choice.value = "";
    say(item);
    choice.focus();
  }

  if (list) {
    window.Sortable.create(list, { handle: "[data-grip]", animation: 150, onEnd: (event) => (say(event.item), changed()) });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move], [data-order-add]");
      if (!button) return;
      if ("orderAdd" in button.dataset) add();
      else move(button.closest("li"), button.dataset.move);
      changed();
    });
    const taken = new Set([...list.querySelectorAll("[name=courses]")].map((input) => input.value));
    for (const option of document.querySelectorAll("[data-order-choice] option"))
      option.disabled = option.value !== "" && taken.has(option.value);
  }

  // --- Chosen rows --------------------------------------------------------------------------------------------------------
  function count(form) {
    const boxes = [...form.querySelectorAll("[name=pick]")];
    const chosen = boxes.filter((box) => box.checked).length;
    const all = form.querySelector("[data-pick-all]");
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    for (const place of form.querySelectorAll("[data-pick-count]")) place.textContent = chosen;
    for (const button of form.querySelectorAll("[data-needs-pick]")) button.setAttribute("aria-disabled", String(!chosen));
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-pick]");
    if (!form) return;
    if ("pickAll" in event.target.dataset)
      for (const box of form.querySelectorAll("[name=pick]")) box.checked = event.target.checked;
    count(form);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-needs-pick][aria-disabled=true]")) event.preventDefault();
  });
  function start(root) {
    for (const form of root.querySelectorAll("[data-pick]")) count(form);
  }
  document.addEventListener("htmx:load", (event) => start(event.detail.elt.parentElement ?? document));
  start(document);
})();
