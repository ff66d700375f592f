// The exam page: every answer is saved by itself, kept on the device until the server has it, and never lost.
// What else the page does (map, time, checks) stands in quiz-*.js and works with window.kefuExam.
(() => {
  "use strict";
  const exam = document.getElementById("exam");
  if (!exam) return;
  const words = exam.dataset;
  const KEY = `attempt:${words.attempt}`;
  const TIMEOUT = 10_000;
  const LONGEST_PAUSE = 15_000;
  const TYPING_PAUSE = 900;
  const started = Number(words.started);
  const ahead = Number(words.now) - Date.now(); // what the server's clock is ahead of this one
  const now = () => Date.now() + ahead;
  const $ = (selector, root = exam) => root.querySelector(selector);
  const $$ = (selector, root = exam) => [...root.querySelectorAll(selector)];
  const questions = new Map($$("[data-position]").map((box) => [Number(box.dataset.position), box]));
  const latest = new Map([...questions].map(([position, box]) => [position, Number(box.dataset.sequence)]));
  const sending = new Set();
  const listeners = { change: [], end: [] };
  let waiting = read(); // position -> {answer, certainty, flagged, sequence}: given here, not yet acknowledged
  let failures = 0;
  let timer;
  let over = false;

  // --- What is given ----------------------------------------------------------------------------------------------
  const kindOf = (box) => window.kefuAnswer(box);
  const given = (box) => kindOf(box).read(box);
  const flag = (box) => $("[data-flag]", box);
  const isFlagged = (box) => flag(box).getAttribute("aria-pressed") === "true";
  const certainty = (box) => $("input[name^=certainty-]:checked", box)?.value ?? "";

  function show(box, entry) {
    kindOf(box).show(box, entry.answer);
    flag(box).setAttribute("aria-pressed", String(entry.flagged));
    for (const input of $$("input[name^=certainty-]", box)) input.checked = input.value === String(entry.certainty ?? "");
  }

  function changed(box) {
    if (over || "finished" in box.dataset) return;
    const position = Number(box.dataset.position);
    clearTimeout(box.pause);
    box.pause = 0;
    const sequence = Math.max(latest.get(position) + 1, Math.round(now() - started), 1);
    latest.set(position, sequence);
    waiting[position] = { answer: given(box), certainty: certainty(box), flagged: isFlagged(box), sequence };
    write();
    tell("change", box);
    say(words.saving);
    send(position);
  }

  // While somebody types, the answer is kept on the device at once and sent when the keys rest.
  function typed(box) {
    if (over || "finished" in box.dataset) return;
    clearTimeout(box.pause);
    box.pause = setTimeout(() => changed(box), TYPING_PAUSE);
  }

  // --- Keeping it on the device ------------------------------------------------------------------------------------
  function read() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {};
    }
  }
  function write() {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(KEY, JSON.stringify(waiting));
      else localStorage.removeItem(KEY);
    } catch {
      // without storage an answer lives as long as this page
    }
  }
  const isWaiting = () => Object.keys(waiting).length > 0;

  // --- Sending it ----------------------------------------------------------------------------------------------------
  function post(address, values, options = {}) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: exam.elements.csrfmiddlewaretoken.value, ...values });
    return fetch(address, { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT), ...options });
  }

  async function send(position) {
    const entry = waiting[position];
    if (!entry || sending.has(position) || over) return;
    sending.add(position);
    const values = { position, sequence: entry.sequence, flagged: entry.flagged ? "1" : "0", answer: JSON.stringify(entry.answer) };
    if (entry.certainty) values.certainty = entry.certainty;
    try {
      const answer = await post(words.save, values, { keepalive: values.answer.length < 20_000 });
      sending.delete(position);
      await heard(position, entry, answer);
    } catch {
      sending.delete(position);
      failed(words.unsaved);
    }
  }

  async function heard(position, entry, answer) {
    if (answer.redirected || answer.status === 403) return failed(words.loggedOut);
    if (answer.status >= 500 || answer.status === 429) return failed(words.unsaved);
    const said = await answer.json();
    failures = 0;
    if (answer.ok || said.code === "outdated") {
      if (waiting[position]?.sequence === entry.sequence) delete waiting[position];
      if (said.code === "outdated" && !waiting[position]) adopt(position, said);
      write();
      if (isWaiting()) flush();
      else say(words.saved.replace("%s", said.saved_at));
    } else if (["time_is_up", "submitted", "other_device"].includes(said.code)) {
      forget();
      if (said.code === "other_device") say(words.otherDevice, "bad");
      location.assign(words.page);
    } else {
      delete waiting[position]; // the server will never take it
      write();
      say(said.message, "bad");
    }
  }

  function adopt(position, kept) {
    latest.set(position, kept.sequence);
    show(questions.get(position), kept);
    tell("change", questions.get(position));
    window.kefuToast?.(words.elsewhere, "warning");
  }

  function failed(text) {
    failures += 1;
    say(text, "bad");
    clearTimeout(timer);
    timer = setTimeout(flush, Math.min(1000 * 2 ** (failures - 1), LONGEST_PAUSE));
  }

  function flush() {
    for (const position of Object.keys(waiting)) send(Number(position));
  }

  function forget() {
    over = true;
    waiting = {};
    write();
    tell("end");
  }

  function say(text, level = "") {
    const state = $("[data-state]");
    state.textContent = text;
    state.dataset.level = level;
  }

  // Everything typed but not yet sent, now: before a check, before handing in, when the page is left.
  function hurry() {
    for (const box of questions.values()) {
      if (box.pause) changed(box);
    }
  }

  function tell(what, ...about) {
    for (const listener of listeners[what]) listener(...about);
  }

  // --- Start -----------------------------------------------------------------------------------------------------------
  window.kefuExam = {
    exam, words, questions, started, now, $, $$, given, isFlagged, changed, say, post, flush, hurry, forget, isWaiting,
    isOver: () => over,
    on: (what, listener) => listeners[what].push(listener),
    settled: async (position, patience = TIMEOUT) => {
      const until = Date.now() + patience;
      while (waiting[position] && Date.now() < until) await new Promise((done) => setTimeout(done, 50));
      return !waiting[position];
    },
  };
  exam.addEventListener("change", (event) => {
    const box = event.target.closest("[data-position]");
    if (box && event.target.name?.match(/^(q|certainty)-/)) changed(box);
  });
  exam.addEventListener("input", (event) => {
    const box = event.target.closest("[data-position]");
    if (box && event.target.matches("textarea, input[type=text], input:not([type])") && event.target.name?.startsWith("q-")) typed(box);
  });
  exam.addEventListener("click", (event) => {
    const button = event.target.closest("[data-flag]");
    if (!button) return;
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    changed(button.closest("[data-position]"));
  });
  exam.elements.plain.disabled = true; // the answers are saved one by one; the form need not carry them
  for (const element of $$("[data-plain]")) element.remove();
  for (const element of $$("[data-flag]")) element.hidden = false;
  for (const [position, box] of questions) {
    kindOf(box).wire?.(box, () => changed(box), { position });
    const entry = waiting[position];
    if (entry?.sequence > latest.get(position) && !("finished" in box.dataset)) {
      latest.set(position, entry.sequence);
      show(box, entry);
    } else delete waiting[position];
  }
  window.addEventListener("beforeunload", (event) => {
    hurry();
    if (isWaiting() && !over) event.preventDefault();
  });
  window.addEventListener("online", flush);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  document.addEventListener("visibilitychange", () => document.hidden && hurry());
  write();
  if (isWaiting()) flush();
})();
