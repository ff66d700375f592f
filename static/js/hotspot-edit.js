// The author's screenshot: choosing or uploading it, and drawing its areas; each is a row below, which stays the truth.
(() => {
  "use strict";
  const place = document.querySelector("[data-draw]");
  const form = place?.closest("form");
  const choice = form?.querySelector("[data-hotspot-picture]");
  const rows = form?.querySelector("[data-rows=areas]");
  if (!place || !choice || !rows) return;
  const $ = (name) => place.querySelector(`[data-${name}]`);
  const [frame, picture, svg, said] = [$("draw-frame"), $("draw-picture"), $("draw-areas"), $("draw-said")];
  const SVG = "http://www.w3.org/2000/svg";
  let shape = "rect";
  let corners = []; // of the polygon that is being drawn
  let from = null;
  let drawn = null; // what is being drawn now

  const areas = () => [...rows.querySelectorAll(":scope > [data-row]")];
  const cell = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const numbers = (row) => (cell(row, "coords").value.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

  function load() {
    const digest = choice.value;
    frame.hidden = !digest;
    said.textContent = digest ? said.dataset.drawHint : "";
    if (digest) picture.src = place.dataset.file.replace("0".repeat(12), digest.slice(0, 12));
  }

  function element(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }
  function figure(kind, at) {
    if (kind === "rect" && at.length === 4)
      return element("rect", { x: Math.min(at[0], at[2]), y: Math.min(at[1], at[3]), width: Math.abs(at[2] - at[0]), height: Math.abs(at[3] - at[1]) });
    if (kind === "circle" && at.length === 3) return element("circle", { cx: at[0], cy: at[1], r: at[2] });
    if (kind === "poly" && at.length >= 4) return element("polyline", { points: at.join(" ") + (at.closed ? ` ${at[0]} ${at[1]}` : "") });
    return null;
  }

  function draw() {
    if (!picture.naturalWidth) return;
    svg.setAttribute("viewBox", `0 0 ${picture.naturalWidth} ${picture.naturalHeight}`);
    svg.replaceChildren();
    areas().forEach((row, index) => {
      const at = numbers(row);
      const made = figure(cell(row, "shape").value, Object.assign(at, { closed: true }));
      if (!made) return;
      const group = element("g", { class: `a-hot-area${Number(cell(row, "credit").value) === 0 ? " a-hot-bad" : ""}` });
      const label = element("text", { x: at[0] + 6, y: at[1] + 22, "font-size": Math.max(picture.naturalWidth / 40, 14) });
      label.textContent = index + 1;
      group.append(made, label);
      svg.append(group);
    });
    const now = figure(shape, shape === "poly" ? corners : (drawn ?? []));
    if (now) {
      const group = element("g", { class: "a-hot-area a-hot-half" });
      group.append(now);
      svg.append(group);
    }
  }

  function keep(coords) {
    let row = areas().find((each) => !cell(each, "coords").value.trim());
    if (!row) {
      rows.querySelector(":scope > [data-row-add]").click();
      row = areas().at(-1);
    }
    cell(row, "shape").value = shape;
    cell(row, "coords").value = coords.map(Math.round).join(", ");
    draw();
    cell(row, "label").focus();
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function point(event) {
    const seen = picture.getBoundingClientRect();
    const within = (at, most) => Math.min(Math.max(at, 0), most);
    return [
      within(((event.clientX - seen.left) / seen.width) * picture.naturalWidth, picture.naturalWidth),
      within(((event.clientY - seen.top) / seen.height) * picture.naturalHeight, picture.naturalHeight),
    ];
  }
  const far = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);

  const surface = frame.firstElementChild;
  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    from = point(event);
    surface.setPointerCapture(event.pointerId);
  });
  surface.addEventListener("pointermove", (event) => {
    if (!from || shape === "poly") return;
    const now = point(event);
    drawn = shape === "rect" ? [...from, ...now] : [...from, far(from, now)];
    draw();
  });
  surface.addEventListener("pointerup", (event) => {
    if (!from) return;
    const now = point(event);
    const close = picture.naturalWidth / 60;
    if (shape === "poly") {
      if (corners.length >= 6 && far(now, corners) < close) {
        const done = corners;
        corners = [];
        keep(done);
      } else corners.push(...now.map(Math.round));
    } else if (far(from, now) > 3) keep(shape === "rect" ? [...from, ...now] : [...from, far(from, now)]);
    [from, drawn] = [null, null];
    draw();
  });

  place.addEventListener("click", (event) => {
    const button = event.target.closest("[data-draw-shape]");
    if (!button) return;
    shape = button.dataset.drawShape;
    corners = [];
    for (const each of place.querySelectorAll("[data-draw-shape]")) each.setAttribute("aria-pressed", String(each === button));
    draw();
  });
  $("draw-file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    said.textContent = place.dataset.sending.replace("{name}", file.name);
    try {
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      const kept = await window.kefuUpload(place.dataset.upload, file, { kinds: "image", token, failed: place.dataset.failed });
      if (![...choice.options].some((option) => option.value === kept.key)) choice.add(new Option(kept.name, kept.key));
      choice.value = kept.key;
      load();
    } catch (error) {
      said.textContent = error.message;
    }
    event.target.value = "";
  });
  choice.addEventListener("change", load);
  rows.addEventListener("input", draw);
  rows.addEventListener("click", () => setTimeout(draw));
  picture.addEventListener("load", draw);
  place.hidden = false;
  load();
})();
