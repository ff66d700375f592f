// The form of a course: rows of competencies that come and go, and a search in long lists of choices.
(() => {
  "use strict";

  for (const box of document.querySelectorAll("[data-rows]")) {
    const rows = () => [...box.querySelectorAll("[data-row]")];
    const number = () =>
      rows().forEach((row, index) => {
        const field = row.querySelector("[data-row-label]");
        field.setAttribute("aria-label", `${field.dataset.rowLabel} ${index + 1}`);
        row.querySelector("[data-row-remove]").hidden = rows().length < 2;
      });
    const button = box.querySelector("[data-row-add]");
    button.hidden = false;
    box.addEventListener("click", (event) => {
      const gone = event.target.closest("[data-row-remove]");
      if (gone) gone.closest("[data-row]").remove();
      else if (event.target.closest("[data-row-add]")) {
        button.before(box.querySelector("template").content.cloneNode(true));
        rows().at(-1).querySelector("select").focus();
      } else return;
      number();
    });
    number();
  }

  // A select, or a list of boxes, with data-search gets a box above it that hides what does not fit; the chosen stays.
  function searchable(place, words, choices) {
    const search = document.createElement("input");
    Object.assign(search, { type: "search", className: "form-control f-filter", placeholder: words, autocomplete: "off" });
    search.setAttribute("aria-label", words);
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLowerCase();
      for (const [choice, kept] of choices) choice.hidden = !kept() && !choice.textContent.toLowerCase().includes(wanted);
    });
    search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    place.before(search);
  }

  for (const select of document.querySelectorAll("select[data-search]")) {
    searchable(select, select.dataset.search, [...select.options].map((option) => [option, () => option.selected || !option.value]));
  }
  for (const set of document.querySelectorAll("fieldset")) {
    const boxes = [...set.querySelectorAll("input[data-search]")];
    if (!boxes.length) continue;
    const list = document.createElement("div");
    list.className = "f-list";
    boxes[0].closest("label").before(list);
    list.append(...boxes.map((box) => box.closest("label")));
    searchable(list, boxes[0].dataset.search, boxes.map((box) => [box.closest("label"), () => box.checked]));
  }
})();
