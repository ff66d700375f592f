// The room's screen: the time of the code runs down quietly, and the next one is fetched when it is over.
(() => {
  "use strict";

  const place = document.querySelector("[data-screen]");

  setInterval(() => {
    const bar = place.querySelector("[data-left]");
    if (!bar) return;
    bar.value = Math.max(0, bar.value - 1);
    if (bar.value === 0) htmx.trigger(place, "refresh");
  }, 1000);

  const full = document.querySelector("[data-full]");
  if (!document.documentElement.requestFullscreen) full.hidden = true;
  full.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
})();
