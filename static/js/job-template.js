// The tasks of a template: dragged within a week and from week to week; the buttons beside them work without.
//
// One request at a time, for each answer replaces the weeks: a drag that ends meanwhile is sent after it, and a click
// waits until the button or link is there again.
(() => {
  "use strict";

  const clicks = []; // ids of what was clicked meanwhile
  let busy = false;
  let dragging = false;
  let moved = ""; // the task of a drag that is still to be sent
  let skipped = false; // an answer came while something was dragged
  let swapping = false; // the new weeks are there, but not yet alive
  const inWeeks = (element) => Boolean(element && element.closest && element.closest("#weeks"));
  const replaces = (event) => event.detail.target && event.detail.target.id === "weeks";

  function placed(event) {
    dragging = false;
    const task = event.item.dataset.task;
    if (event.from !== event.to || event.oldIndex !== event.newIndex || skipped) {
      const place = event.item.querySelector("[name=place]");
      if (place) place.value = `${event.to.dataset.week}:${task}`;
      moved = task;
    }
    next();
  }

  function next() {
    if (busy || dragging) return;
    if (moved) {
      const form = document.getElementById("order");
      form.elements.moved.value = moved;
      moved = "";
      skipped = false;
      window.htmx.trigger(form, "sorted");
    }
    while (clicks.length && !busy) {
      const element = document.getElementById(clicks.shift());
      if (element) element.click();
    }
  }

  function start(root) {
    const drag = { group: "tasks", handle: "[data-grip]", animation: 150, onStart: () => (dragging = true), onEnd: placed };
    for (const list of root.querySelectorAll("[data-week]")) window.Sortable.create(list, drag);
  }

  function hold(event) {
    const element = busy && event.target.closest("#weeks a[id], #weeks button[id]");
    if (!element) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    clicks.push(element.id);
  }

  document.addEventListener("click", hold, true);
  document.addEventListener("htmx:beforeRequest", (event) => (busy = busy || inWeeks(event.detail.elt)));
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!replaces(event) || !(dragging || moved)) return;
    event.detail.shouldSwap = false; // what is on the page is newer
    skipped = true;
  });
  document.addEventListener("htmx:afterSwap", (event) => (swapping = swapping || replaces(event)));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!inWeeks(event.detail.elt) && !replaces(event)) return;
    if (swapping) return;
    busy = false;
    next();
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt.id !== "weeks") return;
    start(event.detail.elt);
    busy = swapping = false;
    next();
  });
  start(document);
})();
