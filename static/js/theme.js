// Runs before the first paint: the theme that was chosen on this device, else the one of the system; and the fonts.
(() => {
  "use strict";
  const KEY = "theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem(KEY) || "auto";
    } catch {
      return "auto";
    }
  }

  function show(theme) {
    document.documentElement.setAttribute("data-bs-theme", theme);
    document.dispatchEvent(new CustomEvent("themechange", { detail: theme }));
  }

  function apply() {
    show(chosen() === "auto" ? (dark.matches ? "dark" : "light") : chosen());
  }

  window.kefuTheme = {
    chosen,
    choose(theme) {
      try {
        localStorage.setItem(KEY, theme);
      } catch {
        // A browser without storage follows the system.
      }
      apply();
    },
  };
  dark.addEventListener("change", apply);
  window.addEventListener("storage", apply);
  // A system without a Chinese font gets ours. There a missing character is a narrow box; a Chinese one is square.
  function shipFonts() {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "100px sans-serif";
    if (Math.abs(pen.measureText("客服").width - 200) < 20) return;
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = document.querySelector("meta[name=kefu-fonts]").content;
    document.head.append(sheet);
    document.documentElement.setAttribute("data-fonts", "ours");
  }

  // Paper is white.
  window.addEventListener("beforeprint", () => show("light"));
  window.addEventListener("afterprint", apply);
  apply();
  shipFonts();
})();
