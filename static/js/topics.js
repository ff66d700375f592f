// The tree of topics: dragging moves a topic, also to another level; the search hides what does not fit.
(() => {
  "use strict";

  function place(event) {
    const item = event.item;
    if (event.from === event.to && event.oldIndex === event.newIndex) return;
    const next = item.nextElementSibling;
    htmx.ajax("POST", item.dataset.place, {
      target: "#topics",
      swap: "innerHTML",
      values: { parent: item.parentElement.dataset.parent, before: next ? next.dataset.topic : "" },
    });
  }

  function start(root) {
    for (const list of root.querySelectorAll("[data-tree]")) {
      Sortable.create(list, { group: "topics", handle: "[data-drag]", animation: 150, fallbackOnBody: true, swapThreshold: 0.65, emptyInsertThreshold: 16, onEnd: place });
    }
  }

  function search(words) {
    const wanted = words.trim().toLowerCase();
    let shown = 0;
    for (const node of [...document.querySelectorAll(".f-node")].reverse()) {
      const fits = node.dataset.words.toLowerCase().includes(wanted) || [...node.querySelectorAll(".f-node")].some((below) => !below.hidden);
      node.hidden = !fits;
      shown += fits;
    }
    document.getElementById("topic-none").hidden = shown > 0;
  }

  document.addEventListener("input", (event) => event.target.id === "topic-search" && search(event.target.value));
  document.addEventListener("htmx:afterSwap", (event) => event.detail.target.id === "topics" && start(event.detail.target));
  document.addEventListener("click", (event) => {
    if (event.target.closest(".f-tools [aria-disabled=true]")) event.preventDefault();
  });
  start(document);
})();
