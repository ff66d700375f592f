// Signing where there is no connection: what could not be sent is kept on this device, said at the task, and sent again
// as soon as there is one, also after a reload. Sent twice it is done once: the server sees to that.
(() => {
  "use strict";

  const AGAIN = 15000;
  const key = () => `kefu-unsigned-${document.getElementById("sheet")?.dataset.plan}`;

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(key())) ?? {};
    } catch {
      return {};
    }
  }

  function keep(all) {
    try {
      if (Object.keys(all).length) localStorage.setItem(key(), JSON.stringify(all));
      else localStorage.removeItem(key());
    } catch {
      // Without storage it is still sent again as long as the page is open.
    }
    mark(all);
  }

  function mark(all) {
    for (const note of document.querySelectorAll("[data-unsent]"))
      note.hidden = ![...note.closest("li").querySelectorAll("[data-sign]")].some((form) => form.id in all);
  }

  function resend() {
    for (const [id, why] of Object.entries(kept())) {
      const form = document.getElementById(id);
      if (!form) {
        drop(id); // it was signed in another way meanwhile
        continue;
      }
      if (form.elements.note instanceof HTMLInputElement) form.elements.note.value = why;
      else if (form.elements.note) form.elements.note[0].value = why;
      window.htmx.trigger(form, "submit");
      return; // the page is drawn anew by the answer, and goes on with the next one then
    }
  }

  function drop(id) {
    const all = kept();
    delete all[id];
    keep(all);
  }

  document.addEventListener("htmx:sendError", (event) => {
    const form = event.detail.elt.closest("[data-sign]");
    if (form) keep({ ...kept(), [form.id]: event.detail.requestConfig?.parameters?.note ?? "" });
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("[data-sign]");
    if (form && event.detail.xhr.status) drop(form.id);
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt.id !== "sheet") return;
    mark(kept());
    resend();
  });
  window.addEventListener("online", resend);
  setInterval(() => navigator.onLine && resend(), AGAIN);
  mark(kept());
  if (navigator.onLine) document.addEventListener("DOMContentLoaded", resend);
})();
