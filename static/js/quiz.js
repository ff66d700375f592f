// The exam page: every answer is saved by itself, kept on the device until the server has it, and never lost.
(() => {
  "use strict";
  const exam = document.getElementById("exam");
  if (!exam) return;
  const words = exam.dataset;
  const KEY = `attempt:${words.attempt}`;
  const TIMEOUT = 10_000;
  const LONGEST_PAUSE = 15_000;
  const started = Number(words.started);
  const deadline = Number(words.deadline) || Infinity;
  const ahead = Number(words.now) - Date.now(); // what the server's clock is ahead of this one
  const now = () => Date.now() + ahead;
  const $ = (selector, root = exam) => root.querySelector(selector);
  const $$ = (selector, root = exam) => [...root.querySelectorAll(selector)];
  const questions = new Map($$("[data-position]").map((box) => [Number(box.dataset.position), box]));
  const last = questions.size;
  const latest = new Map([...questions].map(([position, box]) => [position, Number(box.dataset.sequence)]));
  const sending = new Set();
  let waiting = read(); // position -> {answer, flagged, sequence}: chosen here, not yet acknowledged
  let failures = 0;
  let timer;
  let over = false;

  // --- What is chosen ---------------------------------------------------------------------------------------------
  const chosen = (box) => $$("input:checked", box).map((input) => input.value);
  const flag = (box) => $("[data-flag]", box);
  const isFlagged = (box) => flag(box).getAttribute("aria-pressed") === "true";

  function show(box, answer, flagged) {
    for (const input of $$("input[name^=q-]", box)) input.checked = (answer || []).includes(input.value);
    flag(box).setAttribute("aria-pressed", String(flagged));
  }

  function changed(box) {
    if (over) return;
    const position = Number(box.dataset.position);
    const sequence = Math.max(latest.get(position) + 1, Math.round(now() - started), 1);
    latest.set(position, sequence);
    waiting[position] = { answer: chosen(box), flagged: isFlagged(box), sequence };
    write();
    draw();
    say(words.saving);
    send(position);
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
  async function send(position) {
    const entry = waiting[position];
    if (!entry || sending.has(position) || over) return;
    sending.add(position);
    const body = new FormData();
    body.set("csrfmiddlewaretoken", exam.elements.csrfmiddlewaretoken.value);
    body.set("position", position);
    body.set("sequence", entry.sequence);
    body.set("flagged", entry.flagged ? "1" : "0");
    body.set("answer", JSON.stringify(entry.answer));
    try {
      const answer = await fetch(words.save, { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT), keepalive: true });
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
    } else if (said.code === "time_is_up" || said.code === "submitted") {
      forget();
      location.assign(words.page);
    } else {
      delete waiting[position]; // the server will never take it
      write();
      say(said.message, "bad");
    }
  }

  function adopt(position, kept) {
    latest.set(position, kept.sequence);
    show(questions.get(position), kept.answer, kept.flagged);
    draw();
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
  }

  function say(text, level = "") {
    const state = $("[data-state]");
    state.textContent = text;
    state.dataset.level = level;
  }

  // --- The map, one question at a time ---------------------------------------------------------------------------------
  let place = 1;
  let all = false;

  function draw() {
    for (const [position, box] of questions) {
      const link = $(`[data-goto="${position}"]`);
      const [done, marked] = [chosen(box).length > 0, isFlagged(box)];
      link.toggleAttribute("data-done", done);
      link.toggleAttribute("data-flagged", marked);
      link.toggleAttribute("aria-current", !all && position === place);
      if (!all && position === place) link.setAttribute("aria-current", "step");
      $("[data-word]", link).textContent = ` ${done ? words.answered : words.unanswered}${marked ? `, ${words.flagged}` : ""}`;
      box.hidden = !all && position !== place;
    }
    exam.classList.toggle("a-one", !all);
    $("[data-steps]").hidden = all;
    $("[data-place]").textContent = `${place} / ${last}`;
    $('[data-step="-1"]').disabled = place === 1;
    $('[data-step="1"]').hidden = place === last;
    $("[data-at-end]").hidden = place !== last;
  }

  function go(position) {
    place = Math.min(Math.max(position, 1), last);
    openMap(false);
    draw();
    const box = questions.get(place);
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: all ? "start" : "nearest" });
    if (!all) window.scrollTo(0, 0);
  }

  function openMap(open) {
    $("[data-map]").classList.toggle("a-open", open);
    $("[data-open-map]").setAttribute("aria-expanded", String(open));
  }

  exam.addEventListener("click", (event) => {
    const button = event.target.closest("button, a");
    if (!button) return;
    if (button.dataset.step) go(place + Number(button.dataset.step));
    else if (button.dataset.goto) {
      event.preventDefault();
      go(Number(button.dataset.goto));
    } else if ("openMap" in button.dataset) openMap(button.getAttribute("aria-expanded") !== "true");
    else if ("toggleAll" in button.dataset) {
      all = !all;
      button.setAttribute("aria-pressed", String(all));
      draw();
    } else if ("flag" in button.dataset) {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      changed(button.closest("[data-position]"));
    }
  });
  exam.addEventListener("change", (event) => {
    if (event.target.name?.startsWith("q-")) changed(event.target.closest("[data-position]"));
  });

  // --- Handing in ------------------------------------------------------------------------------------------------------
  function question() {
    const open = [...questions.values()].filter((box) => chosen(box).length === 0).length;
    if (!open) return words.handIn;
    return open === 1 ? words.openOne : words.openMany.replace("%s", open);
  }
  exam.addEventListener("click", (event) => {
    const button = event.target.closest("[data-submit]");
    if (!button || over) return;
    if (isWaiting()) {
      event.preventDefault();
      flush();
      window.kefuToast?.(words.wait, "warning");
      return;
    }
    Object.assign(button.dataset, { confirm: question(), confirmTitle: words.handInTitle, confirmYes: words.handInTitle });
  });
  window.addEventListener("beforeunload", (event) => {
    if (isWaiting() && !over) event.preventDefault();
  });

  // --- The time left: announced each minute and at ten seconds ------------------------------------------------------------
  let announced = Infinity;
  function tick() {
    const left = Math.max(Math.ceil((deadline - now()) / 1000), 0);
    const clock = $("[data-clock]");
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    clock.parentElement.dataset.level = left <= 60 ? "warn" : "";
    const mark = left <= 10 ? 10 : Math.ceil(left / 60) * 60;
    if (mark < announced && (left % 60 === 0 || left <= 10 || announced === Infinity)) {
      announced = mark;
      const minutes = mark / 60;
      announce(left <= 10 ? words.seconds : minutes === 1 ? words.minute : words.minutes.replace("%s", minutes));
    }
    if (left === 0) end();
  }
  function announce(text) {
    $("[data-announce]").textContent = text;
  }
  function end() {
    clearInterval(ticking);
    announce(words.over);
    say(words.over);
    forget();
    for (const input of $$("input[name^=q-]")) input.disabled = true;
    exam.submit();
  }
  const ticking = Number.isFinite(deadline) ? setInterval(tick, 1000) : 0;

  // --- Start -----------------------------------------------------------------------------------------------------------
  exam.elements.plain.disabled = true; // the answers are saved one by one; the form need not carry them
  for (const [position, entry] of Object.entries(waiting)) {
    if (questions.has(Number(position)) && entry.sequence > latest.get(Number(position))) {
      latest.set(Number(position), entry.sequence);
      show(questions.get(Number(position)), entry.answer, entry.flagged);
    } else delete waiting[position];
  }
  for (const element of $$("[data-plain]")) element.remove();
  for (const element of $$("[data-flag], [data-toggle-all]")) element.hidden = false;
  window.addEventListener("online", flush);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  write();
  draw();
  if (ticking) tick();
  if (isWaiting()) flush();
})();
