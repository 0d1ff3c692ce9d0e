/* The search box. Pattern: a combobox with a list of choices (WAI-ARIA), complete by keyboard. Where several places
   could be meant it asks, and decides nothing. */
(() => {
  "use strict";
  const { element } = AtlasData;

  const start = (box) => {
    const told = AtlasTell.start(box);
    const { config, words } = told;
    const form = box.querySelector("form");
    const input = box.querySelector(".find-input");
    const panel = box.querySelector(".find-panel");
    const list = box.querySelector(".find-options");
    const status = box.querySelector(".find-status");
    const answer = box.querySelector(".find-answer");
    let found = [], active = -1;

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    const ready = () => told.ready().catch(() => { say(words.failed); answer.textContent = words.failed; });
    const say = (text) => { status.textContent = text; box.querySelector(".find-said").textContent = text; };
    const close = () => {
      panel.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const light = (rank) => {
      active = rank;
      [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === rank)));
      if (rank < 0) { input.removeAttribute("aria-activedescendant"); return; }
      input.setAttribute("aria-activedescendant", list.children[rank].id);
      list.children[rank].scrollIntoView({ block: "nearest" });
    };
    const option = (one, rank, apart) => {
      const item = element("li", "", { role: "option", id: `${list.id}-${rank}`, "aria-selected": "false" });
      item.append(element("span", one.name, { class: "find-name" }), " ", element("span", told.line(one, apart), { class: "find-kind" }));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(one); });
      return item;
    };
    const show = () => {
      if (!told.known) return;
      const before = performance.now();
      found = AtlasFind.search(input.value, told.known);
      box.dataset.took = (performance.now() - before).toFixed(1);
      const homonyms = told.homonyms(found);
      list.replaceChildren(...found.map((one, rank) => option(one, rank, homonyms.has(one))));
      const asked = AtlasFind.normal(input.value);
      say(!asked ? "" : found.length ? `${told.count(found)} ${words.keys}` : words.none);
      answer.textContent = asked && !found.length && config.answers ? words.none : "";
      if (!found.length) { close(); return; }
      panel.hidden = false;
      input.setAttribute("aria-expanded", "true");
      light(-1);
    };

    const choose = (one) => {
      input.value = one.name;
      close();
      say("");
      if (config.answers) answer.replaceChildren(told.card(one));
      box.dispatchEvent(new CustomEvent("find:chosen", { bubbles: true, detail: one }));
    };

    input.addEventListener("focus", () => { ready(); }, { once: true });
    input.addEventListener("input", () => {
      if (told.known) { show(); return; }
      say(words.loading);
      ready().then(show);
    });
    input.addEventListener("keydown", (event) => {
      const open = !panel.hidden;
      const last = found.length - 1;
      if (event.key === "ArrowDown" && !open) { ready().then(() => { show(); if (found.length) light(0); }); }
      else if (event.key === "ArrowDown" && open) light(active < last ? active + 1 : 0);
      else if (event.key === "ArrowUp" && open) light(active > 0 ? active - 1 : last);
      else if (event.key === "Escape" && open) close();
      else return;
      event.preventDefault();
    });
    input.addEventListener("blur", close);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ready().then(() => {
        if (!told.known) return;
        if (panel.hidden) { input.focus(); show(); }
        const meant = found[active] || found.decided;
        if (meant) choose(meant);
        else if (found.length) say(`${told.count(found)} ${words.choose}`);
      });
    });
    box.atlas = { ready: () => ready().then(() => told.known), sheets: () => told.sheets, since: told.since };
  };

  document.querySelectorAll(".find").forEach(start);
})();
