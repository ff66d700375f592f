// Pictures in a Markdown text: by button, paste or drag; chosen from the library or uploaded; never without words.
(() => {
  "use strict";
  const text = document.querySelector("textarea[data-pictures]");
  const dialog = document.getElementById("pictures");
  if (!text || !dialog) return;
  const $ = (name) => dialog.querySelector(`[data-${name}]`);
  const list = $("picker-list");
  const error = $("picture-error");
  let chosen = "";

  async function load(page = 1, q = "") {
    const answer = await fetch(`${dialog.dataset.picker}?${new URLSearchParams({ page, q })}`);
    if (!answer.ok || answer.redirected) return;
    const typing = document.activeElement?.id === "picker-q";
    list.innerHTML = await answer.text();
    mark();
    if (typing) {
      const search = document.getElementById("picker-q");
      search.focus();
      search.setSelectionRange(q.length, q.length);
    }
  }
  function mark() {
    for (const button of list.querySelectorAll("[data-picture]"))
      button.setAttribute("aria-pressed", String(button.dataset.picture === chosen));
  }
  function open() {
    chosen = "";
    error.textContent = "";
    $("picture-alt").value = text.value.slice(text.selectionStart, text.selectionEnd).replaceAll("\n", " ");
    $("picture-file").value = "";
    dialog.showModal();
    load();
  }

  async function upload(file) {
    error.textContent = dialog.dataset.sending.replace("{name}", file.name);
    try {
      const kept = await window.kefuUpload(dialog.dataset.upload, file, {
        kinds: "image",
        token: dialog.dataset.token,
        failed: dialog.dataset.failed,
      });
      chosen = kept.reference;
      error.textContent = "";
      await load();
      $("picture-alt").focus();
    } catch (fault) {
      error.textContent = fault.message;
    }
    $("picture-file").value = "";
  }

  function insert() {
    const words = $("picture-alt").value.trim().replaceAll(/[[\]\n]/g, " ");
    if (!chosen || !words) {
      error.textContent = chosen ? dialog.dataset.describe : dialog.dataset.choose;
      (chosen ? $("picture-alt") : $("picture-file")).focus();
      return;
    }
    dialog.close();
    text.focus();
    text.setRangeText(`![${words}](${chosen})`, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  const picture = (items) => [...(items ?? [])].find((file) => file.type.startsWith("image/"));
  function take(event, files) {
    const file = picture(files);
    if (!file) return;
    event.preventDefault();
    open();
    upload(file);
  }

  document.querySelector("[data-picture-open]").addEventListener("click", open);
  text.addEventListener("paste", (event) => take(event, event.clipboardData?.files));
  text.addEventListener("drop", (event) => {
    text.classList.remove("m-dropping");
    take(event, event.dataTransfer?.files);
  });
  text.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    text.classList.add("m-dropping");
  });
  text.addEventListener("dragleave", () => text.classList.remove("m-dropping"));
  $("picture-file").addEventListener("change", (event) => event.target.files[0] && upload(event.target.files[0]));
  $("picture-insert").addEventListener("click", insert);
  let timer;
  list.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => load(1, event.target.value), 300);
  });
  list.addEventListener("submit", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const more = event.target.closest("[data-picker-page]");
    if (more) load(more.dataset.pickerPage, document.getElementById("picker-q").value);
    const button = event.target.closest("[data-picture]");
    if (!button) return;
    chosen = button.dataset.picture;
    error.textContent = "";
    $("picture-alt").value ||= "";
    mark();
    $("picture-alt").focus();
  });
})();
