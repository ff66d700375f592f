// The pages of a PDF, drawn as they come into view; those that were shown are reported, later when there is no connection.
(() => {
  "use strict";
  const SEEN_AFTER = 600;
  const FAR = 3;
  const box = document.querySelector("[data-document]");
  if (!box) return;
  const $ = (name) => box.querySelector(`[data-${name}]`);
  const KEY = `leaf:${box.dataset.document}`;
  const leaves = $("leaves");
  const total = Number(box.dataset.pages);
  const seen = new Set(JSON.parse(box.dataset.seen));
  let here = Number(box.dataset.page);
  let unsent = new Set(kept());

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? [];
    } catch {
      return [];
    }
  }
  function keep() {
    try {
      if (unsent.size) localStorage.setItem(KEY, JSON.stringify([...unsent]));
      else localStorage.removeItem(KEY);
    } catch {
      // A browser without storage keeps them until the page is left.
    }
  }

  let told = here;
  async function send({ last = false } = {}) {
    const pages = [...unsent];
    if (!pages.length && here === told) return;
    try {
      const answer = await fetch(box.dataset.report, {
        method: "POST",
        keepalive: last,
        headers: { "X-CSRFToken": box.querySelector("[name=csrfmiddlewaretoken]").value },
        body: new URLSearchParams({ report: JSON.stringify({ seen: pages, page: here }) }),
      });
      if (answer.redirected || answer.status >= 500) throw new Error(String(answer.status));
      for (const page of pages) unsent.delete(page);
      keep();
      told = here;
      $("offline").hidden = true;
      if (answer.ok) show(await answer.json());
    } catch {
      $("offline").hidden = false;
    }
  }
  function show({ seen: pages, done }) {
    for (const page of pages) seen.add(page);
    $("shown").textContent = String(seen.size);
    if (done) $("done-note").hidden = false;
  }

  function see(page) {
    here = page;
    $("here").textContent = String(page);
    if (seen.has(page)) return;
    seen.add(page);
    unsent.add(page);
    keep();
    $("shown").textContent = String(seen.size);
    send();
  }

  // --- Drawing ---------------------------------------------------------------------------------------------------------
  async function draw(leaf, pdf) {
    if (leaf.dataset.drawn) return;
    leaf.dataset.drawn = "yes";
    const page = await pdf.getPage(Number(leaf.dataset.leaf));
    const plain = page.getViewport({ scale: 1 });
    const sharp = Math.min(devicePixelRatio || 1, 2);
    const view = page.getViewport({ scale: (leaf.clientWidth * sharp) / plain.width });
    leaf.style.aspectRatio = `${plain.width} / ${plain.height}`;
    const canvas = document.createElement("canvas");
    canvas.width = view.width;
    canvas.height = view.height;
    canvas.setAttribute("aria-hidden", "true");
    const words = document.createElement("div");
    words.className = "visually-hidden";
    words.textContent = (await page.getTextContent()).items.map((item) => item.str).join(" ");
    leaf.replaceChildren(canvas, words);
    await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport: view }).promise;
    leaf.dataset.ready = "";
  }
  function clear(leaf) {
    leaf.replaceChildren();
    delete leaf.dataset.drawn;
    delete leaf.dataset.ready;
  }

  function watchSight(pdf) {
    const near = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting) draw(target, pdf).catch(broken);
          else if (Math.abs(Number(target.dataset.leaf) - here) > FAR) clear(target);
        }
      },
      { rootMargin: "100%" },
    );
    const timers = new Map();
    // A page is seen when its middle has been in the middle of the window for a moment.
    const middle = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          clearTimeout(timers.get(target));
          if (!isIntersecting) continue;
          const wait = () => {
            if ("ready" in target.dataset) see(Number(target.dataset.leaf));
            else timers.set(target, setTimeout(wait, SEEN_AFTER));
          };
          timers.set(target, setTimeout(wait, SEEN_AFTER));
        }
      },
      { rootMargin: "-40% 0px -40% 0px" },
    );
    for (const leaf of leaves.children) {
      near.observe(leaf);
      middle.observe(leaf);
    }
  }

  async function start() {
    const library = await import(box.dataset.library);
    library.GlobalWorkerOptions.workerSrc = box.dataset.worker;
    const pdf = await library.getDocument({ url: box.dataset.address, isEvalSupported: false, useWasm: false }).promise;
    const first = (await pdf.getPage(1)).getViewport({ scale: 1 });
    for (let number = 1; number <= total; number += 1) {
      const leaf = document.createElement("div");
      leaf.className = "l-page";
      leaf.dataset.leaf = String(number);
      leaf.tabIndex = -1;
      leaf.setAttribute("role", "group");
      leaf.setAttribute("aria-label", box.dataset.pageLabel.replace("{number}", String(number)));
      leaf.style.aspectRatio = `${first.width} / ${first.height}`;
      leaves.append(leaf);
    }
    if (here > 1) leaves.children[here - 1].scrollIntoView();
    watchSight(pdf);
    send();
  }
  function broken() {
    $("broken").hidden = false;
  }

  for (const button of box.querySelectorAll("[data-turn]"))
    button.addEventListener("click", () => {
      const page = Math.min(Math.max(here + Number(button.dataset.turn), 1), total);
      here = page;
      leaves.children[page - 1]?.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    });
  addEventListener("online", () => send());
  addEventListener("pagehide", () => send({ last: true }));
  start().catch(broken);
})();
