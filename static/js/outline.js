// The order of a course's units: by drag and drop, by the buttons beside each unit, and by Alt + ↑ and ↓ on a unit.
(() => {
  "use strict";

  function start(root) {
    for (const list of root.querySelectorAll("[data-sortable]")) {
      Sortable.create(list, {
        handle: "[data-drag]",
        animation: 150,
        group: list.dataset.sortable || undefined, // lists of one group exchange what they hold
        onEnd: (event) => (event.from !== event.to || event.oldIndex !== event.newIndex) && htmx.trigger(list.closest("form"), "sorted"),
      });
    }
  }

  function moveByKey(event) {
    const name = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const button = event.altKey && name && event.target.closest("[data-sortable] .c-unit")?.querySelector(`button[name=${name}]`);
    if (!button) return;
    event.preventDefault();
    button.focus(); // it has an id, so that the focus is there again after the swap
    button.click();
  }

  document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && start(event.detail.elt.parentElement));
  document.addEventListener("click", (event) => {
    if (event.target.closest(".c-unit [aria-disabled=true]")) event.preventDefault();
  });
  document.addEventListener("keydown", moveByKey);
  start(document);
})();
