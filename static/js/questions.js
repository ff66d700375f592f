// The editor of a question: rows come, go and move without the server; a new gap gets its mark in the text.
(() => {
  "use strict";
  const form = document.querySelector("[data-question-form]");
  if (!form) return;
  const rowsOf = (box) => [...box.querySelectorAll(":scope > [data-row]")];
  const main = (row) => row.querySelector("input[type=text], textarea, input:not([type=hidden])");

  function number(box) {
    const rows = rowsOf(box);
    rows.forEach((row, index) => {
      for (const label of row.querySelectorAll("[data-row-number]")) label.textContent = ` ${index + 1}`;
      const remove = row.querySelector("[data-row-remove]");
      if (remove) remove.hidden = rows.length <= Number(box.dataset.fewest);
      for (const move of row.querySelectorAll("[data-row-move]"))
        move.disabled = move.dataset.rowMove === "-1" ? index === 0 : index === rows.length - 1;
    });
    const add = box.querySelector(":scope > [data-row-add]");
    if (add) add.hidden = rows.length >= Number(box.dataset.most);
  }
  const touched = () => form.dispatchEvent(new Event("input", { bubbles: true }));

  function add(box) {
    const template = box.querySelector(":scope > template");
    const taken = rowsOf(box).map((row) => Number(row.querySelector(`input[name="${box.dataset.rows}"]`).value));
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__index__", String(Math.max(-1, ...taken) + 1));
    const row = holder.firstElementChild;
    box.insertBefore(row, template);
    ready(box);
    return row;
  }

  function remove(box, row) {
    const near = row.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : row.previousElementSibling;
    row.remove();
    number(box);
    (near ? main(near) : box.querySelector("[data-row-add]"))?.focus();
    touched();
  }

  function move(box, row, by, button) {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other?.matches("[data-row]")) return;
    if (by < 0) other.before(row);
    else other.after(row);
    number(box);
    (button.disabled ? row.querySelector(`[data-row-move="${-by}"]`) : button).focus();
    touched();
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-add], [data-row-remove], [data-row-move]");
    if (!button) return;
    event.preventDefault();
    const box = button.closest("[data-rows]");
    const row = button.closest("[data-row]");
    if ("rowAdd" in button.dataset) main(add(box)).focus();
    else if ("rowRemove" in button.dataset) remove(box, row);
    else move(box, row, Number(button.dataset.rowMove), button);
  });
  // Enter in a row goes on to the next one instead of sending the form.
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.key !== "Enter" || event.isComposing || !row || !event.target.matches("input")) return;
    event.preventDefault();
    const box = row.parentElement;
    const after = rowsOf(box)[rowsOf(box).indexOf(row) + 1];
    if (after) main(after).focus();
    else if (!box.querySelector(":scope > [data-row-add]")?.hidden) main(add(box)).focus();
  });

  // --- Gaps: the button puts the next mark where the cursor is, and opens its row ------------------------------------
  function insertGap(button) {
    const text = button.closest("form").elements[button.dataset.gapInsert];
    const box = form.querySelector(`[data-rows="${button.dataset.gapRows}"]`);
    const ids = () => rowsOf(box).map((row) => row.querySelector("[name$='-id']"));
    const used = [...text.value.matchAll(/\[\[\s*(\w+)\s*\]\]/g)].map((match) => Number(match[1]) || 0);
    const next = String(Math.max(0, ...used, ...ids().map((id) => Number(id.value) || 0)) + 1);
    const chosen = text.value.slice(text.selectionStart, text.selectionEnd);
    text.setRangeText(`[[${next}]]`, text.selectionStart, text.selectionEnd, "end");
    const free = ids().find((id) => !id.value)?.closest("[data-row]") ?? add(box);
    free.querySelector("[name$='-id']").value = next;
    free.querySelector("textarea").value ||= chosen;
    free.querySelector("textarea").focus();
    touched();
  }
  for (const button of form.querySelectorAll("[data-gap-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => insertGap(button));
  }

  function ready(box) {
    number(box);
    if (!box.querySelector("[data-row-move]") || !window.Sortable) return;
    for (const grip of box.querySelectorAll(":scope > [data-row] > [data-grip]")) grip.hidden = false;
    if (box.dataset.sorts) return;
    box.dataset.sorts = "1";
    window.Sortable.create(box, { handle: "[data-grip]", draggable: "[data-row]", animation: 150, onEnd: () => (number(box), touched()) });
  }
  for (const box of form.querySelectorAll("[data-rows]")) ready(box);
})();
