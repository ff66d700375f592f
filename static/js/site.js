// What every page needs: theme switch, toasts, confirmation, progress, htmx errors. No inline handlers: CSP is strict.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- Theme ------------------------------------------------------------------------------------------------------
  function showTheme() {
    for (const button of $$("[data-theme-choose]"))
      button.setAttribute("aria-pressed", String(button.dataset.themeChoose === window.kefuTheme.chosen()));
  }

  // --- Toasts: Django's messages, and `toast(text, level)` for scripts and the HX-Trigger event "toast" ----------------
  const FADE_AFTER = 6000;
  const toasts = () => document.getElementById("toasts");

  function watch(toast) {
    if (!toast.hasAttribute("data-fade")) return;
    let timer;
    const start = () => (timer = setTimeout(() => toast.remove(), FADE_AFTER));
    for (const event of ["mouseenter", "focusin"]) toast.addEventListener(event, () => clearTimeout(timer));
    for (const event of ["mouseleave", "focusout"]) toast.addEventListener(event, start);
    start();
  }

  function toast(text, level = "info") {
    const box = document.createElement("div");
    box.className = `k-toast k-toast-${level}`;
    box.setAttribute("role", level === "error" ? "alert" : "status");
    if (level !== "error" && level !== "warning") box.setAttribute("data-fade", "");
    const words = document.createElement("div");
    words.className = "k-toast-text";
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "k-toast-close";
    close.dataset.toastClose = "";
    close.setAttribute("aria-label", toasts().dataset.close);
    close.textContent = "×";
    box.append(words, close);
    toasts().append(box);
    watch(box);
  }
  window.kefuToast = toast;

  // --- Confirmation -------------------------------------------------------------------------------------------------
  function ask(question, title, yes) {
    const dialog = document.getElementById("confirm");
    const slot = $("[data-confirm-slot]", dialog);
    const heading = $("#confirm-title", dialog);
    const button = $("[data-confirm-yes]", dialog);
    heading.dataset.usual ??= heading.textContent;
    button.dataset.usual ??= button.textContent;
    heading.textContent = title || heading.dataset.usual;
    button.textContent = yes || button.dataset.usual;
    slot.textContent = question;
    dialog.returnValue = "no";
    dialog.showModal();
    return new Promise((resolve) =>
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }),
    );
  }

  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    const { confirmTitle, confirmYes } = event.detail.elt.dataset;
    ask(event.detail.question, confirmTitle, confirmYes).then((sure) => sure && event.detail.issueRequest(true));
  });

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const asking = event.submitter?.dataset.confirm ? event.submitter : form;
      if (!asking.dataset.confirm || form.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { confirm, confirmTitle, confirmYes } = asking.dataset;
      ask(confirm, confirmTitle, confirmYes).then((sure) => {
        if (!sure) return;
        form.dataset.confirmed = "1";
        form.requestSubmit(event.submitter);
        delete form.dataset.confirmed;
      });
    },
    true,
  );

  // --- Clicks ----------------------------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const target = event.target.closest(
      "[data-toast-close], [data-theme-choose], [data-dialog-open], [data-dialog-close], [data-back], [data-print]",
    );
    if (!target) return;
    if ("toastClose" in target.dataset) target.closest(".k-toast").remove();
    else if (target.dataset.themeChoose) window.kefuTheme.choose(target.dataset.themeChoose);
    else if (target.dataset.dialogOpen) document.getElementById(target.dataset.dialogOpen).showModal();
    else if ("dialogClose" in target.dataset) target.closest("dialog").close();
    else if ("back" in target.dataset) history.back();
    else if ("print" in target.dataset) window.print();
  });

  // --- htmx ------------------------------------------------------------------------------------------------------------
  let running = 0;
  const bar = () => document.getElementById("progress");
  document.addEventListener("htmx:beforeRequest", () => bar().classList.toggle("on", ++running > 0));
  document.addEventListener("htmx:afterRequest", () => bar().classList.toggle("on", (running = Math.max(0, running - 1)) > 0));

  document.addEventListener("htmx:beforeSwap", (event) => {
    // The session has ended: go to the login page as a whole instead of into a part of this one.
    if (new URL(event.detail.xhr.responseURL || location.href).pathname.startsWith("/login/")) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { failed, forbidden } = toasts().dataset;
    toast(event.detail.xhr.status === 403 ? forbidden : failed, "error");
  });
  document.addEventListener("htmx:sendError", () => toast(toasts().dataset.offline, "error"));
  document.addEventListener("toast", (event) => toast(event.detail.message ?? event.detail.value, event.detail.level));

  // An address holds only the filters that are set.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.elt.matches(".k-filter, .k-filter *")) return;
    for (const [name, value] of [...event.detail.formData]) if (value === "") event.detail.formData.delete(name);
  });

  // --- Charts: their library is fetched by the first page that has one --------------------------------------------------
  let chartScripts;
  function draw(root) {
    if (!$("[data-chart]", root) && !root.matches?.("[data-chart]")) return;
    chartScripts ??= $("meta[name=kefu-chart-scripts]")
      .content.split(" ")
      .reduce((before, address) => before.then(() => fetchScript(address)), Promise.resolve());
    chartScripts.then(() => window.kefuCharts.draw(root));
  }
  function fetchScript(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  // --- What is new on the page, at the start and after each swap --------------------------------------------------------
  function greet(root) {
    $("[data-focus]", root)?.focus();
    draw(root);
    for (const box of $$(".k-toast", root)) watch(box);
    if (history.length > 1) for (const button of $$("[data-back]", root)) button.hidden = false;
  }
  document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && greet(event.detail.elt));
  document.addEventListener("themechange", showTheme);
  showTheme();
  greet(document);
})();
