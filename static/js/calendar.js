// The calendar: the days that the server listed, drawn as a month or a week. The list stays what phones and readers get.
(() => {
  "use strict";
  const LOCALES = { "zh-hans": "zh-cn", "zh-hant": "zh-tw" };
  const EARLIEST = 8;
  const LATEST = 20;
  const HOUR_HEIGHT = 76;
  const HEAD_HEIGHT = 96;
  const PHONE = window.matchMedia("(max-width: 47.99rem)");
  let drawn;

  const pad = (number) => String(number).padStart(2, "0");
  const dateOf = (moment) => `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
  const hourOf = (text) => Number(text.slice(11, 13));

  function entriesOf(days) {
    return [...days.querySelectorAll("[data-entry]")].map((item) => {
      const { starts, ends } = item.dataset;
      const link = item.querySelector(".k-cal-link");
      const timed = starts.includes("T");
      return {
        title: item.querySelector(".k-cal-what").textContent,
        start: starts,
        end: ends || undefined,
        allDay: !timed,
        url: link.href || undefined,
        extendedProps: { item, link },
      };
    });
  }

  const daysByDate = (days) => new Map([...days.querySelectorAll("[data-date]")].map((day) => [day.dataset.date, day]));

  const classesOf = (item) => [...item.classList].filter((name) => name.startsWith("k-cal-") && name !== "k-cal-entry");

  function chip(info) {
    const nodes = [...info.event.extendedProps.link.children].map((child) => child.cloneNode(true));
    if (info.event.allDay) nodes.shift();
    return { domNodes: nodes };
  }

  function marksOf(day) {
    return day ? [...day.querySelectorAll("[data-mark]")] : [];
  }

  // What a day is called: its number, and what it is.
  function topOf(byDate, info, text) {
    const number = document.createElement("span");
    number.className = "k-cal-number";
    number.textContent = text;
    return { domNodes: [number, ...marksOf(byDate.get(dateOf(info.date))).map((mark) => mark.cloneNode(true))] };
  }

  // A phone's month has no room for titles: a day says how many there are, and leads to them in the list below.
  function tally(root, day) {
    const number = day.querySelectorAll("[data-entry]").length;
    if (!number || day.classList.contains("k-cal-filler")) return undefined;
    const link = document.createElement("a");
    link.className = "k-cal-tally";
    link.href = `#${day.id}`;
    link.textContent = String(number);
    const name = day.querySelector(".k-cal-heading > span").textContent;
    link.setAttribute("aria-label", `${name} · ${number} ${root.dataset.items}`);
    return link;
  }

  // The library hides a cell's top from readers, so the cell's own name says what the day is; the way to plan stands apart.
  function furnish(root, byDate, info) {
    const day = byDate.get(dateOf(info.date));
    const names = marksOf(day).map((mark) => mark.textContent.trim());
    if (names.length) info.el.setAttribute("aria-label", [info.el.getAttribute("aria-label"), ...names].join(" "));
    const link = day && (PHONE.matches ? tally(root, day) : day.querySelector("[data-add]")?.cloneNode(true));
    if (link) info.el.append(link);
  }

  function shadeOf(byDate, info) {
    const marks = marksOf(byDate.get(dateOf(info.date))).map((mark) => mark.dataset.mark);
    const resting = info.date.getDay() % 6 === 0 && !marks.includes("work");
    return ["k-cal-cell", ...marks.map((mark) => `k-cal-shade-${mark}`), ...(resting ? ["k-cal-shade-rest"] : [])].join(" ");
  }

  // "周一 23日", "Mon 23"
  function headOf(moment) {
    const written = (part) => new Intl.DateTimeFormat(document.documentElement.lang, part).format(moment);
    return `${written({ weekday: "short" })} ${written({ day: "numeric" })}`;
  }

  function hours(entries) {
    const timed = entries.filter((entry) => !entry.allDay);
    const first = Math.min(EARLIEST, ...timed.map((entry) => hourOf(entry.start)));
    const last = Math.max(LATEST, ...timed.map((entry) => (hourOf(entry.end) < hourOf(entry.start) ? 24 : hourOf(entry.end) + 1)));
    const end = Math.min(last, 24);
    const height = (end - first) * HOUR_HEIGHT + HEAD_HEIGHT;
    return { slotMinTime: `${pad(first)}:00:00`, slotMaxTime: `${pad(end)}:00:00`, height, expandRows: true };
  }

  function optionsOf(root, days) {
    const entries = entriesOf(days);
    const byDate = daysByDate(days);
    const plan = (date) => byDate.get(date)?.querySelector("[data-add]")?.href;
    return {
      initialView: root.dataset.view === "week" ? "timeGridWeek" : "dayGridMonth",
      initialDate: root.dataset.day,
      now: root.dataset.now,
      locale: LOCALES[document.documentElement.lang.toLowerCase()] || "en-gb",
      firstDay: 1,
      headerToolbar: false,
      fixedWeekCount: false,
      eventDisplay: "block",
      displayEventEnd: true,
      dayMaxEvents: 4,
      nowIndicator: true,
      slotEventOverlap: false,
      eventOrder: "start,title",
      ...(root.dataset.view === "week" ? hours(entries) : { height: "auto" }),
      events: PHONE.matches ? [] : entries,
      eventContent: chip,
      eventDidMount: (info) => info.el.setAttribute("title", info.event.extendedProps.link.textContent.replace(/\s+/g, " ").trim()),
      eventClass: (info) => ["k-cal-chip", ...classesOf(info.event.extendedProps.item)].join(" "),
      dayCellTopContent: (info) => topOf(byDate, info, String(info.date.getDate())),
      dayCellClass: (info) => shadeOf(byDate, info),
      dayCellDidMount: (info) => furnish(root, byDate, info),
      dayLaneClass: (info) => shadeOf(byDate, info),
      views: { timeGridWeek: { dayHeaderContent: (info) => topOf(byDate, info, headOf(info.date)) } },
      dateClick: (info) => {
        const url = !PHONE.matches && plan(dateOf(info.date));
        if (url && !info.jsEvent.target.closest("a, button")) window.location.assign(url);
      },
    };
  }

  function draw() {
    const root = document.querySelector("[data-calendar]");
    const grid = root?.querySelector("[data-grid]");
    if (!grid) return;
    const wanted = getComputedStyle(grid).display !== "none";
    if (drawn && (drawn.grid !== grid || drawn.phone !== PHONE.matches || !wanted)) {
      drawn.calendar.destroy();
      drawn = undefined;
    }
    if (!wanted || drawn || !window.FullCalendar) return;
    const calendar = new window.FullCalendar.Calendar(grid, optionsOf(root, root.querySelector("[data-days]")));
    drawn = { grid, calendar, phone: PHONE.matches };
    calendar.render();
  }

  // On a phone without a chosen view the list is what is seen: the switch says so, and it begins at today.
  function showList() {
    const root = document.querySelector("[data-calendar].k-cal-free");
    if (!root || getComputedStyle(root.querySelector("[data-days]")).display === "none") return;
    for (const link of root.querySelectorAll(".k-cal-views a")) {
      const here = "list" in link.dataset;
      link.classList.toggle("active", here);
      if (here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (!new URLSearchParams(window.location.search).has("day")) {
      root.querySelector(".k-cal-is-today")?.scrollIntoView({ block: "start" });
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    draw();
    showList();
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.target.id === "calendar") showList();
    draw();
  });
  PHONE.addEventListener("change", draw);
})();
