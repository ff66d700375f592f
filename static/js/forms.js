// Forms that lose nothing: no double submit, a question before leaving with unsaved changes, a draft kept on this device.
(() => {
  "use strict";
  const PREFIX = "draft:";
  const SENT = "draft-sent";
  const dirty = new Set();

  // --- No double submit -------------------------------------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if ("download" in form.dataset) return; // the page stays, and may be asked again
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    dirty.delete(form);
    if (form.dataset.draft) store(() => sessionStorage.setItem(SENT, form.dataset.draft));
    for (const button of form.querySelectorAll("[type=submit]")) button.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  });

  // --- Unsaved changes ----------------------------------------------------------------------------------------------------
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form) return;
    if (form.hasAttribute("data-guard")) dirty.add(form);
    if (form.dataset.draft) save(form);
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of dirty) if (!form.isConnected) dirty.delete(form);
    if (dirty.size) event.preventDefault();
  });

  // --- Drafts: `data-draft="name of the form"` ---------------------------------------------------------------------------
  const kept = (field) =>
    field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type) && !field.disabled;

  function save(form) {
    const values = {};
    for (const field of [...form.elements].filter(kept)) {
      if (field.type === "checkbox" || field.type === "radio") {
        values[field.name] ??= [];
        if (field.checked) values[field.name].push(field.value);
      } else if (field.multiple) values[field.name] = [...field.selectedOptions].map((option) => option.value);
      else values[field.name] = field.value;
    }
    store(() => localStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify(values)));
  }

  function restore(form) {
    const text = store(() => localStorage.getItem(PREFIX + form.dataset.draft));
    if (!text || form.querySelector(".k-errors")) return;
    const values = JSON.parse(text);
    let changed = false;
    for (const field of [...form.elements].filter((each) => kept(each) && each.name in values)) {
      changed = put(field, values[field.name]) || changed;
    }
    if (!changed) return;
    dirty.add(form);
    const note = form.querySelector("[data-draft-note]");
    if (note) note.hidden = false;
  }

  function put(field, value) {
    const before = field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
    if (field.type === "checkbox" || field.type === "radio") field.checked = value.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
    return before !== (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);
  }

  function store(act) {
    try {
      return act();
    } catch {
      return null; // a browser without storage keeps no draft
    }
  }

  function forget(name) {
    store(() => localStorage.removeItem(PREFIX + name));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-draft-drop]");
    if (!button) return;
    const form = button.closest("form");
    forget(form.dataset.draft);
    dirty.delete(form);
    location.reload();
  });

  // A draft that was sent is done with, unless the page that came back shows an error or asks for the login.
  function forgetSent() {
    const name = store(() => sessionStorage.getItem(SENT));
    if (!name) return;
    store(() => sessionStorage.removeItem(SENT));
    if (!document.querySelector(".k-errors, .k-error, .k-login-page")) forget(name);
  }

  // Who logs out leaves nothing behind that the next person at this desk could read.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-logout]")) return;
    const names = store(() => Object.keys(localStorage)) ?? [];
    for (const name of names.filter((each) => each.startsWith(PREFIX))) store(() => localStorage.removeItem(name));
  });

  function start(root) {
    for (const form of root.querySelectorAll("form[data-draft]")) restore(form);
  }
  document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && start(event.detail.elt));
  forgetSent();
  start(document);
})();
