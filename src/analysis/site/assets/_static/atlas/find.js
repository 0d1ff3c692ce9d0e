/* The search box: communes, EPCI and territories by name, whatever the accents, hyphens and apostrophes.
   Pattern: a combobox with a list of choices (WAI-ARIA), complete by keyboard. */
window.AtlasFind = (() => {
  "use strict";
  const LIMIT = { commune: 8, epci: 3, territory: 3 };

  /* --- names ------------------------------------------------------------------------------------------- */

  const normal = (text) => {
    let plain = text.toLowerCase();
    if (/[^\x00-\x7f]/.test(plain)) {
      plain = plain.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae");
    }
    return plain.replace(/[^a-z0-9]+/g, " ").trim();
  };
  const full = (text) => text.replace(/\bst(e?)(s?)\b/g, "saint$1$2");

  /* Everything that can be found, from the data of the search: one entry a place, in parallel lists. */
  const places = (data) => {
    const names = data.names.split("\n");
    const odd = new Map(data.odd.map(([rank, first, second]) => [rank, [first, second]]));
    const epts = new Map(data.ept);
    const communes = [];
    let rank = 0;
    data.departments.forEach(([code, , count], department) => {
      for (const last = rank + count; rank < last; rank++) {
        const group = data.groups[rank];
        const [first, second] = odd.get(rank) || (group >= 0 ? data.epci[group].slice(2, 4) : [-1, -1]);
        communes.push({
          kind: "commune", rank, name: names[rank], code: code.slice(0, 2) + data.codes.slice(3 * rank, 3 * rank + 3),
          department, group, ept: epts.has(rank) ? epts.get(rank) : -1, territories: [first, second],
          population: data.populations[rank], place: `${data.departments[department][1]}, ${code}`,
        });
      }
    });
    const people = new Array(data.epci.length).fill(0);
    communes.forEach((one) => { if (one.group >= 0) people[one.group] += Math.max(0, one.population); });
    const groups = data.epci.map(([code, name], group) => (
      { kind: "epci", rank: group, name, code, population: people[group] }
    ));
    const territories = data.territories.map(([phase, id, name, region], number) => (
      { kind: "territory", rank: number, name, code: `${phase}:${id}`, phase, population: 0, place: region }
    ));
    const crowd = (one, other) => other.population - one.population || (one.name < other.name ? -1 : 1);
    const all = [[...communes].sort(crowd), [...groups].sort(crowd), [...territories].sort(crowd)].flat();
    const keys = all.map((one) => full(normal(one.name)));
    return {
      all, communes, groups, territories, keys,
      spaced: lines(keys), tight: lines(keys.map((key) => key.replaceAll(" ", ""))),
      codes: lines(all.map((one) => (one.kind === "territory" ? "" : one.code.toLowerCase()))),
      around: data.departments.map(([code, name]) => normal(`${name} ${code}`)), long: null,
      departments: new Map(data.departments.map(([code], department) => [code.toLowerCase(), department])),
    };
  };

  /* Keys as one text, a line each, with the place where each begins: one search through it finds them all. */
  const lines = (keys) => {
    const starts = new Int32Array(keys.length + 1);
    let place = 1;
    keys.forEach((key, rank) => { starts[rank] = place; place += key.length + 1; });
    starts[keys.length] = place;
    return { text: `\n${keys.join("\n")}\n`, starts };
  };
  const scan = ({ text, starts }, query, visit) => {
    let rank = 0;
    for (let at = text.indexOf(query, 1); at >= 0; at = text.indexOf(query, at + 1)) {
      while (starts[rank + 1] <= at) rank++;
      visit(rank, text[at - 1], text[at + query.length]);
    }
  };

  /* What was typed, as it may be meant: with "st" for "saint" and without, with a département apart. */
  const readings = (plain, known) => {
    const words = plain.split(" ");
    const codes = words.filter((word) => known.departments.has(word));
    const found = [{ query: full(plain), department: -1 }];
    if (full(plain) !== plain) found.push({ query: plain, department: -1 });
    if (codes.length === 1 && words.length > 1) {
      const rest = full(words.filter((word) => word !== codes[0]).join(" "));
      found.push({ query: rest, department: known.departments.get(codes[0]) });
    }
    return found;
  };

  /* Ratings: 0 the whole name, 1 its beginning, 2 the same but for the spaces, 3 the beginning of a word, 4 a part,
     5 the same but for the spaces, 6 every word in the name or in the département's. */
  const NONE = 9;
  const search = (text, known) => {
    const plain = normal(text);
    if (!plain) return [];
    const ratings = new Uint8Array(known.all.length).fill(NONE);
    let count = 0;
    const note = (rank, rating, department = -1) => {
      if (rating >= ratings[rank] || (department >= 0 && known.all[rank].department !== department)) return;
      if (ratings[rank] === NONE) count++;
      ratings[rank] = rating;
    };
    for (const { query, department } of readings(plain, known)) {
      const close = query.replaceAll(" ", "");
      const [some, most] = [query.length > 1, close.length > 3];
      scan(known.spaced, query, (rank, before, after) => {
        if (before === "\n") note(rank, after === "\n" ? 0 : 1, department);
        else if (before === " ") note(rank, 3, department);
        else if (some) note(rank, 4, department);
      });
      if (some) {
        scan(known.tight, close, (rank, before, after) => {
          if (before === "\n") note(rank, after === "\n" ? 0 : 2, department);
          else if (most) note(rank, 5, department);
        });
      }
    }
    if (/^\d[\dab]\d+$/.test(plain)) {
      scan(known.codes, plain, (rank, before, after) => { if (before === "\n") note(rank, after === "\n" ? 0 : 1); });
    }
    if (count < LIMIT.commune) byWords(plain, known, note);
    return best(ratings, known);
  };

  const byWords = (plain, known, note) => {
    const words = full(plain).split(" ").map((word) => ` ${word}`);
    if (words.length < 2) return;
    known.long = known.long || known.all.map((one, rank) => (
      one.kind === "commune" ? ` ${known.keys[rank]} ${known.around[one.department]}` : ""
    ));
    known.long.forEach((text, rank) => { if (words.every((word) => text.includes(word))) note(rank, 6); });
  };

  /* The best of each kind: within a rating communes come first, the most populous before. */
  const best = (ratings, known) => {
    const buckets = Array.from({ length: NONE }, () => []);
    const held = buckets.map(() => ({ commune: 0, epci: 0, territory: 0 }));
    ratings.forEach((rating, rank) => {
      if (rating === NONE) return;
      const one = known.all[rank];
      if (held[rating][one.kind]++ < LIMIT[one.kind]) buckets[rating].push(one);
    });
    const left = { ...LIMIT };
    return buckets.flat().filter((one) => left[one.kind]-- > 0);
  };

  /* --- the box ----------------------------------------------------------------------------------------- */

  const { element, fill: put } = AtlasData;

  const start = (box) => {
    const config = JSON.parse(box.querySelector(".find-config").textContent);
    const { words, phases } = config;
    const form = box.querySelector("form");
    const input = box.querySelector(".find-input");
    const list = box.querySelector(".find-options");
    const status = box.querySelector(".find-status");
    const answer = box.querySelector(".find-answer");
    let known = null, sheets = {}, found = [], active = -1;

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    const ready = () => Promise.all([AtlasData.load(config.data, "search"), AtlasData.load(config.data, "sheets")])
      .then(([data, addresses]) => { known = known || Object.assign(places(data), { data }); sheets = addresses; })
      .catch(() => { status.textContent = words.failed; answer.textContent = words.failed; });

    const label = (one) => (one.kind === "epci" ? words.epci
      : one.kind === "territory" ? put(words.territoryOf, { phase: one.phase }) : words.commune);
    const titled = (one) => (one.place ? put(words.inPlace, { name: one.name, place: one.place }) : one.name);

    const close = () => {
      list.hidden = true;
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
    const show = () => {
      if (!known) return;
      const before = performance.now();
      found = search(input.value, known);
      box.dataset.took = (performance.now() - before).toFixed(1);
      list.replaceChildren(...found.map((one, rank) => {
        const item = element("li", "", { role: "option", id: `${list.id}-${rank}`, "aria-selected": "false" });
        item.append(element("span", one.name, { class: "find-name" }), " ",
          element("span", one.place ? `${label(one)} · ${one.place}` : label(one), { class: "find-kind" }));
        item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(one); });
        return item;
      }));
      const asked = normal(input.value);
      status.textContent = !asked ? "" : !found.length ? words.none
        : found.length === 1 ? words.one : put(words.many, { count: found.length });
      if (!found.length) { close(); answer.textContent = asked && config.answers ? words.none : ""; return; }
      answer.textContent = "";
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      light(-1);
    };

    const choose = (one) => {
      input.value = one.name;
      close();
      status.textContent = "";
      if (config.answers) answer.replaceChildren(told(one));
      box.dispatchEvent(new CustomEvent("find:chosen", { bubbles: true, detail: one }));
    };

    /* What is known of a place: its EPCI, its territory in each phase with the sheet, the way to the map. */
    const told = (one) => {
      const card = element("div", "", { class: "find-card" });
      card.append(element("p", titled(one), { class: "find-title" }));
      const facts = element("dl");
      const fact = (name, ...what) => {
        const value = element("dd");
        value.append(...what);
        facts.append(element("dt", put(words.colon, { label: name })), value);
      };
      if (one.kind === "commune") {
        fact(words.group, one.group >= 0 ? known.groups[one.group].name : words.noGroup);
        if (one.ept >= 0) fact(words.ept, known.data.epts[one.ept][1]);
      }
      if (one.kind === "territory") fact(phases[one.phase], linked(one.rank));
      else [0, 1].forEach((phase) => fact(phases[phase + 1], ...within(one, phase)));
      card.append(facts, element("a", words.map, { href: `${config.base}atlas/index.html#lieu=${encodeURIComponent(one.code)}` }));
      return card;
    };
    const within = (one, phase) => {
      const ground = one.kind === "commune" ? [one] : known.communes.filter((commune) => commune.group === one.rank);
      const ranks = [...new Set(ground.map((commune) => commune.territories[phase]))];
      const inside = ranks.filter((rank) => rank >= 0);
      if (!inside.length) return [words.nowhere];
      const parts = inside.flatMap((rank, place) => (place ? [", ", linked(rank)] : [linked(rank)]));
      return inside.length < ranks.length ? [...parts, ` (${words.partly})`] : parts;
    };
    const linked = (rank) => {
      const one = known.territories[rank];
      const address = sheets[one.code];
      return address ? element("a", one.name, { href: config.base + address }) : document.createTextNode(one.name);
    };

    input.addEventListener("focus", () => { ready(); }, { once: true });
    input.addEventListener("input", () => {
      if (known) { show(); return; }
      status.textContent = words.loading;
      ready().then(show);
    });
    input.addEventListener("keydown", (event) => {
      const open = !list.hidden;
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
        if (!known) return;
        if (list.hidden) show();
        if (found.length) choose(found[Math.max(0, active)]);
      });
    });
    box.atlas = { ready: () => ready().then(() => known), sheets: () => sheets };
  };

  document.querySelectorAll(".find").forEach(start);
  return { normal, full, places, search };
})();
