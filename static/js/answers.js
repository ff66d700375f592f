// What a question's box says, and showing an answer in it: one entry a kind, `read`, `show` and, where it needs one,
// `wire`, which makes the box work once. Kinds without an entry of their own are ticks: `kefuAnswer(box)` finds the entry.
//   read(box) -> answer as the server keeps it, or null; show(box, answer); wire(box, changed)
(() => {
  "use strict";
  const all = (box, selector) => [...box.querySelectorAll(selector)];
  const orNull = (answer) => (Object.keys(answer).length ? answer : null);

  const ticks = {
    read(box) {
      const chosen = all(box, "input[name^='q-']:checked").map((input) => input.value);
      return chosen.length ? chosen.sort() : null;
    },
    show(box, answer) {
      for (const input of all(box, "input[type=radio], input[type=checkbox]"))
        if (input.name.startsWith("q-")) input.checked = (answer ?? []).includes(input.value);
    },
  };

  // Fields with the id of their part in `data-<name>`: {part: value}.
  const fields = (name) => ({
    read: (box) =>
      orNull(Object.fromEntries(all(box, `[data-${name}]`).filter((field) => field.value.trim()).map((field) => [field.dataset[name], field.value.trim()]))),
    show(box, answer) {
      for (const field of all(box, `[data-${name}]`)) field.value = answer?.[field.dataset[name]] ?? "";
    },
  });

  const ordering = {
    read(box) {
      const list = box.querySelector("[data-order]");
      return "placed" in list.dataset ? all(list, "[data-item]").map((item) => item.dataset.item) : null;
    },
    show(box, answer) {
      const list = box.querySelector("[data-order]");
      list.toggleAttribute("data-placed", Boolean(answer));
      for (const id of answer ?? []) {
        const item = all(list, "[data-item]").find((each) => each.dataset.item === id);
        if (item) list.append(item);
      }
      draw(list);
    },
    wire(box, changed) {
      const list = box.querySelector("[data-order]");
      const done = (item) => {
        list.dataset.placed = "";
        draw(list);
        say(box, list, item);
        changed();
      };
      for (const element of all(box, "[data-place], [data-without]")) element.remove();
      for (const element of all(box, "[data-tools], [data-grip], [data-with]")) element.hidden = false;
      list.addEventListener("click", (event) => {
        const button = event.target.closest("[data-up], [data-down]");
        if (!button) return;
        const item = button.closest("[data-item]");
        const up = "up" in button.dataset;
        const other = up ? item.previousElementSibling : item.nextElementSibling;
        if (!other) return;
        if (up) other.before(item);
        else other.after(item);
        done(item);
        (button.disabled ? item.querySelector(up ? "[data-down]" : "[data-up]") : button).focus();
      });
      window.Sortable?.create(list, {
        handle: "[data-grip], .a-order-text",
        animation: 150,
        delay: 150,
        delayOnTouchOnly: true,
        onEnd: (event) => event.oldIndex !== event.newIndex && done(event.item),
      });
      draw(list);
    },
  };
  function draw(list) {
    const items = all(list, "[data-item]");
    items.forEach((item, index) => {
      const [up, down] = [item.querySelector("[data-up]"), item.querySelector("[data-down]")];
      if (up) up.disabled = index === 0;
      if (down) down.disabled = index === items.length - 1;
    });
  }
  function say(box, list, item) {
    const text = item.querySelector(".a-order-text").textContent;
    const place = all(list, "[data-item]").indexOf(item) + 1;
    box.querySelector("[data-moved]").textContent = list.dataset.said.replace("%s", text).replace("%n", place);
  }

  // Each question of a case is a box of its own kind.
  const inner = {
    read: (box) =>
      orNull(Object.fromEntries(all(box, "[data-part]").map((part) => [part.dataset.part, entry(part).read(part)]).filter(([, answer]) => answer !== null))),
    show(box, answer) {
      for (const part of all(box, "[data-part]")) entry(part).show(part, answer?.[part.dataset.part] ?? null);
    },
    wire(box, changed) {
      for (const part of all(box, "[data-part]")) entry(part).wire?.(part, changed);
    },
  };

  const entry = (box) => window.kefuAnswers[box.dataset.kind] ?? ticks;
  window.kefuAnswers = { ticks, matching: fields("stem"), gaps: fields("gap"), ordering, case: inner, ...window.kefuAnswers };
  window.kefuAnswer = entry;
})();
