/* Places by what readers type: names whatever the accents, hyphens, apostrophes and abbreviations; postcodes, codes of
   INSEE, SIREN, identifiers of territories. Every box and page of the site finds by this search in one index. */
window.AtlasFind = (() => {
  "use strict";
  const LIMIT = { commune: 8, epci: 3, territory: 3 };
  const KINDS = Object.keys(LIMIT);

  /* --- names ------------------------------------------------------------------------------------------- */

  const normal = (text) => {
    let plain = text.toLowerCase();
    if (/[^\x00-\x7f]/.test(plain)) {
      plain = plain.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss");
    }
    return plain.replace(/[^a-z0-9]+/g, " ").trim();
  };
  /* Names in full: "St", "Ste", "s/", "ss/", "lès", "ND" as the lists write them. */
  const MEANT = {
    st: "saint", ste: "sainte", sts: "saints", stes: "saintes", lez: "les", nd: "notre dame", "n d": "notre dame",
    s: "sur", ss: "sous",
  };
  const full = (text) => text.replace(/\b(?:ste?s?|lez|n ?d|ss?)\b/g, (one, at) => (
    one[1] !== "t" && one[0] === "s" && (!at || at + one.length === text.length) ? one : MEANT[one]
  ));
  /* What may stand before a name: an article, the kind of an intercommunalité. */
  const BEFORE = /^(?:(?:cc|ca|cu|communaute (?:de communes|d agglomeration|urbaine)) )?(?:(?:de la|de l|des|du|de|d|le|la|les|l) )?$/;

  /* Everything that can be found, from the data of the search: one entry a place, in parallel lists. */
  const places = (data) => {
    const communes = ofCommunes(data);
    const crowds = [new Array(data.epci.length).fill(0), new Array(data.territories.length).fill(0)];
    communes.forEach(({ group, territories, population }) => {
      if (group >= 0) crowds[0][group] += Math.max(0, population);
      territories.forEach((rank) => { if (rank >= 0) crowds[1][rank] += Math.max(0, population); });
    });
    const groups = data.epci.map(([code, name], rank) => (
      { kind: "epci", rank, name, code, population: crowds[0][rank] }
    ));
    const territories = data.territories.map(([phase, id, name, region], rank) => (
      { kind: "territory", rank, name, code: `${phase}:${id}`, phase, population: crowds[1][rank], place: region }
    ));
    const crowd = (one, other) => other.population - one.population;
    const all = [[...communes].sort(crowd), [...groups].sort(crowd), [...territories].sort(crowd)].flat();
    all.forEach((one) => { one.key = full(normal(one.name)); });
    const keys = all.map((one) => one.key);
    return {
      all, communes, groups, territories, data,
      spaced: lines(keys), tight: lines(keys.map((key) => key.replaceAll(" ", ""))), codes: null,
      around: data.departments.map(([code, name]) => normal(`${name} ${code}`)), long: null,
      departments: new Map(data.departments.map(([code], department) => [code.toLowerCase(), department])),
      named: data.departments.map(([, name]) => normal(name)),
    };
  };

  const ofCommunes = (data) => {
    const names = data.names.split("\n");
    const postcodes = data.postcodes.split("\n");
    const odd = new Map(data.odd.map(([rank, first, second]) => [rank, [first, second]]));
    const epts = new Map(data.ept);
    const communes = [];
    let rank = 0;
    data.departments.forEach(([department, title, count], place) => {
      for (const last = rank + count; rank < last; rank++) {
        const group = data.groups[rank];
        const code = department.slice(0, 2) + data.codes.slice(3 * rank, 3 * rank + 3);
        communes.push({
          kind: "commune", rank, name: names[rank], code, department: place, group,
          ept: epts.has(rank) ? epts.get(rank) : -1, population: data.populations[rank], place: `${title}, ${department}`,
          territories: odd.get(rank) || (group >= 0 ? data.epci[group].slice(2, 4) : [-1, -1]),
          postcodes: postcodes[rank].split(" ").filter(Boolean).map((one) => (one.length < 5 ? code.slice(0, 2) + one : one)),
        });
      }
    });
    return communes;
  };

  /* Ranks of the places of each code, by what kind of code it is, postcodes first: readers type those. */
  const codesOf = (known) => {
    known.codes = known.codes || indexed(known.all);
    return known.codes;
  };
  const indexed = (all) => {
    const found = { postcode: new Map(), insee: new Map(), siren: new Map(), id: new Map() };
    const add = (kind, code, rank) => {
      if (!found[kind].has(code)) found[kind].set(code, []);
      found[kind].get(code).push(rank);
    };
    all.forEach((one, rank) => {
      if (one.kind === "epci") add("siren", one.code, rank);
      else if (one.kind === "territory") add("id", one.code.slice(2).replace("-", ""), rank);
      else {
        add("insee", one.code.toLowerCase(), rank);
        one.postcodes.forEach((code) => add("postcode", code, rank));
      }
    });
    return found;
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
      visit(rank, text[at - 1], text[at + query.length], at - starts[rank]);
    }
  };

  /* --- codes ------------------------------------------------------------------------------------------- */

  const CODE = /^(?:\d{2,5}|\d{9}|2[ab]\d{0,3}|ti\d{4})$/;
  /* The code that was typed, if it is one: "57 290", "F-57290", "code postal 57290", "2a004"; else nothing. */
  const codeIn = (plain) => {
    const bare = plain.replace(/^(?:(?:code|postal|cp|insee|siren|fr?)\b ?)+/, "").replaceAll(" ", "");
    return CODE.test(bare) ? bare : "";
  };

  /* Places that have the code, also with its lost zero, each with what the code is to it; then those whose code begins
     so. Where none does, as for a CEDEX, communes of the nearest postcodes and
     the most populous of the département. */
  const byCode = (code, known) => {
    const met = new Map();
    const codes = codesOf(known);
    const note = (kind, shown, rating) => codes[kind].get(shown)?.forEach((rank) => {
      const before = met.get(rank);
      const place = before?.place || { ...known.all[rank], by: {} };
      if (!before) met.set(rank, { place, rating });
      if (!before || before.rating === rating) place.by[kind] ||= kind === "id" ? place.code.slice(2) : shown.toUpperCase();
    });
    const exact = /^\d{4}$/.test(code) ? `0${code}` : code;
    Object.keys(codes).forEach((kind) => note(kind, exact, 0));
    ["postcode", "insee"].forEach((kind) => {
      for (const one of codes[kind].keys()) if (one.startsWith(code)) note(kind, one, 1);
    });
    const missing = !met.size && /^\d{4,5}$/.test(code) ? code : "";
    if (missing) for (const one of nearby(code, known)) if (met.size < LIMIT.commune) note("postcode", one, 1);
    const found = best([...met].sort(([one], [other]) => one - other).map(([, one]) => one));
    return missing ? { ...found, missing, decided: null } : found;
  };
  /* Postcodes that begin as the code does: those of the three most populous communes, which CEDEX codes are mostly of,
     then the nearest. */
  const nearby = (code, known) => {
    const around = (one) => one.startsWith(code.slice(0, 2));
    const far = (one) => Math.abs(Number(code.padEnd(5, "0")) - Number(one));
    const near = [...codesOf(known).postcode.keys()].filter(around);
    near.sort((one, other) => far(one) - far(other) || (one < other ? -1 : 1));
    const large = known.all.flatMap(({ postcodes = [] }) => postcodes.filter(around).slice(0, 1)).slice(0, 3);
    return [...large, ...near];
  };

  /* --- names as they may be meant ---------------------------------------------------------------------- */

  const leading = (words, count) => [words.slice(count).join(" "), words.slice(0, count).join(" ")];
  const trailing = (words, count) => [words.slice(0, -count).join(" "), words.slice(-count).join(" ")];

  /* What was typed, as it may be meant: with abbreviations in full and without; with a département or a code apart.
     `whole`: only names that are all of the query count. */
  const readings = (plain, known) => {
    const found = [...new Set([full(plain), plain])].map((query) => ({ query }));
    const apart = (query, fits, whole = false) => { if (query) found.push({ query: full(query), fits, whole }); };
    const words = plain.split(" ");
    const city = plain.match(/^(paris|lyon|marseille) \d{1,2}(?:er|e|eme)?(?: arr[a-z]*)?$/);
    if (city) apart(city[1], null, true);
    const codes = words.filter((word) => known.departments.has(word));
    const rest = words.filter((word) => !codes.includes(word));
    if (codes.length === 1 && rest.length) {
      const department = known.departments.get(codes[0]);
      apart(rest.join(" "), (one) => one.department === department);
    }
    for (let count = 1; count < rest.length; count++) {
      for (const [query, said] of [leading(rest, count), trailing(rest, count)]) {
        const department = known.named.findIndex((name) => (
          name.endsWith(said) && BEFORE.test(name.slice(0, -said.length))));
        if (department >= 0) apart(query, (one) => one.department === department, true);
      }
    }
    for (const [query, code] of [leading(words, 1), trailing(words, 1)]) {
      if (CODE.test(code) && code.length === 5) {
        const fits = new Set(["postcode", "insee"].flatMap((kind) => codesOf(known)[kind].get(code) || []).map((rank) => known.all[rank]));
        apart(query, (one) => (fits.size ? fits.has(one) : one.code.startsWith(code.slice(0, 2).toUpperCase())));
      }
    }
    return found;
  };

  /* Ratings: 0 the whole name, 1 the same but for spaces and for what stands before it, 2 its beginning, 3 the same but
     for these, 4 the beginning of a word, 5 a part, 6 the same but for the spaces, 7 every word in the name or in the
     département's. Answers: the places to show, in order; with `total`, how many there are; `decided`, the one that is
     meant, where nothing else can be; `missing`, the code that no place has. */
  const WHOLE = 1, NONE = 9;
  const search = (text, known) => {
    const plain = normal(text).replace(/ ?\bcedex(?: \d{1,2})?\b/, "");
    const code = codeIn(plain);
    if (code) return answers(byCode(code, known));
    if (!plain) return answers(best([]));
    const ratings = new Uint8Array(known.all.length).fill(NONE);
    let count = 0;
    const note = (rank, rating) => {
      if (rating >= ratings[rank]) return;
      if (ratings[rank] === NONE) count++;
      ratings[rank] = rating;
    };
    readings(plain, known).forEach((reading) => byName(reading, known, note));
    if (!count) byWords(plain, known, note);
    const rated = [];
    ratings.forEach((rating, rank) => { if (rating < NONE) rated.push({ place: known.all[rank], rating }); });
    const words = plain.replace(/\S*\d\S*/g, "").trim();
    if (!rated.length && words && words !== plain) return Object.assign(search(words, known), { decided: null });
    return answers(best(rated));
  };
  const answers = ({ shown, ...others }) => Object.assign(shown, others);

  const byName = ({ query, fits, whole = false }, known, note) => {
    const close = query.replaceAll(" ", "");
    const [some, most] = [query.length > 1, close.length > 3];
    const rate = (rank, rating) => {
      if ((!whole || rating <= WHOLE) && (!fits || fits(known.all[rank]))) note(rank, rating);
    };
    scan(known.spaced, query, (rank, before, after, at) => {
      const ends = after === "\n";
      if (before === "\n") rate(rank, ends ? 0 : 2);
      else if (before === " ") rate(rank, BEFORE.test(known.all[rank].key.slice(0, at)) ? (ends ? 1 : 3) : 4);
      else if (some) rate(rank, 5);
    });
    if (!some) return;
    scan(known.tight, close, (rank, before, after) => {
      if (before === "\n") rate(rank, after === "\n" ? 1 : 3);
      else if (most) rate(rank, 6);
    });
  };

  const byWords = (plain, known, note) => {
    const words = full(plain).split(" ").map((word) => ` ${word}`);
    if (words.length < 2) return;
    known.long = known.long || known.all.map((one) => (
      one.kind === "commune" ? ` ${one.key} ${known.around[one.department]} ${one.code.toLowerCase()} ${one.postcodes.join(" ")}` : ""
    ));
    known.long.forEach((text, rank) => { if (words.every((word) => text.includes(word))) note(rank, 7); });
  };

  /* In French order: letters without their accents, hyphens and apostrophes as blanks, as the pages' lists are. */
  const alphabetical = (one, other) => (
    one.key !== other.key ? (one.key < other.key ? -1 : 1)
      : one.name !== other.name ? (one.name < other.name ? -1 : 1) : one.code < other.code ? -1 : 1
  );

  /* The best of each kind. Whole names and codes are all shown; of others the most populous, up to the limit. */
  const best = (rated) => {
    const buckets = Array.from({ length: NONE }, () => ({ commune: [], epci: [], territory: [] }));
    rated.forEach(({ place, rating }) => buckets[rating][place.kind].push(place));
    const left = { ...LIMIT };
    const shown = buckets.flatMap((kinds, rating) => KINDS.flatMap((kind) => {
      const kept = rating ? kinds[kind].slice(0, Math.max(0, left[kind])) : kinds[kind];
      left[kind] -= kept.length;
      return kept.sort((one, other) => !one.by?.postcode - !other.by?.postcode || alphabetical(one, other));
    }));
    const counts = buckets.map((kinds) => KINDS.reduce((sum, kind) => sum + kinds[kind].length, 0));
    const sure = rated.length === 1 || counts[0] === 1 || (!counts[0] && counts[WHOLE] === 1 && !counts[WHOLE + 1]);
    return { shown, total: rated.length, decided: sure ? shown[0] : null, missing: "" };
  };

  return { normal, full, places, search, alphabetical };
})();
