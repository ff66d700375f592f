// Notes that the exam page was left and for how long, as the page says before the start. Nothing else is looked at.
(() => {
  "use strict";
  const page = window.kefuExam;
  if (!page?.words.left) return;
  const KEY = `left:${page.words.attempt}`;
  const SHORTEST = 1000;
  let since = 0;

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || [];
    } catch {
      return [];
    }
  };
  const write = (rows) => {
    try {
      if (rows.length) localStorage.setItem(KEY, JSON.stringify(rows.slice(-50)));
      else localStorage.removeItem(KEY);
    } catch {
      // without storage it is told only when the network is there
    }
  };

  function left() {
    since ||= page.now();
  }

  function back() {
    if (!since || document.hidden || page.isOver()) return;
    const away = page.now() - since;
    const row = { from: Math.max(Math.round(since - page.started), 1), seconds: Math.round(away / 1000) };
    since = 0;
    if (away < SHORTEST) return;
    write([...read(), row]);
    send();
  }

  async function send() {
    for (const row of read()) {
      try {
        const answer = await page.post(page.words.left, row);
        if (answer.status >= 500) return;
      } catch {
        return; // told with the next one
      }
      write(read().filter((other) => other.from !== row.from));
    }
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? left() : back()));
  window.addEventListener("blur", left);
  window.addEventListener("focus", back);
  window.addEventListener("online", send);
  send();
})();
