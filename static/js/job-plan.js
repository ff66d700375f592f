// Signing where there is no connection: what could not be sent is kept on this device, said at the task, and sent again
// as soon as there is one, also after a reload. Sent twice it is done once: the server sees to that.
(() => {
  "use strict";

  const AGAIN = 15000;
  // Of one person and plan: on a device that two people share nobody signs for the other.
  const key = () => `kefu-unsigned-${document.getElementById("sheet").dataset.unsigned}`;

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

  function failed(event) {
    const form = event.detail.elt.closest("[data-sign]");
    const said = [event.detail.requestConfig.parameters.note].flat().filter(Boolean);
    if (form) keep({ ...kept(), [form.id]: said.at(-1) ?? "" });
  }

  // The server has judged it: neither a proxy without a server behind it nor the login in its place.
  const judged = (xhr) => xhr.status > 0 && xhr.status < 500 && !new URL(xhr.responseURL).pathname.startsWith("/login/");

  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", (event) => event.detail.xhr.status > 500 && failed(event));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("[data-sign]");
    if (form && judged(event.detail.xhr)) drop(form.id);
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
