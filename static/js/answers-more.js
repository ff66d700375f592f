// Answers that are written or uploaded: short answers, numbers, essays, files.
(() => {
  "use strict";
  const letters = (text) => [...text.replace(/\s/gu, "")].length;
  const plain = (box) => {
    for (const element of box.querySelectorAll("[data-without]")) element.remove();
    for (const element of box.querySelectorAll("[data-with]")) element.hidden = false;
  };

  // One field; an essay counts its characters while it is written.
  const field = (box) => box.querySelector("[data-written]");
  const written = {
    read: (box) => field(box).value.trim() || null,
    show(box, answer) {
      field(box).value = answer ?? "";
      count(box);
    },
    wire(box) {
      field(box).addEventListener("input", () => count(box));
      count(box);
    },
  };
  function count(box) {
    const place = box.querySelector("[data-chars]");
    if (!place) return;
    const { fewest, most } = field(box).dataset;
    const { words, short, long } = place.dataset;
    const now = letters(field(box).value);
    const over = Number(most) && now > Number(most);
    const under = Number(fewest) && now && now < Number(fewest);
    place.textContent = (over ? long.replace("%s", now - most) : under ? short.replace("%s", fewest - now) : words.replace("%s", now));
    place.classList.toggle("a-too-long", Boolean(over));
  }

  // A file goes up as soon as it is chosen; the answer then names it.
  const kept = new WeakMap(); // the box's answer
  const upload = {
    read: (box) => kept.get(box) ?? null,
    show(box, answer) {
      kept.set(box, answer);
      const now = box.querySelector("[data-now]");
      now.hidden = !answer;
      now.querySelector("[data-link]").textContent = answer?.name ?? "";
    },
    wire(box, changed, about) {
      const place = box.querySelector("[data-upload]");
      const file = place.querySelector("[data-file]");
      file.removeAttribute("name"); // it is sent here, never with the form
      plain(place);
      if (place.dataset.answer) kept.set(box, decoded(place.dataset.answer));
      file.addEventListener("change", () => file.files[0] && send(box, place, file, changed, about));
      place.querySelector("[data-drop]").addEventListener("click", () => {
        upload.show(box, null);
        say(place, "");
        changed();
        file.focus();
      });
    },
  };
  // What the page's form sends back is the answer itself, sealed: base64 of JSON before the seal.
  function decoded(sealed) {
    try {
      const bytes = Uint8Array.from(atob(sealed.split(":")[0].replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return null;
    }
  }
  function say(place, text, bad = false) {
    const said = place.querySelector("[data-said]");
    said.textContent = text;
    said.classList.toggle("k-field-error", bad);
  }
  function send(box, place, file, changed, about) {
    const { attempt } = document.getElementById("exam")?.dataset ?? {};
    const [chosen] = file.files;
    if (!attempt) return say(place, place.dataset.here);
    const bar = place.querySelector("[data-progress]");
    const data = new FormData();
    data.append("attempt", attempt);
    data.append("position", about.position);
    data.append("file", chosen, chosen.name);
    const request = new XMLHttpRequest();
    const done = (text, bad) => {
      bar.hidden = true;
      file.disabled = false;
      file.value = "";
      say(place, text, bad);
    };
    request.open("POST", place.dataset.url);
    request.setRequestHeader("X-CSRFToken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && (bar.value = (100 * event.loaded) / event.total);
    request.onload = () => {
      if (request.status !== 201) return done(request.response?.message || place.dataset.failed, true);
      const { answer, url, size } = request.response;
      upload.show(box, answer);
      place.querySelector("[data-link]").href = url;
      place.querySelector("[data-size]").textContent = size;
      done(place.dataset.done.replace("{name}", answer.name));
      changed();
    };
    request.onerror = request.onabort = () => done(place.dataset.failed, true);
    say(place, place.dataset.sending.replace("{name}", chosen.name));
    bar.value = 0;
    bar.hidden = false;
    file.disabled = true;
    request.send(data);
  }

  window.kefuAnswers = { ...window.kefuAnswers, short: written, numerical: written, essay: written, upload };
})();
