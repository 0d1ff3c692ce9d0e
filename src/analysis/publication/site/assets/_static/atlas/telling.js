/* What is said of places that were found: how many, which among those of one name, and what is known of one. */
window.AtlasTell = (() => {
  "use strict";
  const { element, fill: put } = AtlasData;

  /* The search of the site with its words, from the configuration in `holder`. `ready` loads the data once. */
  const start = (holder) => {
    const config = JSON.parse(holder.querySelector(".find-config").textContent);
    const { words, phases } = config;
    const number = (value) => new Intl.NumberFormat(config.language).format(value);
    const told = { config, words, known: null, sheets: {} };

    told.ready = () => Promise.all(["search", "sheets"].map((name) => AtlasData.load(config.data, name)))
      .then(([data, sheets]) => {
        told.known = told.known || AtlasFind.places(data);
        told.sheets = sheets;
        return told.known;
      });

    const label = (one) => (one.kind === "epci" ? words.epci
      : one.kind === "territory" ? put(words.territoryOf, { phase: one.phase }) : words.commune);
    const named = (by) => Object.entries(by || {}).map(([kind, code]) => put(words[kind], { code }));
    told.titled = (one) => (one.place ? put(words.inPlace, { name: one.name, place: one.place }) : one.name);

    /* A line on a place: its kind, where it is, the code it was found by, and its territories if it is to be told
       apart from another of its name. */
    told.line = (one, apart) => [
      label(one), one.place, ...named(one.by), ...(apart && one.kind !== "territory" ? [territories(one)] : []),
    ].filter(Boolean).join(" · ");
    const territories = (one) => {
      const [first, second] = [0, 1].map((phase) => within(one, phase));
      if (!first.inside.length && !second.inside.length) return words.nowhere;
      const names = ({ inside }) => inside.map((rank) => told.known.territories[rank].name).join(", ") || words.nowhere;
      return put(words.bothPhases, { first: names(first), second: names(second) });
    };
    /* Places that share their name with another one of the list. */
    told.homonyms = (found) => {
      const counts = new Map();
      found.forEach(({ key }) => counts.set(key, (counts.get(key) || 0) + 1));
      return new Set(found.filter(({ key }) => counts.get(key) > 1));
    };

    /* How many places answer, in words. */
    told.count = (found) => {
      if (!found.length) return words.none;
      if (found.missing) return put(words.missing, { code: found.missing });
      if (found.total === 1) return words.one;
      return put(found.total > found.length ? words.some : words.many, { count: number(found.total), shown: number(found.length) });
    };

    /* What is known of a place: its EPCI, its territory in each phase with the sheet, the way to the map. */
    told.card = (one) => {
      const card = element("div", "", { class: "find-card" });
      card.append(element("p", told.titled(one), { class: "find-title" }));
      const facts = element("dl");
      const fact = (name, ...what) => {
        const value = element("dd");
        value.append(...what);
        facts.append(element("dt", put(words.colon, { label: name })), value);
      };
      if (one.kind === "commune") {
        fact(words.group, one.group >= 0 ? told.known.groups[one.group].name : words.noGroup);
        if (one.ept >= 0) fact(words.ept, told.known.data.epts[one.ept][1]);
        fact(words.codes, named({ ...(one.postcodes.length && { postcode: one.postcodes.join(", ") }), insee: one.code }).join(" · "));
      }
      if (one.kind === "territory") fact(phases[one.phase], linked(one.rank));
      else [0, 1].forEach((phase) => fact(phases[phase + 1], ...links(within(one, phase))));
      card.append(facts, ...(one.kind === "commune" ? [told.since(one)] : []), element("a", words.map, { href: told.onMap(one) }));
      return card;
    };

    /* Since when a commune is where it is, and where it was in every edition of the lists: filled once they are read. */
    told.since = (one) => {
      const holder = element("div", "", { class: "find-since" });
      AtlasSince.editions(config.data).then((editions) => {
        const lines = AtlasSince.history(one, editions, told.known.data.territories);
        const list = element("dl");
        lines.forEach(({ edition, name }) => list.append(
          element("dt", put(words.ofEdition, { date: day(edition.from), phase: edition.phase })),
          element("dd", name || words.nowhere),
        ));
        const all = element("details", "", { open: "" });
        all.append(element("summary", words.byEdition), list);
        holder.append(element("p", sentence(AtlasSince.since(lines))), all);
      }).catch(() => { holder.textContent = words.listsFailed; });
      return holder;
    };
    const sentence = ({ id, name, edition, first, always }) => {
      const when = put(edition.from.length > 7 ? words.onDay : words.inMonth, { date: day(edition.from) });
      if (!id) return always ? words.neverListed : put(words.goneSince, { when });
      return put(first ? words.sinceFirst : words.since, { name, when, phase: edition.phase });
    };
    /* A day or a month in words: "2020-10-15", "2024-09". */
    const day = (text) => {
      const form = { year: "numeric", month: "long", timeZone: "UTC", ...(text.length > 7 && { day: "numeric" }) };
      const language = config.language === "en" ? "en-GB" : config.language;
      const words = new Intl.DateTimeFormat(language, form).format(new Date(text));
      return config.language === "fr" ? words.replace(/^1 /, "1er ") : words;
    };
    told.onMap = (one) => `${config.base}atlas/index.html#lieu=${encodeURIComponent(one.code)}`;
    const within = (one, phase) => {
      const ground = one.kind === "commune" ? [one] : told.known.communes.filter((commune) => commune.group === one.rank);
      const ranks = [...new Set(ground.map((commune) => commune.territories[phase]))];
      const inside = ranks.filter((rank) => rank >= 0);
      return { inside, partly: inside.length < ranks.length };
    };
    const links = ({ inside, partly }) => {
      if (!inside.length) return [words.nowhere];
      const parts = inside.flatMap((rank, place) => (place ? [", ", linked(rank)] : [linked(rank)]));
      return partly ? [...parts, ` (${words.partly})`] : parts;
    };
    const linked = (rank) => {
      const one = told.known.territories[rank];
      const address = told.sheets[one.code];
      return address ? element("a", one.name, { href: config.base + address }) : document.createTextNode(one.name);
    };
    return told;
  };

  return { start };
})();
