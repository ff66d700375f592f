// The time left on the exam page: announced each minute and at ten seconds; at its end the page hands in by itself.
(() => {
  "use strict";
  const page = window.kefuExam;
  const deadline = page && Number(page.words.deadline);
  if (!deadline) return;
  const { exam, words, $, $$ } = page;
  const clock = $("[data-clock]");
  let announced = Infinity;

  function tick() {
    const left = Math.max(Math.ceil((deadline - page.now()) / 1000), 0);
    const minutes = Math.floor(left / 60);
    const parts = minutes < 60 ? [minutes] : [Math.floor(minutes / 60), String(minutes % 60).padStart(2, "0")];
    clock.textContent = [...parts, String(left % 60).padStart(2, "0")].join(":");
    clock.parentElement.dataset.level = left <= 60 ? "warn" : "";
    const mark = left <= 10 ? 10 : Math.ceil(left / 60) * 60;
    if (mark < announced && (left % 60 === 0 || left <= 10 || announced === Infinity)) {
      announced = mark;
      announce(left <= 10 ? words.seconds : mark === 60 ? words.minute : words.minutes.replace("%s", mark / 60));
    }
    if (left === 2) page.hurry();
    if (left === 0) end();
  }

  function announce(text) {
    $("[data-announce]").textContent = text;
  }

  function end() {
    clearInterval(ticking);
    if (page.isOver()) return;
    announce(words.over);
    page.say(words.over);
    page.forget();
    for (const field of $$("input[name^=q-], select[name^=q-], textarea[name^=q-]")) field.disabled = true;
    location.assign(words.page); // the server does what the quiz wants when the time ends
  }

  const ticking = setInterval(tick, 1000);
  page.on("end", () => clearInterval(ticking));
  tick();
})();
