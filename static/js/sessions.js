// The form of a session: a kind brings its check-list, unless an agenda was written; sign-up has its own fields.
(() => {
  "use strict";

  const form = document.querySelector("[data-session-form]");
  if (!form) return;
  const lists = JSON.parse(document.getElementById("agendas").textContent);
  const { kind, agenda } = form.elements;

  kind.addEventListener("change", () => {
    const untouched = !agenda.value.trim() || Object.values(lists).includes(agenda.value.replaceAll("\r\n", "\n"));
    if (untouched) agenda.value = lists[kind.value] || "";
  });

  function show() {
    const signUp = form.querySelector("[name=entry]:checked")?.value === "sign_up";
    for (const part of form.querySelectorAll("[data-sign-up]")) part.hidden = !signUp;
    const more = form.querySelector("details.k-more");
    if (signUp && more?.querySelector("[name=capacity]")) more.open = true;
    const rhythm = form.elements.rhythm?.value;
    for (const part of form.querySelectorAll("[data-rhythm]")) part.hidden = !part.dataset.rhythm.split(" ").includes(rhythm);
  }

  form.addEventListener("change", show);
  show();
})();
