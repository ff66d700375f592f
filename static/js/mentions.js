// "@" in a post offers the people of the course: by name, pinyin or number; arrows and Enter choose, Escape closes.
(() => {
  "use strict";
  const PAUSE = 200;
  const TYPED = /@([^\s@]{0,30})$/;
  let serial = 0;

  function equip(box) {
    const text = box.querySelector("textarea");
    if (!text) return;
    const list = document.createElement("ul");
    list.className = "c-people-list";
    list.id = `people-${(serial += 1)}`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "@");
    box.append(list);
    text.setAttribute("aria-autocomplete", "list");
    text.setAttribute("aria-controls", list.id);
    let timer;
    let asked = 0;
    let place = 0;

    const typed = () => TYPED.exec(text.value.slice(0, text.selectionStart));
    const options = () => [...list.children];

    function close() {
      list.hidden = true;
      list.replaceChildren();
      text.removeAttribute("aria-activedescendant");
    }

    function mark(index) {
      const all = options();
      place = (index + all.length) % all.length;
      all.forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
      text.setAttribute("aria-activedescendant", all[place].id);
      all[place].scrollIntoView({ block: "nearest" });
    }

    function choose(person, namesakes) {
      const end = text.selectionStart;
      const start = end - typed()[0].length;
      const name = namesakes > 1 && person.number ? `@${person.name}(${person.number}) ` : `@${person.name} `;
      text.setRangeText(name, start, end, "end");
      close();
      text.focus();
      text.dispatchEvent(new Event("input", { bubbles: true }));
      close();
      clearTimeout(timer);
    }

    function draw(people) {
      list.replaceChildren(
        ...people.map((person, number) => {
          const option = document.createElement("li");
          option.id = `${list.id}-${number}`;
          option.setAttribute("role", "option");
          option.textContent = [person.name, person.where].filter(Boolean).join(" · ");
          const namesakes = people.filter((other) => other.name === person.name).length;
          option.addEventListener("mousedown", (event) => {
            event.preventDefault();
            choose(person, namesakes);
          });
          option.choose = () => choose(person, namesakes);
          return option;
        }),
      );
      list.hidden = people.length === 0;
      if (people.length) mark(0);
      else text.removeAttribute("aria-activedescendant");
    }

    async function ask() {
      const found = typed();
      if (!found) return close();
      const mine = (asked += 1);
      try {
        const answer = await fetch(`${box.dataset.people}?q=${encodeURIComponent(found[1])}`);
        if (!answer.ok || mine !== asked) return;
        draw((await answer.json()).people);
      } catch {
        close(); // without a connection names are typed in full
      }
    }

    text.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    text.addEventListener("blur", close);
    text.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") mark(place + 1);
      else if (event.key === "ArrowUp") mark(place - 1);
      else if (event.key === "Enter" || event.key === "Tab") options()[place].choose();
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  for (const box of document.querySelectorAll("[data-people]")) equip(box);
})();
