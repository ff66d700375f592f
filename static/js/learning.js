// The page to learn in: keys, the line where reading stopped, notes, the bookmark, and a queue for when the network drops.
(() => {
  "use strict";
  const page = document.querySelector("[data-learning]");
  if (!page) return;
  const words = page.dataset;
  const unit = Number(words.unit);
  const $ = (selector, root = page) => root.querySelector(selector);
  const bookmark = document.querySelector("[data-bookmark]");
  const state = $("[data-keep-state]");

  // --- The queue: an event stays on the device until the server says that it is kept; each may be sent twice ---------
  const QUEUE = `learning:${words.learning}`;
  const LONGEST_PAUSE = 30_000;
  let queue = read();
  let failures = 0;
  let sending = false;
  let timer;

  function read() {
    try {
      return JSON.parse(localStorage.getItem(QUEUE)) || [];
    } catch {
      return [];
    }
  }
  function write() {
    try {
      if (queue.length) localStorage.setItem(QUEUE, JSON.stringify(queue));
      else localStorage.removeItem(QUEUE);
    } catch {
      // without storage an event lives as long as this page
    }
  }

  function happen(kind, facts, { quiet = false } = {}) {
    if (kind === "spot") queue = queue.filter((event) => event.kind !== "spot" || event.unit !== unit);
    queue.push({ id: newId(), kind, unit, at: Date.now(), ...facts });
    write();
    return send(quiet);
  }

  async function send(quiet = false) {
    if (sending || !queue.length) return !queue.length;
    sending = true;
    clearTimeout(timer);
    const events = queue.slice(0, 100).map(({ at, ...event }) => ({ ...event, ago: Math.max(0, Date.now() - at) }));
    let sent = false;
    try {
      const answer = await fetch(words.keep, {
        method: "POST",
        body: JSON.stringify({ events }),
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        signal: AbortSignal.timeout(10_000),
        keepalive: true,
      });
      if (answer.redirected || answer.status === 403 || answer.status >= 500 || answer.status === 429) throw answer;
      heard(await answer.json(), events, quiet);
      sent = true;
    } catch {
      failures += 1;
      if (!quiet || failures > 1) say(words.unsaved);
      timer = setTimeout(send, Math.min(1000 * 2 ** failures, LONGEST_PAUSE));
    }
    sending = false;
    return sent && queue.length ? send(quiet) : sent;
  }

  function heard(said, events, quiet) {
    // What the server refused for good would be refused again: it is told and given up.
    const settled = new Set([...(said.kept || []), ...Object.keys(said.refused || {})]);
    const refused = Object.values(said.refused || {});
    if (said.message) for (const event of events) settled.add(event.id);
    queue = queue.filter((event) => !settled.has(event.id));
    write();
    if (refused.length || said.message) window.kefuToast?.(refused[0] || said.message, "danger");
    if (failures) window.kefuToast?.(words.sent, "success");
    if (failures || !quiet) say(words.saved);
    failures = 0;
  }

  const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
  const say = (text) => (state.textContent = text);
  const newId = () =>
    crypto.randomUUID?.() ??
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
      (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
    );
  window.addEventListener("online", () => send());
  document.addEventListener("visibilitychange", () => document.hidden || send(true));
  send(true);

  // --- The line where reading stopped: the number of the block at the top and the part of it that is above -------------
  const text = document.querySelector("[data-text]");
  const TOP = 80; // below the bar at the top of the page
  function place() {
    const blocks = [...text.children];
    const index = blocks.findIndex((block) => block.getBoundingClientRect().bottom > TOP);
    if (index < 0) return blocks.length;
    const box = blocks[index].getBoundingClientRect();
    const part = Math.min(Math.max((TOP - box.top) / Math.max(box.height, 1), 0), 0.999);
    return Math.round((index + part) * 1000) / 1000;
  }
  function go(to) {
    const block = text.children[Math.floor(to)];
    if (!block || to <= 0) return;
    const box = block.getBoundingClientRect();
    scrollTo({ top: scrollY + box.top + (to % 1) * box.height - TOP, behavior: "instant" });
  }
  if (text) {
    const waiting = queue.findLast?.((event) => event.kind === "spot" && event.unit === unit);
    const known = waiting ? waiting.place : Number(words.place ?? 0);
    if (known && !location.hash) document.fonts.ready.then(() => go(known));
    if ("open" in words) {
      let rest;
      let last = known;
      document.addEventListener("scroll", () => {
        clearTimeout(rest);
        rest = setTimeout(() => {
          const now = place();
          if (Math.abs(now - last) < 0.05) return;
          last = now;
          happen("spot", { place: now }, { quiet: true });
        }, 800);
      });
    }
  }

  // --- "I have read it" without a network --------------------------------------------------------------------------------
  const finish = document.querySelector("[data-finish]");
  finish?.addEventListener("submit", (event) => {
    if (navigator.onLine) return; // the page's own way: the server answers with the next unit
    event.preventDefault();
    event.stopPropagation();
    if (!queue.some((waiting) => waiting.kind === "read" && waiting.unit === unit)) happen("read", {});
    window.kefuToast?.(words.readLater, "warning");
    say(words.readLater);
  });

  // --- Bookmark -------------------------------------------------------------------------------------------------------------
  bookmark?.addEventListener("click", () => {
    const isSet = bookmark.getAttribute("aria-pressed") !== "true";
    bookmark.setAttribute("aria-pressed", String(isSet));
    say(isSet ? words.marked : words.unmarked);
    happen("bookmark", { is_set: isSet }, { quiet: true });
  });

  // --- Notes ------------------------------------------------------------------------------------------------------------------
  const list = $("[data-notes]");
  const form = $("[data-note-form]");
  const field = form.querySelector("textarea");
  const DRAFT = `note:${words.learning}:${unit}`;
  let edited = null;
  store(() => (field.value = localStorage.getItem(DRAFT) || ""));
  field.addEventListener("input", () => store(() => localStorage.setItem(DRAFT, field.value)));

  function store(act) {
    try {
      act();
    } catch {
      // the draft lives as long as this page
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const written = field.value.trim();
    if (!written) return field.focus();
    const key = edited ?? newId();
    show(key, written);
    field.value = "";
    edited = null;
    store(() => localStorage.removeItem(DRAFT));
    happen("note", { key, text: written });
    field.focus();
  });

  function show(key, written) {
    let item = list.querySelector(`[data-note="${CSS.escape(key)}"]`);
    if (!item) {
      item = document.createElement("li");
      item.className = "c-note";
      item.dataset.note = key;
      const body = document.createElement("p");
      body.className = "c-note-text";
      body.dataset.noteText = "";
      const foot = document.createElement("p");
      foot.className = "c-note-foot";
      const when = document.createElement("span");
      when.textContent = words.now;
      foot.append(when, button(words.edit, "noteEdit"), button(words.remove, "noteRemove"));
      item.append(body, foot);
      list.prepend(item);
    }
    item.querySelector("[data-note-text]").textContent = written;
  }

  function button(label, mark) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm";
    made.textContent = label;
    made.dataset[mark] = "";
    return made;
  }

  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-note]");
    if (!item) return;
    if (event.target.closest("[data-note-edit]")) {
      edited = item.dataset.note;
      field.value = item.querySelector("[data-note-text]").textContent;
      field.focus();
    } else if (event.target.closest("[data-note-remove]")) {
      if (edited === item.dataset.note) edited = null;
      happen("note", { key: item.dataset.note, text: "" });
      item.remove();
      field.focus();
    }
  });

  // --- Keys --------------------------------------------------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("input, textarea, select, dialog, video, audio, [contenteditable], .k-table-frame, .dropdown"))
      return;
    const way = { ArrowLeft: "[data-previous]", ArrowRight: "[data-next]" }[event.key];
    if (way && !event.shiftKey) document.querySelector(way)?.click();
    else if (event.key === "?") document.querySelector("[data-dialog-open=shortcuts]")?.click();
    else if (event.key.toLowerCase() === "b") bookmark?.click();
    else if (event.key.toLowerCase() === "n") {
      event.preventDefault();
      field.focus();
    }
  });
})();
