// The exam page's map: one question at a time or all, what is answered, what is flagged, and handing in.
(() => {
  "use strict";
  const page = window.kefuExam;
  if (!page) return;
  const { exam, words, questions, $ } = page;
  const last = questions.size;
  const isDone = (box) => "finished" in box.dataset || page.given(box) !== null;
  let place = Number(location.hash.match(/^#q-(\d+)$/)?.[1] ?? 1);
  let all = false;
  const sections = new Map(); // position -> the heading of its section
  let heading;
  for (const element of exam.querySelectorAll("[data-section], [data-position]")) {
    if ("section" in element.dataset) heading = element;
    else sections.set(Number(element.dataset.position), heading);
  }

  function draw() {
    for (const [position, box] of questions) {
      const link = $(`[data-goto="${position}"]`);
      const [done, marked] = [isDone(box), page.isFlagged(box)];
      link.toggleAttribute("data-done", done);
      link.toggleAttribute("data-flagged", marked);
      link.toggleAttribute("aria-current", !all && position === place);
      if (!all && position === place) link.setAttribute("aria-current", "step");
      $("[data-word]", link).textContent = ` ${done ? words.answered : words.unanswered}${marked ? `, ${words.flagged}` : ""}`;
      box.hidden = !all && position !== place;
    }
    for (const element of new Set(sections.values())) if (element) element.hidden = !all && element !== sections.get(place);
    exam.classList.toggle("a-one", !all);
    $("[data-steps]").hidden = all;
    $("[data-place]").textContent = `${place} / ${last}`;
    $('[data-step="-1"]').disabled = place === 1;
    $('[data-step="1"]').hidden = place === last;
    $("[data-at-end]").hidden = place !== last;
  }

  function go(position) {
    place = Math.min(Math.max(position, 1), last);
    openMap(false);
    draw();
    const box = questions.get(place);
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: all ? "start" : "nearest" });
    if (!all) window.scrollTo(0, 0);
  }

  function openMap(open) {
    $("[data-map]").classList.toggle("a-open", open);
    $("[data-open-map]").setAttribute("aria-expanded", String(open));
  }

  exam.addEventListener("click", (event) => {
    const button = event.target.closest("button, a");
    if (!button) return;
    if (button.dataset.step) go(place + Number(button.dataset.step));
    else if (button.dataset.goto) {
      event.preventDefault();
      go(Number(button.dataset.goto));
    } else if ("openMap" in button.dataset) openMap(button.getAttribute("aria-expanded") !== "true");
    else if ("toggleAll" in button.dataset) {
      all = !all;
      button.setAttribute("aria-pressed", String(all));
      draw();
    }
  });

  // --- Handing in ------------------------------------------------------------------------------------------------------
  function question() {
    const open = [...questions.values()].filter((box) => !isDone(box)).length;
    if (!open) return words.handIn;
    return open === 1 ? words.openOne : words.openMany.replace("%s", open);
  }
  exam.addEventListener("click", (event) => {
    const button = event.target.closest("[data-submit]");
    if (!button || page.isOver()) return;
    page.hurry();
    if (page.isWaiting()) {
      event.preventDefault();
      page.flush();
      window.kefuToast?.(words.wait, "warning");
      return;
    }
    Object.assign(button.dataset, { confirm: question(), confirmTitle: words.handInTitle, confirmYes: words.handInTitle });
  });

  $("[data-toggle-all]").hidden = false;
  page.on("change", draw);
  place = Math.min(Math.max(place, 1), last);
  draw();
})();
