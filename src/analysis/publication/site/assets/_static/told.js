/* Cards beside numbers: where each comes from. Without this script a number's link leads to the same on a page.

   A click, or Enter, opens the card and moves the focus into it; keyboard focus alone shows it without moving.
   Escape closes it and gives the focus back. The data of all cards come in one script, when the first is asked for. */
(() => {
  const DELAY = 250; // ms of keyboard focus before a card shows: who only passes sees none
  const GAP = 8; // px between number, card and window
  const LEAST = 260; // px of a card's height, were it beyond the window
  const own = document.currentScript;
  let loading = null;
  let card = null;
  let opener = null; // the link whose card is open
  let entered = false; // whether the focus went into it: else the card only shows
  let timer = 0;
  let quiet = false; // the focus comes back from a card: show nothing

  const load = () => {
    loading ||= new Promise((resolve, reject) => {
      if (window.ATLAS_TOLD) return resolve(window.ATLAS_TOLD);
      const script = document.createElement("script");
      script.src = new URL("told-data.js", own.src).href;
      script.onload = () => (window.ATLAS_TOLD ? resolve(window.ATLAS_TOLD) : reject(new Error(script.src)));
      script.onerror = () => { loading = null; reject(new Error(script.src)); };
      document.head.append(script);
    });
    return loading;
  };

  // --- building: texts stay texts ---

  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value !== undefined && value !== "") element.setAttribute(name, value);
    }
    element.append(...children.filter((one) => one !== null && one !== ""));
    return element;
  };

  const rows = (pairs) => {
    const list = make("dl");
    for (const [name, ...texts] of pairs) {
      const shown = texts.filter((one) => one !== null && one !== "" && one !== undefined);
      if (shown.length) list.append(make("dt", {}, name), make("dd", {}, ...shown));
    }
    return list;
  };

  const french = (text) => make("span", { lang: "fr" }, text);
  const website = (address) => /^https?:\/\//.test(address);

  const ofClaim = (data, id) => {
    const { labels } = data;
    const claim = data.claims[id];
    if (!claim) return null;
    const source = data.sources[claim.source];
    const read = source.url && website(source.url)
      ? make("a", { href: source.url, rel: "external" }, labels.document) : null;
    const verdict = make("strong", { class: `verdict ${claim.verdict}` },
      make("span", { "aria-hidden": "true" }, data.signs[claim.verdict]), ` ${claim.label}`);
    return {
      title: claim.said,
      about: claim.about,
      parts: [
        make("blockquote", { lang: "fr" }, make("p", {}, claim.sentence)),
        make("p", { class: "told-note" }, labels.note),
        rows([
          [labels.source, `${source.producer}, `, french(source.title), source.date && `, ${source.date}`,
            read && " · ", read],
          [labels.precision, claim.precision],
          [labels.verdict, verdict, ` – ${claim.reason} (`,
            `${labels.rule} `, make("code", {}, claim.rule), ")"],
          [labels.computed, claim.computed],
        ]),
      ],
      more: labels.ledger,
    };
  };

  const ofCell = (data, path, link) => {
    const { labels } = data;
    const [name, column] = path.split("?")[0].split(".");
    const table = data.tables[name];
    if (!table || !table.columns[column]) return null;
    const [title, unit] = table.columns[column];
    return {
      title: link.textContent.trim(),
      about: labels.computedTitle,
      parts: [
        rows([
          [labels.column, title, unit && ` (${unit})`],
          [labels.row, link.dataset.row],
          [labels.held, link.dataset.held],
          [labels.table, `${table.title} (`, make("code", {}, `${name}.${column}`), ")"],
          [labels.stage, `${table.description} (`, make("code", {}, table.command), ")"],
          [labels.lists, table.sources],
          [labels.version, make("code", {}, table.version)],
        ]),
      ],
      more: labels.origin,
    };
  };

  const ofTables = (data, names, link) => {
    const { labels } = data;
    const tables = names.split(" ").map((name) => [name, data.tables[name]]);
    if (!tables.every(([, table]) => table)) return null;
    return {
      title: link.textContent.trim(),
      about: labels.derived,
      parts: [
        rows(tables.flatMap(([name, table]) => [
          [labels.table, `${table.title} (`, make("code", {}, name), ")"],
          [labels.stage, `${table.description} (`, make("code", {}, table.command), ")"],
          [labels.lists, table.sources],
        ])),
      ],
      more: labels.origin,
    };
  };

  const build = (data, link) => {
    const told = link.dataset.told;
    const rest = told.slice(told.indexOf(":") + 1);
    const found = told.startsWith("claim:") ? ofClaim(data, decodeURIComponent(rest))
      : told.startsWith("made:") ? ofTables(data, rest, link) : ofCell(data, rest, link);
    if (!found) return null;
    const close = make("button", { type: "button", class: "told-close", "aria-label": data.labels.close }, "×");
    close.addEventListener("click", () => shut(true));
    const made = make("div",
      { class: "told-card", id: "told-card", role: "dialog", "aria-labelledby": "told-title", tabindex: "-1" },
      close,
      make("p", { class: "told-title", id: "told-title" }, found.title),
      make("p", { class: "told-about" }, found.about),
      ...found.parts,
      make("p", { class: "told-more" }, make("a", { href: link.getAttribute("href") }, found.more)));
    made.addEventListener("keydown", inside);
    return made;
  };

  // --- opening and closing ---

  const shut = (back) => {
    clearTimeout(timer);
    if (!card) return;
    const from = opener;
    card.remove();
    card = null;
    opener = null;
    entered = false;
    from.setAttribute("aria-expanded", "false");
    from.removeAttribute("aria-controls");
    if (back) {
      quiet = true;
      from.focus({ preventScroll: true });
      quiet = false;
    }
  };

  const open = async (link, enter) => {
    const data = await load();
    if (opener !== link) {
      shut(false);
      if (!enter && document.activeElement !== link) return;
      const made = build(data, link);
      if (!made) { if (enter) window.location.assign(link.href); return; }
      card = made;
      opener = link;
      document.body.append(card);
      place();
      link.setAttribute("aria-expanded", "true");
      link.setAttribute("aria-controls", card.id);
    }
    if (enter) {
      entered = true;
      card.focus({ preventScroll: true });
    }
  };

  const place = () => {
    if (!card) return;
    const at = opener.getClientRects()[0] || opener.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    card.style.maxHeight = "";
    const above = at.top - 2 * GAP;
    const below = clientHeight - at.bottom - 2 * GAP;
    const under = below >= card.offsetHeight || below >= above;
    card.style.maxHeight = `${Math.max(under ? below : above, LEAST)}px`; // its content scrolls
    const left = Math.max(GAP, Math.min(at.left, clientWidth - card.offsetWidth - GAP));
    const top = under ? at.bottom + GAP : at.top - GAP - card.offsetHeight;
    card.style.left = `${left + window.scrollX}px`;
    card.style.top = `${Math.max(top + window.scrollY, GAP)}px`;
  };

  // The card stands at the end of the page: leaving it by Tab goes back to the number.
  const inside = (event) => {
    if (event.key !== "Tab") return;
    const stops = [...card.querySelectorAll("a[href], button")];
    const last = event.shiftKey ? [card, stops[0]] : [stops.at(-1)];
    if (!last.includes(document.activeElement)) return;
    event.preventDefault();
    shut(true);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.told");
    if (!link) { if (card && !card.contains(event.target)) shut(false); return; }
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    clearTimeout(timer);
    if (opener === link && entered) { shut(true); return; }
    open(link, true).catch(() => window.location.assign(link.href));
  });

  document.addEventListener("focusin", (event) => {
    clearTimeout(timer);
    const link = event.target.closest?.("a.told");
    if (card && event.target !== opener && !card.contains(event.target)) shut(false);
    if (!link || quiet || !link.matches(":focus-visible")) return;
    timer = setTimeout(() => open(link, false).catch(() => {}), DELAY);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    clearTimeout(timer);
    if (!card) return;
    event.preventDefault();
    shut(card.contains(document.activeElement));
  });

  window.addEventListener("resize", place);
  window.addEventListener("beforeprint", () => shut(false));

  for (const link of document.querySelectorAll("a.told")) {
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
  }
})();
