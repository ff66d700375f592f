// Trying a question: its box works as in a quiz, and what it says is sent as one text.
(() => {
  "use strict";
  const form = document.querySelector("[data-try]");
  if (!form || !window.kefuAnswer) return;
  const box = form.querySelector("[data-kind]");
  const entry = window.kefuAnswer(box);
  entry.wire?.(box, () => {});
  form.addEventListener("submit", () => {
    const answer = entry.read(box);
    form.elements.answer.value = answer === null ? "" : JSON.stringify(answer);
  });
})();
