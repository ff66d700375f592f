// Runs before the first paint: the theme that was chosen on this device, else the one of the system.
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

  function apply() {
    const theme = chosen() === "auto" ? (dark.matches ? "dark" : "light") : chosen();
    document.documentElement.setAttribute("data-bs-theme", theme);
    document.documentElement.setAttribute("data-theme-choice", chosen());
    document.dispatchEvent(new CustomEvent("themechange", { detail: theme }));
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
  // Paper is white.
  window.addEventListener("beforeprint", () => document.documentElement.setAttribute("data-bs-theme", "light"));
  window.addEventListener("afterprint", apply);
  apply();
})();
