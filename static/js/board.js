// The planning board: a session is dragged to another day, or moved by keyboard (M, or its button); a panel asks first.
// The same file serves the form of a session: people are found and chosen.
(() => {
  "use strict";
  const SLOP = 5;
  const DAY = 86_400_000;

  // --- Moving ----------------------------------------------------------------------------------------------------------
  function ask(url, day) {
    const board = document.querySelector("[data-board]");
    const asked = new URLSearchParams({ back: board.dataset.back });
    if (day) asked.set("day", day);
    const dialog = document.getElementById("board-move");
    window.htmx.ajax("GET", `${url}?${asked}`, { target: "#board-panel", swap: "innerHTML" }).then(() => {
      if (!dialog.open) dialog.showModal();
      dialog.querySelector("input[type=datetime-local]")?.focus();
    });
  }

  function dayAt(board, x) {
    const back = board.querySelector(".k-board-back").getBoundingClientRect();
    const columns = Number(board.dataset.columns);
    const column = Math.floor(((x - back.left) / back.width) * columns);
    return column < 0 || column >= columns ? null : column;
  }

  const dateOf = (board, column) => new Date(Date.parse(board.dataset.first) + column * DAY);

  function closed(board, column) {
    return [...board.querySelectorAll(".k-board-shade.k-board-closed")].some((shade) => {
      const style = getComputedStyle(shade);
      const start = Number(style.gridColumnStart) - 1;
      return column >= start && column < start + Number(style.gridColumnEnd.replace("span ", ""));
    });
  }

  let drag;
  document.addEventListener("pointerdown", (event) => {
    const bar = event.target.closest("[data-move-url]");
    if (!bar || event.button !== 0 || event.target.closest("[data-board-move]")) return;
    drag = { bar, board: bar.closest("[data-board]"), x: event.clientX, y: event.clientY, on: false };
  });

  function begin() {
    drag.on = true;
    drag.bar.classList.add("k-board-dragged");
    drag.flag = document.createElement("div");
    drag.flag.className = "k-board-flag";
    document.body.append(drag.flag);
  }

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.on && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > SLOP) begin();
    if (!drag.on) return;
    event.preventDefault();
    drag.bar.style.transform = `translate(${event.clientX - drag.x}px, ${event.clientY - drag.y}px)`;
    drag.column = dayAt(drag.board, event.clientX);
    const target = drag.board.querySelector(".k-board-target");
    target.hidden = drag.column === null;
    drag.flag.hidden = target.hidden;
    if (target.hidden) return;
    const shut = closed(drag.board, drag.column);
    target.className = `k-board-target c${drag.column + 1} s1${shut ? " k-board-closed" : ""}`;
    const day = dateOf(drag.board, drag.column);
    const words = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", day: "numeric", weekday: "short", timeZone: "UTC" });
    drag.flag.textContent = `${shut ? "⊘ " : ""}${words.format(day)}`;
    drag.flag.style.left = `${event.clientX + 12}px`;
    drag.flag.style.top = `${event.clientY + 16}px`;
  });

  function end() {
    if (!drag) return null;
    const done = drag;
    drag = undefined;
    if (!done.on) return null;
    done.bar.classList.remove("k-board-dragged");
    done.bar.style.transform = "";
    done.flag.remove();
    done.board.querySelector(".k-board-target").hidden = true;
    return done;
  }

  document.addEventListener("pointerup", () => {
    const done = end();
    if (!done) return;
    // The click that follows a drag must not open the session.
    const swallow = (event) => (event.preventDefault(), event.stopPropagation());
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
    if (done.column !== null && done.column !== undefined)
      ask(done.bar.dataset.moveUrl, dateOf(done.board, done.column).toISOString().slice(0, 10));
  });
  document.addEventListener("pointercancel", end);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-board-move]");
    if (button) ask(button.closest("[data-move-url]").dataset.moveUrl);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag) end();
    if (event.key.toLowerCase() !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
    const bar = document.activeElement?.closest("[data-move-url]");
    if (!bar) return;
    event.preventDefault();
    ask(bar.dataset.moveUrl);
  });

  // --- Choosing people ---------------------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const add = event.target.closest("[data-person-add]");
    if (add) {
      const list = document.querySelector("[data-chosen]");
      if (!list.querySelector(`input[value="${add.dataset.personAdd}"]`)) {
        const item = document.getElementById("chosen-one").content.firstElementChild.cloneNode(true);
        item.querySelector("input").value = add.dataset.personAdd;
        item.querySelector("[data-name]").textContent = add.dataset.name;
        item.querySelector("[data-person-drop] .visually-hidden").append(` ${add.dataset.name}`);
        list.append(item);
      }
      document.querySelector("[data-found]").replaceChildren();
      const search = document.querySelector("[data-person-search]");
      search.value = "";
      search.focus();
    }
    const drop = event.target.closest("[data-person-drop]");
    if (drop) {
      drop.closest("li").remove();
      document.querySelector("[data-person-search]").focus();
    }
  });
})();
