// The form of a recording: only the fields of the chosen source; the length of what lies at an address is read from it.
(() => {
  "use strict";
  const place = document.querySelector("[data-recording-form]");
  const address = place?.querySelector("[name=url]");
  if (!address) return;
  const field = (name) => place.querySelector(`[name=${name}]`);
  const box = (name) => place.querySelector(`[data-field=${name}]`);

  function show() {
    const web = place.querySelector("[name=source]:checked")?.value === "url";
    box("file").hidden = web;
    for (const name of ["url", "length"]) box(name).hidden = !web;
  }

  function measure() {
    field("measured").value = "";
    if (!address.value.startsWith("https://")) return;
    const probe = document.createElement("video");
    probe.preload = "metadata";
    probe.addEventListener("loadedmetadata", () => {
      if (!Number.isFinite(probe.duration)) return;
      field("measured").value = String(probe.duration);
      const whole = Math.round(probe.duration);
      field("length").value ||= `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    });
    probe.src = address.value;
  }

  place.addEventListener("change", (event) => {
    if (event.target.name === "source") show();
    if (event.target === address) measure();
  });
  show();
})();
