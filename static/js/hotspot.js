// Where would you click? A point on a screenshot, by pointer, finger or arrow keys; in pixels of the picture.
(() => {
  "use strict";
  const PAUSE = 500; // arrow keys come in rows: the answer is sent when they rest
  const points = new WeakMap();
  const part = (box, name) => box.querySelector(`[data-${name}]`);

  function draw(box) {
    const hot = part(box, "hot");
    const cross = part(hot, "cross");
    const point = points.get(box);
    cross.toggleAttribute("hidden", !point);
    if (point) cross.setAttribute("transform", `translate(${point[0]} ${point[1]})`);
  }
  function say(box) {
    const hot = part(box, "hot");
    const point = points.get(box);
    part(hot, "hot-said").textContent = point ? hot.dataset.said.replace("%x", point[0]).replace("%y", point[1]) : hot.dataset.none;
  }

  const hotspot = {
    read: (box) => points.get(box) ?? null,
    show(box, answer) {
      points.set(box, answer);
      draw(box);
    },
    wire(box, changed) {
      const hot = part(box, "hot");
      const frame = part(hot, "hot-frame");
      const picture = frame.querySelector("img");
      const [width, height] = [Number(hot.dataset.width), Number(hot.dataset.height)];
      const [x, y] = [part(hot, "x").value, part(hot, "y").value];
      points.set(box, x && y ? [Number(x), Number(y)] : null);
      for (const element of hot.querySelectorAll("[data-without]")) element.remove();
      for (const element of hot.querySelectorAll("[data-with]")) element.hidden = false;
      frame.tabIndex = 0;
      frame.setAttribute("role", "application");
      frame.setAttribute("aria-label", hot.dataset.label);
      let timer;
      const put = (point, pause = 0) => {
        points.set(box, point);
        draw(box);
        clearTimeout(timer);
        timer = setTimeout(() => (say(box), changed()), pause);
      };
      frame.addEventListener("click", (event) => {
        const seen = picture.getBoundingClientRect();
        const place = (at, start, size, most) => Math.min(Math.max(Math.round(((at - start) / size) * most), 0), most);
        put([place(event.clientX, seen.left, seen.width, width), place(event.clientY, seen.top, seen.height, height)]);
      });
      frame.addEventListener("keydown", (event) => {
        const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (event.key === "Delete" || event.key === "Backspace") {
          event.preventDefault();
          return put(null);
        }
        if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        const step = event.shiftKey ? 1 : Math.max(Math.round(Math.max(width, height) / 60), 1);
        const [left, top] = points.get(box) ?? [Math.round(width / 2) - way[0] * step, Math.round(height / 2) - way[1] * step];
        const within = (at, most) => Math.min(Math.max(at, 0), most);
        put([within(left + way[0] * step, width), within(top + way[1] * step, height)], PAUSE);
        follow(frame, picture, points.get(box), width);
      });
      part(hot, "hot-zoom").addEventListener("click", (event) => {
        const large = hot.classList.toggle("a-hot-large");
        event.currentTarget.setAttribute("aria-pressed", String(large));
      });
      draw(box);
    },
  };
  // In full size the crosshair stays in sight.
  function follow(frame, picture, [x, y], width) {
    const scale = picture.clientWidth / width;
    frame.scrollLeft = Math.max(x * scale - frame.clientWidth / 2, 0);
    frame.scrollTop = Math.max(y * scale - frame.clientHeight / 2, 0);
  }

  window.kefuAnswers = { ...window.kefuAnswers, hotspot };
})();
