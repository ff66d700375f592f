// The editor of a profile: the sum of the weights while they are typed, and the names of the chosen competency's levels.
(() => {
  "use strict";
  const names = JSON.parse(document.getElementById("level-names").textContent);
  const needs = document.getElementById("needs");

  function add() {
    const fields = [...needs.querySelectorAll("[data-need] [name$=-weight]")];
    const sum = fields.reduce((all, field) => all + Math.round((Number(field.value) || 0) * 100), 0);
    needs.querySelector("[data-sum-value]").textContent = String(sum / 100);
    needs.querySelector("[data-sum-whole]").hidden = sum !== 10000;
    needs.querySelector("[data-sum-off]").hidden = sum === 10000;
  }

  function name(select) {
    const level = select.closest("[data-need]").querySelector("[name$=-level]");
    const kept = level.value;
    const known = names[select.value] ?? [];
    level.replaceChildren(level.options[0], ...known.map(([value, text]) => new Option(text, value)));
    level.value = known.some(([value]) => value === kept) ? kept : "";
  }

  needs.addEventListener("input", (event) => event.target.name.endsWith("-weight") && add());
  needs.addEventListener("change", (event) => event.target.name.endsWith("-competency") && name(event.target));
  document.addEventListener("htmx:afterSettle", () => {
    needs.querySelector("[data-focus-next]")?.parentElement.querySelector("select").focus();
  });
})();
