// The items of a programme: dragged within a stage and from stage to stage; the buttons beside them work without.
(() => {
  "use strict";

  function placed(event) {
    if (event.from === event.to && event.oldIndex === event.newIndex) return;
    const item = event.item.dataset.item;
    event.item.querySelector("[name=place]").value = `${event.to.dataset.stage}:${item}`;
    const form = document.getElementById("order");
    form.elements.moved.value = item;
    window.htmx.trigger(form, "sorted");
  }

  function start(root) {
    for (const list of root.querySelectorAll("[data-stage]"))
      window.Sortable.create(list, { group: "items", handle: "[data-grip]", animation: 150, onEnd: placed });
  }

  document.addEventListener("htmx:load", (event) => event.detail.elt.id === "stages" && start(event.detail.elt));
  start(document);
})();
