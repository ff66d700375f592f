// Marking by keyboard: digits choose a level (or tens of percent), and what comes next has the focus. Works without.
(() => {
  "use strict";
  const form = document.querySelector("form[data-marking]");
  if (!form) return;
  const parts = [...form.querySelectorAll("fieldset.c-mark")];
  const percent = form.querySelector("[data-percent]");
  const number = percent && percent.querySelector("input");
  const comment = form.querySelector("textarea[name=comment]");
  const next = form.querySelector("button[name=next]");
  const help = document.querySelector("[data-keys]");
  const SWITCH = "marking-keys";
  const HALF = 5;
  let on = true;
  let now = 0;

  function remembered() {
    try {
      return localStorage.getItem(SWITCH) !== "off";
    } catch {
      return true;
    }
  }

  function turn(state) {
    on = state;
    help.hidden = false;
    help.classList.toggle("m-keys-off", !on);
    help.querySelector("[data-keys-switch]").setAttribute("aria-pressed", String(on));
    try {
      localStorage.setItem(SWITCH, on ? "on" : "off");
    } catch {
      // without storage the choice lives as long as this page
    }
  }

  function mark(index) {
    now = Math.min(Math.max(index, 0), parts.length - 1);
    parts.forEach((part, place) => part.classList.toggle("m-now", place === now));
  }

  function go(index) {
    if (!parts.length) return;
    mark(index);
    parts[now].focus();
    parts[now].scrollIntoView({ block: "nearest" });
  }

  function changed(input) {
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function choose(digit) {
    const level = parts[now].querySelectorAll("input[type=radio]")[digit - 1];
    if (!level) return;
    level.checked = true;
    changed(level);
    if (now + 1 < parts.length) go(now + 1);
    else {
      mark(now);
      next.focus();
    }
  }

  function set(value) {
    number.value = String(Math.min(Math.max(value, 0), 100));
    changed(number);
  }

  const skip = () => {
    const other = document.getElementById("skip");
    if (document.querySelector("[form=skip]")) other.requestSubmit();
  };

  function act(key) {
    if (/^\d$/.test(key)) {
      if (number) set(10 * Number(key));
      else if (key !== "0") choose(Number(key));
    } else if (number && key === "f") set(100);
    else if (number && (key === "+" || key === "=")) set(Number(number.value || 0) + HALF);
    else if (number && key === "-") set(Number(number.value || 0) - HALF);
    else if (key === "j") go(now + 1);
    else if (key === "k") go(now - 1);
    else if (key === "c") comment.focus();
    else if (key === "s") skip();
    else return false;
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      next.click();
      return;
    }
    const typing = event.target.closest("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])");
    if (typing) {
      if (event.key === "Escape" && form.contains(typing)) {
        event.preventDefault();
        if (parts.length) go(now);
        else percent.focus();
      }
      return;
    }
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event.key.toLowerCase())) event.preventDefault();
  });

  form.addEventListener("focusin", (event) => {
    const part = event.target.closest("fieldset.c-mark");
    if (part) mark(parts.indexOf(part));
  });
  help.querySelector("[data-keys-switch]").addEventListener("click", () => turn(!on));
  form.querySelectorAll("[data-phrases]").forEach((box) => {
    box.hidden = false;
    box.addEventListener("click", (event) => {
      const phrase = event.target.closest("[data-phrase]");
      if (!phrase) return;
      comment.value = comment.value ? `${comment.value.trimEnd()}\n${phrase.textContent}` : phrase.textContent;
      changed(comment);
      comment.focus();
    });
  });
  turn(remembered());
  if (document.querySelector(".k-errors")) return; // the errors have the focus
  if (window.matchMedia("(hover: none)").matches) return; // the question comes first where there are no keys
  mark(0);
  (parts[0] || percent).focus({ preventScroll: true });
})();
