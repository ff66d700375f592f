// The exam page by single keys: 1–9 choose, J and K or the arrows go on and back, F flags, ? says which there are.
// Never while somebody types; they can be turned off, since voice control and other tools send single keys too.
(() => {
  "use strict";
  const page = window.kefuExam;
  const help = document.querySelector("[data-keys]");
  if (!page || !help) return;
  const { exam, questions, $, $$ } = page;
  const SWITCH = "exam-keys";
  const STEPS = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 };
  const TYPED = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";
  const opener = $("[data-keys-open]");
  const toggle = help.querySelector("[data-keys-switch]");
  let on = true;

  function remembered() {
    try {
      return localStorage.getItem(SWITCH) !== "off";
    } catch {
      return true;
    }
  }

  function turn(state) {
    on = state;
    toggle.setAttribute("aria-pressed", String(on));
    exam.classList.toggle("a-by-keys", on);
  }

  function remember() {
    try {
      localStorage.setItem(SWITCH, on ? "on" : "off");
    } catch {
      // without storage the choice lives as long as this page
    }
  }

  const isShown = (box) => !box.hidden;
  const present = () => document.activeElement.closest?.("[data-position]") ?? [...questions.values()].find(isShown);

  function choose(box, digit) {
    const inputs = $$("[data-ask]:not([hidden]) .a-pick input", box);
    if (new Set(inputs.map((input) => input.name)).size !== 1 || !inputs[digit - 1]) return false;
    inputs[digit - 1].click();
    return true;
  }

  function step(by) {
    const button = $(`[data-step="${by}"]`);
    if ($("[data-steps]").hidden || button.hidden || button.disabled) return false;
    button.click();
    return true;
  }

  function act(key, target) {
    if (key in STEPS) return !(key.startsWith("Arrow") && target.matches("input")) && step(STEPS[key]);
    if (key === "f") return $("[data-flag]", present()).click() ?? true;
    return /^[1-9]$/.test(key) && choose(present(), Number(key));
  }

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (page.isOver() || document.querySelector("dialog[open]") || target.closest(`${TYPED}, [data-hotspot], [data-item]`)) return;
    if (key === "?") help.showModal();
    else if (!on || !act(key.length === 1 ? key.toLowerCase() : key, target)) return;
    event.preventDefault();
  });

  toggle.addEventListener("click", () => {
    turn(!on);
    remember();
  });
  help.querySelector("[data-keys-close]").addEventListener("click", () => help.close());
  opener.addEventListener("click", () => help.showModal());
  opener.hidden = false;
  turn(remembered());
})();
