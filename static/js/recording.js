// The player of a recording: resumes where it stopped, and reports what was really played, later when there is no connection.
(() => {
  "use strict";
  const BEAT = 10_000;
  const FASTEST = 2;
  const DIFFERENCE = 2;
  const box = document.querySelector("[data-recording]");
  if (!box) return;
  const player = box.querySelector("[data-player]");
  const KEY = `watch:${box.dataset.recording}`;
  const $ = (name) => box.querySelector(`[data-${name}]`);

  // --- What was played and is not sent yet, kept on this device ------------------------------------------------------
  let memory = [];
  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? [];
    } catch {
      return memory;
    }
  }
  function keep(beats) {
    memory = beats;
    try {
      if (beats.length) localStorage.setItem(KEY, JSON.stringify(beats));
      else localStorage.removeItem(KEY);
    } catch {
      // A browser without storage keeps them until the page is left.
    }
  }

  let sending = false;
  async function send({ last = false } = {}) {
    const beats = kept().slice(-2000);
    if (!beats.length || (sending && !last)) return;
    sending = true;
    const now = Date.now();
    const report = beats.map(({ from, to, rate, ended }) => ({ from, to, rate, ago: Math.max(0, now - ended) / 1000 }));
    try {
      const answer = await fetch(box.dataset.report, {
        method: "POST",
        keepalive: last,
        headers: { "X-CSRFToken": box.querySelector("[name=csrfmiddlewaretoken]").value },
        body: new URLSearchParams({ report: JSON.stringify(report) }),
      });
      if (answer.redirected || answer.status >= 500) throw new Error(String(answer.status));
      const sent = new Set(beats.map((beat) => beat.id));
      keep(kept().filter((beat) => !sent.has(beat.id)));
      $("offline").hidden = true;
      if (answer.ok) show(await answer.json());
    } catch {
      $("offline").hidden = false;
    } finally {
      sending = false;
    }
  }

  function show({ percent, done }) {
    $("percent").textContent = String(percent);
    $("progress").value = percent;
    if (done) $("done-note").hidden = false;
  }

  // --- What is being played --------------------------------------------------------------------------------------------
  let begun = null;
  let reached = 0;

  function close() {
    if (begun !== null && reached > begun) {
      const beat = { from: begun, to: reached, rate: player.playbackRate, ended: Date.now(), id: `${Date.now()}-${Math.random()}` };
      keep([...kept(), beat]);
    }
    begun = null;
  }
  function open() {
    begun = reached = player.currentTime;
  }
  function place() {
    const at = player.currentTime;
    keep([...kept(), { from: at, to: at, rate: player.playbackRate, ended: Date.now(), id: `${Date.now()}-${Math.random()}` }]);
  }

  player.addEventListener("playing", () => begun === null && open());
  player.addEventListener("timeupdate", () => {
    if (begun !== null && !player.seeking) reached = Math.max(reached, player.currentTime);
  });
  player.addEventListener("seeking", close);
  player.addEventListener("seeked", () => (player.paused ? place() : open()));
  player.addEventListener("waiting", close);
  for (const name of ["pause", "ended"])
    player.addEventListener(name, () => {
      if (begun !== null && !player.seeking) reached = Math.max(reached, player.currentTime);
      close();
      send();
    });
  player.addEventListener("ratechange", () => {
    if (player.playbackRate > FASTEST) player.playbackRate = FASTEST;
    if (begun !== null) {
      close();
      open();
    }
  });
  setInterval(() => {
    if (begun !== null) {
      close();
      open();
    }
    send();
  }, BEAT);
  addEventListener("online", () => send());
  addEventListener("pagehide", () => {
    close();
    send({ last: true });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    if (begun !== null) {
      close();
      if (!player.paused) open();
    }
    send({ last: true });
  });

  // --- Where it stopped --------------------------------------------------------------------------------------------------
  function resume() {
    const newest = kept().at(-1);
    const stopped = newest ? newest.to : Number(box.dataset.position);
    const stated = Number(box.dataset.seconds);
    if (stopped > 0 && stopped < player.duration - 1) player.currentTime = stopped;
    player.playbackRate = Math.min(Number(box.dataset.rate) || 1, FASTEST);
    if (Number.isFinite(player.duration) && Math.abs(player.duration - stated) > DIFFERENCE) $("mismatch").hidden = false;
    player.dataset.ready = "";
  }
  if (player.readyState >= 1) resume();
  else player.addEventListener("loadedmetadata", resume, { once: true });
  player.addEventListener("error", () => ($("broken").hidden = false));
  send();
})();
