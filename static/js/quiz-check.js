// Having one answer checked on the exam page; what is told stays until the answer is changed.
(() => {
  "use strict";
  const page = window.kefuExam;
  if (!page?.words.checkUrl) return;
  const { exam, words, $ } = page;

  exam.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-check]");
    if (!button) return;
    event.preventDefault();
    const box = button.closest("[data-position]");
    page.hurry();
    if (page.given(box) === null) return page.say(words.checkFirst, "bad");
    button.disabled = true;
    try {
      if (!(await page.settled(Number(box.dataset.position)))) return page.say(words.unsaved, "bad");
      await check(box);
    } catch {
      page.say(words.unsaved, "bad");
    } finally {
      button.disabled = false;
    }
  });

  async function check(box) {
    const answer = await page.post(words.checkUrl, { position: box.dataset.position });
    if (answer.redirected || answer.status >= 500) return page.say(words.unsaved, "bad");
    const said = await answer.json();
    if (!answer.ok) return page.say(said.message, "bad");
    $("[data-check-result]", box).innerHTML = said.html; // our own template, escaped by the server
    if (said.finished) finish(box);
    page.say("");
  }

  function finish(box) {
    box.dataset.finished = "";
    $("[data-ask]", box).hidden = true;
    $("[data-check]", box)?.remove();
    box.focus({ preventScroll: true });
  }

  page.on("change", (box) => {
    if (!("finished" in box.dataset)) $("[data-check-result]", box)?.replaceChildren();
  });
})();
