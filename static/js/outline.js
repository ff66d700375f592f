// The order of a course's units, by drag and drop; the buttons beside each unit do the same by keyboard.
(() => {
  "use strict";

  function start(root) {
    for (const list of root.querySelectorAll("[data-sortable]")) {
      Sortable.create(list, {
        handle: "[data-drag]",
        animation: 150,
        onEnd: (event) => event.oldIndex !== event.newIndex && htmx.trigger(list.closest("form"), "sorted"),
      });
    }
  }
  document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && start(event.detail.elt.parentElement));
  document.addEventListener("click", (event) => {
    if (event.target.closest(".c-unit [aria-disabled=true]")) event.preventDefault();
  });
  start(document);
})();
