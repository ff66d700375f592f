// Files go up as soon as they are chosen, with progress; the form then only names them. Without scripts the form sends them.
(() => {
  "use strict";

  function length(seconds) {
    const whole = Math.round(seconds);
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  }

  // Sends one file: resolves to what the library says of it, rejects with words for people.
  function send(address, file, { kinds = "", token, onprogress = () => {}, failed = "" }) {
    return new Promise((resolve, reject) => {
      const data = new FormData();
      data.append("file", file, file.name);
      for (const kind of kinds.split(" ").filter(Boolean)) data.append("kinds", kind);
      const request = new XMLHttpRequest();
      request.open("POST", address);
      request.setRequestHeader("X-CSRFToken", token);
      request.responseType = "json";
      request.upload.onprogress = (event) => event.lengthComputable && onprogress(event.loaded / event.total);
      request.onload = () => (request.status === 201 ? resolve(request.response) : reject(new Error(request.response?.error || failed)));
      request.onerror = request.onabort = () => reject(new Error(failed));
      request.send(data);
    });
  }
  window.kefuUpload = send;

  function state(input) {
    let box = input.parentElement.querySelector(".m-upload");
    if (!box) {
      box = document.createElement("div");
      box.className = "m-upload";
      box.setAttribute("role", "status");
      input.after(box);
    }
    return box;
  }

  async function upload(place, input) {
    const [file] = input.files;
    if (!file) return;
    const form = input.form;
    const box = state(input);
    const bar = document.createElement("progress");
    bar.max = 1;
    const sending = place.dataset.sending.replace("{name}", file.name);
    bar.setAttribute("aria-label", sending);
    box.classList.remove("m-upload-error");
    box.replaceChildren(sending, bar);
    const buttons = form.querySelectorAll("button[type=submit]");
    for (const button of buttons) button.disabled = true;
    try {
      const kept = await send(place.dataset.uploads, file, {
        kinds: input.dataset.uploadKinds,
        token: form.querySelector("[name=csrfmiddlewaretoken]").value,
        failed: place.dataset.failed,
        onprogress: (share) => (bar.value = share),
      });
      if ("uploadReload" in place.dataset) {
        form.removeAttribute("data-guard");
        form.reset();
        location.reload();
        return;
      }
      form.querySelector("[name=kept]").value = kept.key;
      box.textContent = [place.dataset.sent.replace("{name}", kept.name), kept.seconds && length(kept.seconds)].filter(Boolean).join(" · ");
    } catch (error) {
      box.classList.add("m-upload-error");
      box.textContent = error.message;
    }
    input.value = "";
    for (const button of buttons) button.disabled = false;
  }

  for (const place of document.querySelectorAll("[data-uploads]"))
    place.addEventListener("change", (event) => event.target.matches("[data-upload-kinds]") && upload(place, event.target));
})();
