// Long lists of people: find among them, choose all that are shown or none, and count what is chosen.
(() => {
  "use strict";
  const lists = [...document.querySelectorAll("[data-list]")];
  const shown = (list) => [...list.querySelectorAll("[data-row]:not([hidden])")];

  function count() {
    for (const list of lists) {
      const places = "places" in list.dataset;
      const boxes = [...list.querySelectorAll("[name=mentees]:checked")];
      const numbers = [...list.querySelectorAll("select")].map((field) => Number(field.value));
      const target = list.querySelector("[data-count]");
      const number = places ? numbers.reduce((sum, each) => sum + each, 0) : boxes.length;
      if (target) target.textContent = target.dataset.count.replace("#", String(number));
    }
  }

  for (const list of lists) {
    list.querySelector("[data-find]")?.addEventListener("input", (event) => {
      const wanted = event.target.value.trim().toLowerCase();
      for (const row of list.querySelectorAll("[data-row]")) {
        row.hidden = !row.dataset.row.toLowerCase().includes(wanted);
      }
    });
    for (const button of list.querySelectorAll("[data-tick]")) {
      button.addEventListener("click", () => {
        const all = button.dataset.tick === "all";
        for (const row of shown(list)) {
          const box = row.querySelector("[name=mentees]");
          if (box) box.checked = all;
          const places = row.querySelector("select");
          if (places) places.value = all ? places.dataset.free : "0";
        }
        count();
      });
    }
    list.addEventListener("change", count);
    list.querySelector("[data-find]")?.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
  count();
})();
