// The tasks of a template: dragged within a week and from week to week; the buttons beside them work without.
(() => {
  "use strict";

  function placed(event) {
    if (event.from === event.to && event.oldIndex === event.newIndex) return;
    const task = event.item.dataset.task;
    const place = event.item.querySelector("[name=place]");
    if (place) place.value = `${event.to.dataset.week}:${task}`;
    const form = document.getElementById("order");
    form.elements.moved.value = task;
    window.htmx.trigger(form, "sorted");
  }

  function start(root) {
    for (const list of root.querySelectorAll("[data-week]"))
      window.Sortable.create(list, { group: "tasks", handle: "[data-grip]", animation: 150, onEnd: placed });
  }

  document.addEventListener("htmx:load", (event) => event.detail.elt.id === "weeks" && start(event.detail.elt));
  start(document);
})();
