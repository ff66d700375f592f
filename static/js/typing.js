// The typing test. The server says when a run begins and bounds its time; nothing but typing fills the field.
(() => {
  "use strict";
  const EVERY = 5; // seconds between two savings of what is typed so far
  const BLOCKED = ["insertFromPaste", "insertFromPasteAsQuotation", "insertFromDrop", "insertFromYank", "insertReplacementText"];
  const runs = new WeakMap(); // the box's run: {typed, ms, run}
  const part = (box, name) => box.querySelector(`[data-${name}]`);
  const plain = (text) => text.trim().replace(/\s+/gu, " ");

  // The fewest errors against the beginning of the text that fits best, as the server counts them.
  function measured(text, typed) {
    const [p, t] = [[...text], [...typed]];
    let row = Array.from({ length: t.length + 1 }, (_, index) => index);
    let [errors, reached] = [t.length, 0];
    for (let i = 1; i <= Math.min(p.length, t.length * 2 + 5); i++) {
      const next = [i];
      for (let j = 1; j <= t.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (p[i - 1] !== t[j - 1]));
      row = next;
      if (row[t.length] <= errors) [errors, reached] = [row[t.length], i];
    }
    const longest = Math.max(reached, t.length);
    return { right: longest - errors, accuracy: longest ? (100 * (longest - errors)) / longest : 0, reached };
  }

  function figures(box, { typed, ms }, text, seconds, running) {
    const { right, accuracy } = measured(text, plain(typed));
    const whole = running || [...plain(typed)].length >= [...text].length ? ms : Math.max(ms, seconds * 1000);
    part(box, "speed").textContent = typed && whole ? Math.round((right * 60000) / whole) : "–";
    part(box, "accuracy").textContent = typed ? Math.round(accuracy) : "–";
  }
  // Where the text scrolls by itself, on a phone, the line that is typed stays in view.
  function follow(text, rest) {
    const [line] = rest.getClientRects();
    if (line && text.scrollHeight > text.clientHeight) text.scrollTop += line.top - text.getBoundingClientRect().top - line.height;
  }
  function mark(box, text, count) {
    const signs = [...text];
    part(box, "done").textContent = signs.slice(0, count).join("");
    part(box, "rest").textContent = signs.slice(count).join("");
    follow(part(box, "typing-text"), part(box, "rest"));
  }

  function wire(box, changed) {
    const place = part(box, "typing");
    const words = place.dataset;
    const field = part(place, "field");
    const [start, finish, said] = [part(place, "start"), part(place, "finish"), part(place, "said")];
    const text = plain(part(place, "typing-text").textContent);
    const seconds = Number(words.seconds);
    let [began, ticking, saved, committed, composing] = [0, 0, 0, "", false];
    if (words.typed) runs.set(box, { typed: words.typed, ms: Number(words.ms), run: words.run });
    for (const element of place.querySelectorAll("[data-without]")) element.remove();
    start.hidden = false;

    const say = (message, bad = false) => {
      said.textContent = message;
      said.classList.toggle("k-field-error", bad);
    };
    const passed = () => Math.min(Math.round(performance.now() - began), seconds * 1000);
    const keep = () => runs.set(box, { typed: committed, ms: passed(), run: runs.get(box).run });

    async function begin() {
      start.disabled = true;
      try {
        const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
        const answer = await fetch(words.begin, { method: "POST", headers: { "X-CSRFToken": token }, signal: AbortSignal.timeout(8000) });
        if (!answer.ok || answer.redirected) throw new Error("refused");
        const { run } = await answer.json();
        began = performance.now();
        runs.set(box, { typed: "", ms: 0, run });
      } catch {
        return say(words.saidFailed, true);
      } finally {
        start.disabled = false;
      }
      [saved, committed] = [0, ""];
      Object.assign(field, { value: "", disabled: false });
      [start.hidden, finish.hidden] = [true, false];
      mark(place, text, 0);
      place.dataset.running = "";
      say(words.saidRunning);
      field.focus();
      ticking = setInterval(tick, 200);
      tick();
    }

    function tick() {
      const gone = passed();
      part(place, "left").textContent = Math.ceil(seconds - gone / 1000);
      figures(place, { typed: committed, ms: gone }, text, seconds, true);
      if (gone >= seconds * 1000) return end();
      if (committed && Math.floor(gone / 1000 / EVERY) > saved) {
        saved = Math.floor(gone / 1000 / EVERY);
        keep();
        changed();
      }
    }

    function end() {
      if (!ticking) return;
      clearInterval(ticking);
      ticking = 0;
      keep();
      delete place.dataset.running;
      field.value = committed;
      field.disabled = true;
      [start.hidden, finish.hidden] = [false, true];
      part(place, "start-word").textContent = words.again;
      figures(place, runs.get(box), text, seconds, false);
      say(words.saidOver);
      changed();
      start.focus();
    }

    function typed() {
      if (!ticking) return;
      committed = field.value;
      const { reached } = measured(text, plain(committed));
      mark(place, text, reached);
      const now = plain(committed);
      if (now === text || ([...now].length >= [...text].length && now.endsWith(text.slice(-2)))) end();
    }

    start.addEventListener("click", begin);
    finish.addEventListener("click", () => ((committed = field.value), end()));
    // What an input method is still composing is no text yet.
    field.addEventListener("compositionstart", () => (composing = true));
    field.addEventListener("compositionend", () => ((composing = false), typed()));
    field.addEventListener("input", (event) => !composing && !event.isComposing && typed());
    const block = (event) => {
      event.preventDefault();
      say(words.saidPaste, true);
    };
    for (const kind of ["paste", "drop"]) field.addEventListener(kind, block);
    field.addEventListener("dragover", (event) => event.preventDefault());
    field.addEventListener("beforeinput", (event) => BLOCKED.includes(event.inputType) && block(event));
    window.kefuExam?.on("end", () => ticking && (clearInterval(ticking), (ticking = 0), (field.disabled = true)));
    if (runs.has(box)) figures(place, runs.get(box), text, seconds, false);
  }

  const typing = {
    read(box) {
      const run = runs.get(box);
      return run?.typed ? run : null;
    },
    show(box, answer) {
      const place = part(box, "typing");
      if ("running" in place.dataset) return;
      if (answer) runs.set(box, answer);
      else runs.delete(box);
      part(place, "field").value = answer?.typed ?? "";
      figures(place, answer ?? { typed: "", ms: 0 }, plain(part(place, "typing-text").textContent), Number(place.dataset.seconds), false);
    },
    wire,
  };
  window.kefuAnswers = { ...window.kefuAnswers, typing };
})();
