// The page to learn in: arrow keys lead to the units before and after; reading goes on where it stopped on this device.
(() => {
  "use strict";
  const page = document.querySelector("[data-reading]");
  if (!page) return;
  const KEY = `reading:${page.dataset.reading}`;

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, dialog, [contenteditable], .k-table-frame, .dropdown")) return;
    const way = { ArrowLeft: "[data-previous]", ArrowRight: "[data-next]" }[event.key];
    if (way) document.querySelector(way)?.click();
  });

  try {
    if ("done" in page.dataset) localStorage.removeItem(KEY);
    else {
      const kept = Number(localStorage.getItem(KEY));
      if (kept && !location.hash) scrollTo({ top: kept, behavior: "instant" });
      let timer;
      document.addEventListener("scroll", () => {
        clearTimeout(timer);
        timer = setTimeout(() => localStorage.setItem(KEY, String(Math.round(scrollY))), 200);
      });
    }
  } catch {
    // A browser without storage starts at the top.
  }
})();
