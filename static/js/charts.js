// Draws every [data-chart] with ECharts in the product's own look: a palette for the colour-blind, light and dark.
(() => {
  "use strict";
  const PALETTES = {
    light: ["#0b7a6e", "#c8560a", "#3a6fc4", "#a8478a", "#8f6b00", "#5c6a74"],
    dark: ["#4fc4b8", "#f0914a", "#86b0f5", "#e08cc4", "#d9b53c", "#a5b2bb"],
  };
  const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];
  const drawn = new Map();

  const theme = () => (document.documentElement.getAttribute("data-bs-theme") === "dark" ? "dark" : "light");
  const variable = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // Colours are resolved by the browser, since the canvas knows no light-dark().
  function colour(value) {
    const probe = document.createElement("span");
    probe.style.color = value;
    document.body.append(probe);
    const resolved = getComputedStyle(probe).color;
    probe.remove();
    return resolved;
  }

  function colours() {
    return {
      text: colour("var(--tblr-body-color)"),
      quiet: colour("var(--tblr-secondary)"),
      line: colour("var(--tblr-border-color)"),
      surface: colour("var(--tblr-bg-surface)"),
      series: PALETTES[theme()],
    };
  }

  const list = (value) => (Array.isArray(value) ? value : value ? [value] : []);

  function axis(given, look) {
    if (!given) return given;
    const value = given.type === "value";
    return {
      ...given,
      axisLine: { show: !value, lineStyle: { color: look.line } },
      axisTick: { show: false },
      splitLine: { show: value, lineStyle: { color: look.line } },
      axisLabel: { color: look.quiet, hideOverlap: true, ...given.axisLabel },
    };
  }

  function styled(one, index, all, look) {
    const colourOf = look.series[index % look.series.length];
    if (one.type === "line") {
      one = { symbol: SYMBOLS[index % SYMBOLS.length], symbolSize: 7, connectNulls: false, lineStyle: { width: 2.5 }, ...one };
      if (all.length > 1) one.endLabel = { show: true, formatter: "{a}", color: colourOf, ...one.endLabel };
      one.labelLayout = { moveOverlap: "shiftY" };
    }
    if (one.type === "bar") one = { barMaxWidth: 28, itemStyle: { borderRadius: 3 }, ...one };
    if (one.type === "radar") one = { symbolSize: 5, areaStyle: { opacity: 0.08 }, ...one };
    if (one.markLine)
      one.markLine = {
        silent: true,
        symbol: "none",
        lineStyle: { color: look.quiet, type: "dashed", width: 1.5 },
        ...one.markLine,
        label: { color: look.quiet, position: "insideStartTop", ...one.markLine.label },
      };
    return one;
  }

  // Roughly how wide a label is: a Chinese character is twice a Latin letter.
  const width = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? 12.5 : 7), 0);

  const NARROW = 400;

  // A text in lines that are no wider than `most`.
  function inLines(text, most) {
    const lines = [""];
    for (const letter of text) {
      if (lines.at(-1) && width(lines.at(-1) + letter) > most) lines.push("");
      lines[lines.length - 1] += letter;
    }
    return lines.join("\n");
  }

  // Names round a radar break into lines, and on a phone the picture is smaller, so that none is cut at the edge.
  function radar(given, canvas, look) {
    const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
    const radius = wide < NARROW ? "54%" : (given.radius ?? "66%");
    const room = wide / 2 - (Number.parseFloat(radius) / 100) * (Math.min(wide, high) / 2) - 12;
    return {
      splitNumber: 4,
      center: ["50%", "56%"],
      axisNameGap: 8,
      splitLine: { lineStyle: { color: look.line } },
      splitArea: { show: false },
      axisLine: { lineStyle: { color: look.line } },
      ...given,
      radius,
      axisName: { color: look.text, formatter: (name) => inLines(name, Math.max(room, 40)), ...given.axisName },
    };
  }

  function dress(option, canvas) {
    const look = colours();
    const series = list(option.series);
    const named = series.filter((one) => one.type === "line").length > 1;
    const longest = Math.max(0, ...series.map((one) => width(one.name || "")));
    const marked = series.some((one) => one.markLine?.data?.some((line) => "xAxis" in line));
    return {
      color: look.series,
      animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 400,
      textStyle: { fontFamily: variable("--tblr-font-sans-serif"), color: look.text },
      tooltip: {
        trigger: option.radar || ["heatmap", "pie", "scatter"].includes(series[0]?.type) ? "item" : "axis",
        backgroundColor: look.surface,
        borderColor: look.line,
        textStyle: { color: look.text },
        confine: true,
      },
      grid: { left: 4, right: named ? Math.min(140, 16 + longest) : 16, top: !named && series.length > 1 ? 36 : marked ? 28 : 20, bottom: 4, containLabel: true },
      ...option,
      legend: {
        show: !named && series.length > 1,
        top: 0,
        textStyle: { color: look.text },
        ...option.legend,
      },
      ...(option.visualMap && {
        visualMap: {
          inRange: { color: theme() === "dark" ? ["#1b2a2f", "#2d7f76"] : ["#eef6f5", "#8fcdc5"] },
          ...option.visualMap,
        },
      }),
      ...(option.radar && {
        radar: radar(option.radar, canvas, look),
      }),
      ...(option.xAxis && { xAxis: axis(option.xAxis, look) }),
      ...(option.yAxis && { yAxis: axis(option.yAxis, look) }),
      series: series.map((one, index) => styled(one, index, series, look)),
    };
  }

  function drawOne(figure, moving = true) {
    const canvas = document.getElementById(figure.dataset.chart);
    const data = document.getElementById(`${figure.dataset.chart}-data`);
    if (!canvas || !data) return; // the page is going, or htmx has swapped it away
    const option = JSON.parse(data.textContent);
    drawn.get(figure)?.chart.dispose();
    const chart = window.echarts.init(canvas, null, { renderer: "svg" });
    chart.setOption({ ...dress(option, canvas), animation: moving });
    const observer = drawn.get(figure)?.observer ?? new ResizeObserver(() => drawn.get(figure)?.chart.resize());
    observer.observe(canvas);
    drawn.set(figure, { chart, observer });
  }

  function forgetGone() {
    for (const [figure, { chart, observer }] of drawn)
      if (!figure.isConnected) {
        observer.disconnect();
        chart.dispose();
        drawn.delete(figure);
      }
  }

  function draw(root) {
    forgetGone();
    const figures = [...root.querySelectorAll("[data-chart]")];
    if (root.matches?.("[data-chart]")) figures.push(root);
    figures.filter((figure) => figure.isConnected).forEach((figure) => drawOne(figure)); // swapped away meanwhile
  }

  document.addEventListener("themechange", () => [...drawn.keys()].forEach((figure) => drawOne(figure, false)));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-chart-switch]");
    if (!button) return;
    const figure = button.closest("[data-chart]");
    const table = document.getElementById(button.getAttribute("aria-controls"));
    table.hidden = !table.hidden;
    document.getElementById(figure.dataset.chart).hidden = !table.hidden;
    button.setAttribute("aria-pressed", String(!table.hidden));
    drawn.get(figure)?.chart.resize();
  });
  window.kefuCharts = { draw };
})();
