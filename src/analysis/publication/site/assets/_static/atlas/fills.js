/* What the colours of the map tell: the phase, what changed since the edition before, or a column of a context layer.
   A tone is the name of a look of the style sheet: `phase-1`, `entered`, `q0` to `q4`, `absent`, `out`… */
window.AtlasFills = (() => {
  "use strict";
  const TONES = 5;
  const MINUS = "−";

  const start = (app, config) => {
    const { element, drawing, fill: put } = AtlasData; // here: the script that gives them stands after this one
    const { words } = config;
    const columns = new Map(config.columns.map((one) => [one.key, one]));
    const format = (options) => new Intl.NumberFormat(config.language, options);
    const plain = format({ maximumFractionDigits: 0 });
    const share = format({ maximumFractionDigits: 1, minimumFractionDigits: 1 });
    const signed = format({ maximumFractionDigits: 1, minimumFractionDigits: 1, signDisplay: "exceptZero" });
    const filled = { column: null, contents: new Map() };

    const load = async (key) => {
      const wanted = [key, ...columns.get(key).with];
      const found = await Promise.all(wanted.map((one) => AtlasData.load(config.data, `layer-${one}`)));
      wanted.forEach((one, rank) => filled.contents.set(one, found[rank]));
    };
    /* Have these colours, once their values are there; what is no column leaves the map to the phases. */
    filled.choose = async (key) => {
      if (columns.has(key)) await load(key);
      filled.column = columns.get(key) || null;
    };
    filled.knows = (key) => columns.has(key);
    filled.byGroup = () => filled.column?.level === "epci";

    const percent = (value) => put(words.percent, { value });
    const text = (column, value) => (
      column.kind === "count" ? plain.format(value)
        : percent((column.kind === "change" ? signed : share).format(value)).replace("-", MINUS)
    );
    const classesOf = (content, phase) => content.classes[content.classes[0] ? 0 : phase] || [];
    const tone = (content, rank, phase) => {
      const value = rank === undefined ? null : content.values[rank];
      if (value === null) return "absent";
      const classes = classesOf(content, phase);
      const place = classes.filter(([low]) => low <= value).length - 1;
      return spread(Math.max(0, place), classes.length);
    };
    const spread = (place, count) => `q${count > 1 ? Math.round((place * (TONES - 1)) / (count - 1)) : TONES >> 1}`;

    /* The tone of a territory (by its rank among the newest of its phase) or of an EPCI. */
    filled.tone = (rank, phase) => tone(filled.contents.get(filled.column.key), rank, phase);

    const ranked = (column, content, value, rank, phase) => {
      const group = column.level === "epci" ? "Group" : "";
      const message = words[(rank === 1 ? "first" : "ranked") + group];
      return put(message, { value: text(column, value), rank: plain.format(rank), of: plain.format(content.of[group ? 0 : phase]) });
    };
    const line = (column, rank, phase) => {
      const content = filled.contents.get(column.key);
      if (rank === undefined) return words.otherGround;
      const value = content.values[rank];
      const covered = content.coverage?.[rank] ?? 100;
      const known = value === null ? words.absent : ranked(column, content, value, content.ranks[rank], phase);
      return covered < 99.95 ? `${known} (${put(words.covering, { share: percent(share.format(covered)) })})` : known;
    };
    /* Title and text of what the colours, and the columns that are told with them, say of a place. */
    filled.lines = (rank, phase) => [filled.column, ...filled.column.with.map((key) => columns.get(key))]
      .map((column) => [column.title, line(column, rank, phase)]);
    /* The value of a member of a territory by its code: an EPCI by its rank, or an établissement public territorial. */
    filled.ofMember = (code, rank) => {
      const content = filled.contents.get(filled.column.key);
      const [value, place] = rank === undefined ? content.others[code] || [null] : [content.values[rank], content.ranks[rank]];
      return value === null ? words.absent : ranked(filled.column, content, value, place, 0);
    };

    const holder = app.querySelector(".atlas-classes");
    const swatch = (name, label) => {
      const item = element("li");
      const box = drawing("svg", { class: "swatch", width: 28, height: 16, "aria-hidden": "true" });
      box.append(drawing("rect", { x: 1, y: 1, width: 26, height: 14, "data-tone": name }));
      item.append(box, label);
      return item;
    };
    /* The legend of the column for a phase; none without a column. */
    filled.legend = (phase) => {
      const { column } = filled;
      holder.hidden = !column;
      if (!column) { holder.replaceChildren(); return; }
      const content = filled.contents.get(column.key);
      const classes = classesOf(content, phase);
      const list = element("ul");
      list.append(...classes.map(([low, high], place) => swatch(spread(place, classes.length), low === high ? text(column, low)
        : put(words.between, { low: text(column, low), high: text(column, high) }))), swatch("absent", words.absent));
      const covered = percent(share.format(content.covered[filled.byGroup() ? 0 : phase]));
      const about = [
        `${column.means}.`, filled.byGroup() ? words.byGroup : words.byNewest,
        put(filled.byGroup() ? words.coveredGroups : words.coveredTerritories, { share: covered }), column.limits,
      ];
      const said = element("p", about.filter(Boolean).join(" "));
      said.append(` ${words.source} `, element("a", column.source, { href: config.root + column.address, lang: "fr" }), column.after);
      holder.replaceChildren(element("h2", column.title), list, said);
    };
    return filled;
  };

  return { start };
})();
