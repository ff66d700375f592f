// The editor of a write-up: what is typed is saved by itself, and kept on this device until the server has it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-write]");
  if (!form) return;
  const words = form.dataset;
  const KEY = `write-up:${words.write}`;
  const PAUSE = 1500;
  const TIMEOUT = 10_000;
  const text = form.elements.text;
  const revision = form.elements.revision;
  const state = form.querySelector("[data-state]");
  const count = form.querySelector("[data-count]");
  let saved = form.querySelector(".k-errors") ? null : text.value;
  let timer;
  let sending = false;
  let waiting; // the button that hands in, pressed while a save was under way
  let over = false;

  const say = (message, failed) => {
    state.textContent = message;
    state.classList.toggle("text-danger", Boolean(failed));
  };

  function keep() {
    try {
      if (text.value === saved) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify({ revision: revision.value, text: text.value }));
    } catch {
      // without storage the text lives as long as this page
    }
  }

  function restore() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      if (kept && kept.revision === revision.value && kept.text !== text.value) {
        text.value = kept.text;
        later(0);
      }
    } catch {
      // nothing kept
    }
  }

  function measure() {
    const length = [...text.value.replace(/\s/g, "")].length;
    const fits = length >= Number(words.min) && length <= Number(words.max);
    count.textContent = String(length);
    count.className = fits ? "c-count c-count-fits" : "c-count";
  }

  function later(pause) {
    clearTimeout(timer);
    if (!over) timer = setTimeout(save, pause);
  }

  async function save() {
    if (sending || over || text.value === saved) return;
    const sent = text.value;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("text", sent);
    body.set("revision", revision.value);
    sending = true;
    say(words.wordSaving);
    try {
      heard(sent, await fetch(words.save, { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT) }));
    } catch {
      say(words.wordFailed, true);
      later(5000);
    }
    sending = false;
    if (waiting) form.requestSubmit(waiting);
    else if (!over && text.value !== saved) later(PAUSE);
  }

  async function heard(sent, answer) {
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.ok && told.revision) {
      revision.value = told.revision;
      saved = sent;
      keep();
      say(`${words.wordSaved} ${told.saved}`);
    } else if (told.message) {
      over = true; // another window was quicker, or it is too long: the writer has to decide
      say(told.message, true);
      if (answer.status === 422) over = false;
    } else throw new Error(String(answer.status));
  }

  text.addEventListener("input", () => {
    measure();
    keep();
    later(PAUSE);
  });
  form.addEventListener("submit", (event) => {
    waiting = sending ? event.submitter : null;
    if (sending) event.preventDefault(); // it would carry a revision that is out of date by then
    over = true;
    clearTimeout(timer);
    keep();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!form.dataset.sent && text.value !== saved) event.preventDefault();
  });
  measure();
  restore();
  if (saved === null) later(0);
})();
