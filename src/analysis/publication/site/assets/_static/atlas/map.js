/* The interactive map: the editions of the lists, EPCI and communes as one comes nearer, by pointer and by keyboard.
   Everything it draws comes from files beside the site (data.js), what few readers ask for when they ask for it. The
   address keeps edition, colours, view and chosen place. */
(() => {
  "use strict";
  const NEAR_EPCI = 1, NEAR_COMMUNES = 3, NAMES_AT = { territory: 0.75, epci: 2.25, commune: 4 };
  const BITS = { epci: 1, "territory-1": 2, "territory-2": 4, department: 8 };
  const CHANGES = ["entered", "left", "moved"];
  const PANES = ["ground", "tones", "areas", "changes", "groups", "lines", "communes", "commune-lines", "chosen", "names"];
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  const start = async (app) => {
    const { element, fill: put } = AtlasData; // here: the script that gives them stands after this one
    const config = JSON.parse(document.getElementById("atlas-config").textContent);
    const { words, phases, editions } = config;
    const fills = AtlasFills.start(app, config);
    const number = (value) => new Intl.NumberFormat(config.language, { maximumFractionDigits: 1 }).format(value);
    const panel = app.querySelector(".atlas-panel");
    const facts = app.querySelector(".atlas-facts");
    const live = app.querySelector(".atlas-live");
    const box = app.querySelector(".find");
    let france, sheets;
    try {
      [france, sheets] = await Promise.all(["france", "sheets"].map((name) => AtlasData.load(config.data, name)));
    } catch (error) {
      facts.textContent = put(words.failed, { name: error.message });
      return;
    }
    const arcs = AtlasData.arcs(france.arcs, france.grid);
    const latest = editions.length - 1;
    const newestOf = (phase) => editions.findIndex((one) => one.newest && one.phase === phase);
    const state = { step: -1, asked: 0, fill: "phase", stepped: false, chosen: null, focused: null, hovered: null, written: "" };
    const edition = () => editions[state.step];
    let lists = null; // where each commune was, once an older edition or a change is asked for
    const departments = new Map(); // code -> what is drawn of it, or a promise of it
    let names = null; // of communes, once they are needed

    /* --- the map ---------------------------------------------------------------------------------------- */

    const tops = [...france.frames.map(([, left, bottom, right, top]) => [left, bottom, right, top]), france.mainland];
    const whole = L.latLngBounds(tops.flatMap(([left, bottom, right, top]) => [[bottom, left], [top, right]]));
    const map = L.map("atlas-map", {
      crs: L.CRS.Simple, attributionControl: false, zoomControl: false, maxZoom: 6.5, minZoom: -2.5, zoomSnap: 0.25,
      wheelPxPerZoomLevel: 90, maxBounds: whole.pad(0.35), maxBoundsViscosity: 0.7,
      zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm,
    });
    const renderers = {};
    PANES.forEach((name, rank) => {
      map.createPane(name).style.zIndex = 300 + 10 * rank;
      if (name !== "names") renderers[name] = L.svg({ pane: name, padding: 0.25 });
    });
    map.getPane("names").classList.add("leaflet-zoom-hide");
    map.getPane("names").setAttribute("aria-hidden", "true");
    const drawn = (pane, className, interactive = false) => (
      { pane, renderer: renderers[pane], className, interactive, bubblingMouseEvents: false, weight: 1, smoothFactor: 0.7 }
    );
    const outline = (layer, rank) => AtlasData.rings(france.shapes[layer][rank], arcs);
    const lines = (layer) => [...AtlasData.used(france.shapes[layer])].map((arc) => arcs[arc]);

    patterns(app, AtlasData.drawing);
    map.fitBounds(whole, { animate: false });
    france.regions.forEach((code, rank) => L.polygon(outline("region", rank), drawn("ground", "ground")).addTo(map));
    france.frames.forEach(([, left, bottom, right, top]) => (
      L.rectangle([[bottom, left], [top, right]], drawn("ground", "frame")).addTo(map)
    ));
    L.polyline(lines("region"), drawn("lines", "edge-region")).addTo(map);
    const nearLines = L.layerGroup([
      L.polyline(lines("department"), drawn("lines", "edge-department")),
    ]);
    let groups = null; // made when one comes near

    /* --- places ----------------------------------------------------------------------------------------- */

    const ranks = new Map(france.territories.map((one, rank) => [`${one.phase}:${one.id}`, rank]));
    const groupRanks = new Map(france.epci.map((one, rank) => [one[0], rank]));
    const within = [0, 0];
    const territories = france.territories.map((one, rank) => {
      const of = within[one.phase - 1]++;
      const [layer, code] = [`territory_${one.phase}`, `${one.phase}:${one.id}`];
      return { kind: "territory", rank, code, ...one, at: france.points[layer][of], shape: () => outline(layer, of) };
    });
    const epci = france.epci.map(([code, name, communes, population, first, second, plain], rank) => ({
      kind: "epci", rank, code, name, communes, population, territories: [first, second], plain,
      at: france.points.epci[rank], shape: () => outline("epci", rank),
    }));
    const point = (one) => L.latLng(one.at[1], one.at[0]);
    /* Territories of each edition by their number: those of the newest are there from the start. */
    const placesOf = new Map(editions.filter((one) => one.newest).map((one) => (
      [one.id, new Map(territories.filter(({ phase }) => phase === one.phase).map((place) => [place.id, place]))]
    )));
    const changesOf = new Map(); // edition -> what is drawn of its changes
    let current = new Map(); // the territories that are shown
    const newestId = (rank) => territories[rank].id;
    const listed = (one) => lists?.find(({ id }) => id === one.id) || one;
    const idIn = (one, of = edition()) => AtlasSince.idIn(one, listed(of), newestId);
    /* The territory that a commune or an EPCI is in, in the edition that is shown. */
    const placeOf = (one) => current.get(idIn(one)) || null;
    const findTerritory = (code) => {
      const [phase, id] = code.split(":");
      return edition()?.phase === Number(phase) && current.get(id) || territories[ranks.get(code)] || null;
    };
    const findPlace = async (code) => {
      if (code.includes(":")) return findTerritory(code);
      if (groupRanks.has(code)) return epci[groupRanks.get(code)];
      const department = code.startsWith("97") ? code.slice(0, 3) : code.slice(0, 2);
      if (!/^\d[\dAB]\d{3}$/.test(code) || !france.departments.some(([known]) => known === department)) return null;
      const loaded = await ofDepartment(department);
      return loaded ? loaded.communes.find((one) => one.code === code) || null : null;
    };

    /* --- territories, in the order of the keyboard ------------------------------------------------------ */

    /* What is drawn of a territory, made when it is first shown. */
    const areaOf = (one) => {
      if (!one.area) {
        one.area = listen(L.polygon(one.shape(), drawn("areas", `area phase-${one.phase}`, true)), one);
        one.area.on("add", () => { prepare(one.area.getElement(), one); paint(one.area, one); });
      }
      return one.area;
    };
    const shownAreas = () => [...current.values()];

    function listen(layer, one) {
      layer.on("mouseover", () => { state.hovered = one; show(); });
      layer.on("mouseout", () => { if (state.hovered === one) { state.hovered = null; show(); } });
      layer.on("click", () => choose(one.kind === "epci" ? placeOf(one) || one : one));
      layer.bindTooltip(() => tip(one), { sticky: true, className: "atlas-tip", opacity: 1, direction: "auto", offset: [12, 0] });
      return layer;
    }
    function prepare(path, one) {
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", "-1");
      path.setAttribute("aria-label", put(words.territoryLabel, one));
      path.dataset.place = one.code;
      path.addEventListener("focus", () => { rove(one); state.focused = one; show(); bringIn(one); });
      path.addEventListener("blur", () => { if (state.focused === one) { state.focused = null; show(); } });
      path.addEventListener("keydown", (event) => keys(event, one));
    }
    const pathOf = (one) => one.area?.getElement();
    let roving = null;
    function rove(one) {
      if (roving && pathOf(roving)) pathOf(roving).setAttribute("tabindex", "-1");
      roving = one;
      if (pathOf(one)) pathOf(one).setAttribute("tabindex", "0");
    }
    /* The stop of the keyboard is the territory nearest to the middle of what is seen. */
    function roveToMiddle() {
      if (state.focused) return;
      const middle = map.getCenter();
      const near = shownAreas().reduce((best, one) => {
        const far = map.distance(middle, point(one));
        return !best || far < best.far ? { one, far } : best;
      }, null);
      if (near) rove(near.one);
    }
    const TURNS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    function keys(event, one) {
      if (TURNS[event.key]) {
        const next = beside(one, TURNS[event.key]);
        if (next) pathOf(next).focus({ preventScroll: true });
      } else if (event.key === "Enter" || event.key === " ") {
        choose(one, { follow: true });
      } else if (event.key === "Escape") {
        map.getContainer().focus({ preventScroll: true });
      } else if (event.key === "+" || event.key === "=") {
        map.zoomIn();
      } else if (event.key === "-") {
        map.zoomOut();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    }
    /* The nearest territory on that side: what lies off the line counts double. */
    function beside(one, [right, up]) {
      const from = point(one);
      let best = null, least = Infinity;
      for (const other of shownAreas()) {
        const x = point(other).lng - from.lng, y = point(other).lat - from.lat;
        const along = x * right + y * up, off = Math.abs(x * up) + Math.abs(y * right);
        if (other === one || along <= 0 || off > 3 * along) continue;
        if (along + 2 * off < least) { least = along + 2 * off; best = other; }
      }
      return best;
    }
    function bringIn(one) {
      if (!map.getBounds().pad(-0.05).contains(point(one))) map.panTo(point(one), { animate: !calm });
    }

    /* --- communes --------------------------------------------------------------------------------------- */

    async function known() {
      names = names || await box.atlas.ready();
      return names;
    }
    function ofDepartment(code) {
      if (!departments.has(code)) {
        departments.set(code, Promise.all([known(), AtlasData.load(config.data, `communes-${code}`)])
          .then(([listed, content]) => draw(code, listed, content))
          .catch((error) => { departments.delete(code); live.textContent = put(words.failed, { name: error.message }); return null; }));
      }
      return departments.get(code);
    }
    function draw(code, listed, content) {
      const own = AtlasData.arcs(content.arcs, content.grid);
      const rank = france.departments.findIndex(([one]) => one === code);
      const communes = listed.communes.filter((one) => listed.data.departments[one.department][0] === code);
      communes.forEach((one, place) => {
        one.shape = () => AtlasData.rings(content.shapes[place], own);
        one.at = content.points[place];
        one.arcs = content.shapes[place];
      });
      const layer = L.layerGroup(communes.map((one) => {
        one.area = listen(L.polygon(one.shape(), drawn("communes", "commune", true)), one);
        return one.area.on("add", () => paint(one.area, one));
      }));
      for (const [name, bit] of Object.entries({ epci: BITS.epci, department: BITS.department })) {
        const some = own.filter((arc, place) => parseInt(content.divides[place], 16) & bit);
        L.polyline(some, drawn("commune-lines", `edge-${name}`)).addTo(layer);
      }
      return { code, communes, layer, own, content, box: france.departments[rank].slice(2) };
    }
    /* Whether an arc of a département divides the territories of the edition that is shown, or EPCI. */
    const dividing = ({ content }, bit) => {
      const turned = new Set(bit === BITS.epci ? [] : content.editions[edition().id]);
      return (arc) => Boolean(parseInt(content.divides[arc], 16) & bit) !== turned.has(arc);
    };
    /* The borders of the territories that are shown, along the communes of a département. */
    function drawEdges(one) {
      one.edges?.remove();
      const name = `territory-${edition().phase}`;
      const divides = dividing(one, BITS[name]);
      one.edges = L.polyline(one.own.filter((_, arc) => divides(arc)), drawn("commune-lines", `edge-${name}`)).addTo(map);
    }
    const shownDepartments = new Map();
    const insetAt = ({ lat, lng }) => france.frames.find(([, left, bottom, right, top]) => (
      lng > left && lng < right && lat > bottom && lat < top
    ));
    /* The zoom that would show the mainland at the scale of what is in the middle. */
    const nearness = () => map.getZoom() + Math.log2(insetAt(map.getCenter())?.[5] || 1);
    async function communesInView() {
      const near = nearness() >= NEAR_COMMUNES;
      app.dataset.near = near ? "communes" : map.getZoom() >= NEAR_EPCI ? "epci" : "";
      app.dataset.drawn = "false";
      const view = map.getBounds().pad(0.1);
      const wanted = near ? france.departments.filter(([, , left, bottom, right, top]) => (
        view.intersects([[bottom, left], [top, right]])
      )).map(([code]) => code) : [];
      for (const [code, one] of shownDepartments) {
        if (!wanted.includes(code)) { one.layer.remove(); one.edges.remove(); shownDepartments.delete(code); }
      }
      const loaded = await Promise.all(wanted.map(ofDepartment));
      if (nearness() < NEAR_COMMUNES) return;
      loaded.filter(Boolean).forEach((one) => {
        const seen = map.getBounds().pad(0.1).intersects([[one.box[1], one.box[0]], [one.box[3], one.box[2]]]);
        if (seen && !shownDepartments.has(one.code)) { one.layer.addTo(map); drawEdges(one); shownDepartments.set(one.code, one); }
      });
      app.dataset.drawn = String(loaded.every(Boolean));
    }
    function groupsInView() {
      const near = map.getZoom() >= NEAR_EPCI;
      if (near && !groups) {
        const parts = epci.filter((one) => one.plain).map((one) => (
          listen(L.polygon(one.shape(), drawn("groups", "group", true)), one)
        ));
        groups = L.layerGroup([...parts, L.polyline(lines("epci"), drawn("lines", "edge-epci"))]);
      }
      [groups, nearLines].filter(Boolean).forEach((one) => (near ? one.addTo(map) : one.remove()));
    }

    /* --- what is chosen --------------------------------------------------------------------------------- */

    const marks = L.layerGroup().addTo(map);
    function mark() {
      marks.clearLayers();
      const seen = new Set([state.chosen, state.focused, state.hovered].filter(Boolean));
      seen.forEach((one) => {
        const kind = one === state.focused ? "mark focused" : one === state.chosen ? "mark chosen" : "mark hovered";
        const along = one.kind === "epci" || current.get(one.id) === one;
        const near = app.dataset.near === "communes" && along ? edges(one) : null;
        ["halo", "line"].forEach((part) => {
          const options = { ...drawn("chosen", `${kind} ${part}`), fill: false };
          (near ? L.polyline(near, options) : L.polygon(one.shape(), options)).addTo(marks);
        });
      });
    }
    /* The outline of a territory or an EPCI along the communes that are drawn. */
    function edges(one) {
      const bit = one.kind === "epci" ? BITS.epci : BITS[`territory-${one.phase}`];
      const inside = (commune) => (one.kind === "epci" ? commune.group === one.rank : idIn(commune) === one.id);
      const found = [];
      shownDepartments.forEach((department) => {
        const counts = new Map();
        department.communes.filter(inside).forEach((commune) => AtlasData.used(commune.arcs).forEach((arc) => counts.set(arc, (counts.get(arc) || 0) + 1)));
        const divides = dividing(department, bit);
        counts.forEach((count, arc) => { if (count === 1 && divides(arc)) found.push(department.own[arc]); });
      });
      return found;
    }
    function choose(one, { follow = false, move = false } = {}) {
      state.chosen = one;
      if (one && one.kind === "territory" && current.get(one.id) !== one) stepTo(newestOf(one.phase)).then(write);
      if (one && move) goTo(one);
      show();
      if (one) say(one);
      write();
      if (one && follow) facts.querySelector("h2").focus();
    }
    function goTo(one) {
      if (one.kind === "commune") { map.setView(point(one), Math.max(map.getZoom(), 4), { animate: !calm }); return; }
      map.fitBounds(L.polygon(one.shape()).getBounds().pad(0.35), { animate: !calm, maxZoom: 4 });
    }
    function say(one) {
      live.textContent = one.kind === "commune" ? one.name
        : put(words.selected, { name: one.name, communes: number(one.communes), population: number(one.population) });
    }

    /* --- the panel -------------------------------------------------------------------------------------- */

    let told = null;
    function show() {
      mark();
      const one = state.focused || state.chosen || state.hovered;
      panel.classList.toggle("filled", Boolean(one));
      if (one === told) return;
      told = one;
      facts.replaceChildren(...(one ? describe(one) : []));
      panel.scrollTop = 0;
    }
    function tip(one) {
      const made = element("div");
      made.append(element("strong", one.name));
      const lines = one.kind === "territory" ? [phases[one.phase], one.region] : [];
      if (one.kind === "commune") lines.push(one.group >= 0 ? epci[one.group].name : words.noGroup);
      if (one.kind !== "territory") lines.push(placeOf(one) ? placeOf(one).name : words.outside);
      valuesOf(one).slice(0, 1).forEach(([, line]) => lines.push(line));
      lines.forEach((line) => made.append(element("span", line)));
      return made;
    }
    function describe(one) {
      const kicker = one.kind === "territory" ? put(one.edition ? words.kickerThen : words.kicker, { phase: phases[one.phase] })
        : one.kind === "epci" ? words.group : words.commune;
      const head = element("div", "", { class: "atlas-head" });
      const heading = element("h2", one.name, { tabindex: "-1" });
      head.append(element("p", kicker, { class: `atlas-kicker${one.phase ? ` phase-${one.phase}` : ""}` }), heading);
      if (one === state.chosen) {
        const shut = element("button", "×", { type: "button", class: "atlas-close", "aria-label": words.close });
        shut.addEventListener("click", () => { choose(null); roving ? pathOf(roving)?.focus({ preventScroll: true }) : null; });
        head.append(shut);
      }
      const list = element("dl");
      const fact = (name, ...what) => {
        const value = element("dd");
        value.append(...what);
        list.append(element("dt", name), value);
      };
      if (one.kind === "territory") return [head, ...ofTerritory(one, list, fact)];
      if (one.kind === "commune") {
        fact(words.department, one.place);
        const group = one.group >= 0 ? epci[one.group] : null;
        fact(words.group, group ? jump(group.name, group) : words.noGroup);
      } else fact(words.communeCount, number(one.communes));
      if (one.population >= 0) fact(words.population, number(one.population));
      [0, 1].forEach((phase) => fact(put(words.inPhase, { phase: phases[phase + 1] }), ...reached(one, phase)));
      valuesOf(one).forEach(([title, line]) => fact(title, line));
      if (one.kind !== "commune") return [head, list];
      const since = element("div");
      known().then(() => since.append(box.atlas.since(one)));
      return [head, list, since];
    }
    /* What the colours say of a place, if they tell of a column: titles and texts. */
    function valuesOf(one) {
      if (!fills.column) return [];
      if (!fills.byGroup()) return one.kind === "territory" ? fills.lines(rankOf(one), one.phase) : [];
      return one.kind === "epci" ? fills.lines(one.rank, 0) : [];
    }
    /* The rank of a territory among the newest of its phase, if it has the same ground there. */
    const rankOf = (one) => (one.edition ? (one.same ? ranks.get(one.code) : undefined) : one.rank);
    function reached(one, phase) {
      const rank = one.territories[phase];
      if (one.kind === "epci" && !one.plain) return mixed(one, phase);
      return rank >= 0 ? links(territories[rank]) : [words.nowhere];
    }
    /* An EPCI whose communes are in several territories: what each commune says, once their names are there. */
    function mixed(one, phase) {
      const slot = element("span", words.loading);
      known().then((listed) => {
        if (!listed) return;
        const found = [...new Set(listed.communes.filter((commune) => commune.group === one.rank).map((commune) => commune.territories[phase]))];
        const inside = found.filter((rank) => rank >= 0);
        const parts = inside.flatMap((rank, place) => (place ? ["; ", ...links(territories[rank])] : links(territories[rank])));
        slot.replaceChildren(...(inside.length ? parts : [words.nowhere]));
        if (inside.length && inside.length < found.length) slot.append(` (${words.partly})`);
      });
      return [slot];
    }
    function sheetOf(one, text, spoken = "") {
      const address = sheets[one.code];
      return address ? element("a", text, { href: config.root + address, ...(spoken ? { "aria-label": spoken } : {}) }) : null;
    }
    function jump(text, one, spoken = "") {
      const made = element("button", text, { type: "button", class: "atlas-jump", ...(spoken ? { "aria-label": spoken } : {}) });
      made.addEventListener("click", () => choose(one, { move: true, follow: true }));
      return made;
    }
    function links(one) {
      const link = sheetOf(one, one.name, put(words.sheetOf, one));
      return [link || one.name, " ", jump(words.show, one, put(words.showOf, one))];
    }
    function ofTerritory(one, list, fact) {
      fact(words.region, one.region);
      fact(words.communeCount, number(one.communes));
      fact(words.population, number(one.population));
      valuesOf(one).forEach(([title, line]) => fact(title, line));
      const other = 3 - one.phase;
      const others = one.others.flatMap((rank, place) => (place ? [element("br"), ...links(territories[rank])] : links(territories[rank])));
      fact(put(words.inPhase, { phase: phases[other] }), ...(others.length ? others : [words.nowhere]));
      const sheet = sheetOf(one, words.sheet);
      const way = element("p", "", { class: "atlas-sheet" });
      if (sheet) way.append(sheet);
      return [way, list, ...(fills.byGroup() ? [membersByValue(one)] : []), members(one), communesOf(one)];
    }
    function membersByValue(one) {
      const made = element("details", "", { open: "" });
      const items = element("ul");
      one.members.filter(([kind]) => kind !== "commune").forEach(([, code, name]) => (
        items.append(element("li", put(words.memberValue, { name, value: fills.ofMember(code, groupRanks.get(code)) })))
      ));
      made.append(element("summary", put(words.ofMembers, { title: fills.column.title })), items);
      return made;
    }
    function members(one) {
      if (!one.members.length) return element("p", words.membersUntold, { class: "atlas-untold" });
      const made = element("details", "", { open: "" });
      const items = element("ul");
      one.members.forEach(([kind, , name, communes, population]) => {
        const message = kind === "commune" ? words.memberCommune : communes === 1 ? words.memberLineOne : words.memberLine;
        items.append(element("li", put(message, { name, communes: number(communes), population: number(population) })));
      });
      made.append(element("summary", put(words.membersCount, { count: number(one.members.length) })), items);
      return made;
    }
    function communesOf(one) {
      const made = element("details");
      made.append(element("summary", put(words.communesCount, { count: number(one.communes) })), element("p", words.loading));
      const then = one.edition ? editions.find(({ id }) => id === one.edition) : editions[newestOf(one.phase)];
      const of = (communes) => communes.filter((commune) => idIn(commune, then) === one.id);
      made.addEventListener("toggle", async () => {
        const listed = await known();
        if (!listed) return;
        const items = element("ul", "", { class: "atlas-communes" });
        of(listed.communes)
          .sort((first, second) => first.name.localeCompare(second.name, "fr"))
          .forEach((commune) => {
            const item = element("li");
            const link = element("a", commune.name, { href: `#lieu=${commune.code}` });
            item.append(link);
            items.append(item);
          });
        made.lastChild.replaceWith(items);
      }, { once: true });
      return made;
    }

    /* --- names on the map ------------------------------------------------------------------------------- */

    function label() {
      const pane = map.getPane("names");
      const zoom = nearness();
      const view = map.getBounds();
      const size = map.getSize();
      const narrow = 2 ** map.getZoom() * 220 < 80;
      const found = france.frames.map(([code, left, bottom, , top], rank) => {
        const below = narrow && rank % 2 === 1;
        return { text: config.frames[code], at: L.latLng(below ? bottom : top, left), kind: below ? "frame below" : "frame" };
      });
      if (zoom >= NAMES_AT.territory && zoom < NAMES_AT.commune) {
        const order = [...shownAreas()].sort((first, second) => second.population - first.population);
        order.forEach((one) => found.push({ text: one.name, at: point(one), kind: "territory" }));
      }
      if (zoom >= NAMES_AT.epci && zoom < NAMES_AT.commune) {
        const order = [...epci].sort((first, second) => second.population - first.population);
        order.forEach((one) => found.push({ text: one.name, at: point(one), kind: "epci" }));
      }
      if (zoom >= NAMES_AT.commune) {
        const order = [...shownDepartments.values()].flatMap((one) => one.communes);
        order.sort((first, second) => second.population - first.population);
        order.forEach((one) => found.push({ text: one.name, at: point(one), kind: "commune" }));
      }
      const taken = [];
      const spans = [];
      for (const one of found) {
        if (!view.contains(one.at) || spans.length > 90) continue;
        const place = map.latLngToContainerPoint(one.at);
        const frame = one.kind.startsWith("frame");
        const wide = one.kind === "commune" || frame ? one.text.length : Math.min(16, one.text.length);
        const [width, height] = [wide * 6.6 + 4, one.kind === "commune" || frame ? 15 : Math.ceil(one.text.length / 15) * 14 + 2];
        const left = frame ? place.x : place.x - width / 2;
        const top = !frame ? place.y - height / 2 : one.kind === "frame" ? place.y - 16 : place.y;
        const cut = left < 2 || top < 2 || left + width > size.x - 2 || top + height > size.y - 2;
        if (cut && !frame) continue;
        if (taken.some(([x, y, right, low]) => left < right && x < left + width && top < low && y < top + height)) continue;
        taken.push([left, top, left + width, top + height]);
        const at = map.latLngToLayerPoint(one.at);
        const span = element("span", "", { class: `map-name of-${one.kind}` });
        span.style.transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`;
        span.append(element("span", one.text));
        spans.push(span);
      }
      pane.replaceChildren(...spans);
    }

    /* --- controls --------------------------------------------------------------------------------------- */

    const buttons = L.control({ position: "topleft" });
    buttons.onAdd = () => {
      const bar = element("div", "", { class: "atlas-zoom" });
      const add = (text, spoken, act) => {
        const made = element("button", text, { type: "button", "aria-label": spoken, title: spoken });
        made.addEventListener("click", act);
        bar.append(made);
      };
      add("+", words.zoomIn, () => map.zoomIn(1));
      add("−", words.zoomOut, () => map.zoomOut(1));
      add("⤢", words.whole, () => map.fitBounds(whole, { animate: !calm }));
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    };
    buttons.addTo(map);
    const scale = L.control({ position: "bottomright" });
    scale.onAdd = () => element("div", "", { class: "atlas-scale", "aria-hidden": "true" });
    scale.addTo(map);
    function measure() {
      const perPixel = 1 / 2 ** nearness();
      const about = 90 * perPixel;
      const power = 10 ** Math.floor(Math.log10(about));
      const round = power * [5, 2, 1].find((one) => one * power <= about);
      const bar = scale.getContainer();
      bar.textContent = put(words.scale, { distance: number(round) });
      bar.style.width = `${Math.round(round / perPixel)}px`;
    }

    /* --- editions, colours, address ---------------------------------------------------------------------- */

    /* The territories of an older edition: those that are not as in the newest of the phase, and the others. */
    async function loadPlaces(one) {
      if (placesOf.has(one.id)) return;
      await loadChanges(one);
      const { content, all } = changesOf.get(one.id);
      const own = new Map(content.facts.map((place, rank) => [place.id, {
        kind: "territory", code: `${place.phase}:${place.id}`, edition: one.id, ...place,
        at: content.points[rank], shape: () => AtlasData.rings(content.shapes[rank], all),
      }]));
      const newest = placesOf.get(editions[newestOf(one.phase)].id);
      placesOf.set(one.id, new Map([...listed(one).named.keys()].map((id) => [id, own.get(id) || newest.get(id)])));
    }
    async function loadChanges(one) {
      lists = lists || await AtlasSince.editions(config.data);
      if (changesOf.has(one.id)) return;
      const content = await AtlasData.load(config.data, `edition-${one.id}`);
      const all = [...arcs, ...AtlasData.arcs(content.arcs, france.grid)];
      const layer = L.layerGroup(CHANGES.filter((name) => content.changes[name]).map((name) => {
        const shape = L.polygon(AtlasData.rings(content.changes[name], all), drawn("changes", "change"));
        return shape.on("add", () => { shape.getElement().dataset.tone = name; });
      }));
      changesOf.set(one.id, { content, all, layer });
    }
    /* The colours that are drawn: where an edition has none before it, nothing changed. */
    const drawnFill = () => (state.fill === "change" && edition().first ? "phase" : state.fill);
    function toneOf(one) {
      const fill = drawnFill();
      const place = one.kind === "territory" ? one : placeOf(one);
      if (fill === "change") return one.kind === "territory" ? "stayed" : changeOf(one);
      if (fill === "phase") return place ? `phase-${edition().phase}` : "out";
      if (!fills.byGroup()) return place ? fills.tone(rankOf(place), place.phase) : "out";
      if (one.kind === "territory") return "clear";
      const group = one.kind === "epci" ? one.rank : one.group;
      return fills.tone(group < 0 ? undefined : group, 0);
    }
    function changeOf(commune) {
      const before = editions[state.step - 1];
      const [then, now] = [idIn(commune, before), idIn(commune)];
      if (!then || !now) return then ? "left" : now ? "entered" : "out";
      return before.phase === edition().phase && then !== now ? "moved" : "stayed";
    }
    const paint = (layer, one) => { layer.getElement().dataset.tone = toneOf(one); };
    let groupTones = null; // of every EPCI, once they are asked for
    function drawTones() {
      if (fills.byGroup() && !groupTones) {
        groupTones = L.layerGroup(epci.map((one) => {
          const shape = L.polygon(one.shape(), drawn("tones", "tone"));
          return shape.on("add", () => paint(shape, one));
        }));
      }
      groupTones?.remove();
      if (fills.byGroup()) groupTones.addTo(map); // anew: each takes its tone then
    }
    const chooser = document.getElementById("atlas-fill");
    const slider = AtlasSteps.start(app, editions, (step) => {
      const compare = !state.stepped && state.fill === "phase";
      state.stepped = true;
      stepTo(step, compare ? "change" : state.fill).then(write);
    });
    chooser.addEventListener("change", () => { state.stepped = true; stepTo(state.step, chooser.value).then(write); });

    /* Show an edition in these colours, once what they need is there and nothing else has been asked for. */
    async function stepTo(step, fill = state.fill) {
      const asked = ++state.asked;
      try {
        if (!editions[step].newest) await loadPlaces(editions[step]);
        if (fill === "change") await loadChanges(editions[step]);
        if (asked !== state.asked) return;
        await fills.choose(fill);
      } catch (error) {
        live.textContent = put(words.failed, { name: error.message });
        if (asked === state.asked && edition()) { slider.show(state.step); chooser.value = state.fill; }
        return;
      }
      if (asked === state.asked) showStep(step, fill);
    }
    function showStep(step, fill) {
      Object.assign(state, { step, fill });
      const now = placesOf.get(edition().id);
      current.forEach((one, id) => { if (now.get(id) !== one) areaOf(one).remove(); });
      current = now;
      current.forEach((one) => areaOf(one).addTo(map));
      const { chosen } = state;
      if (chosen?.kind === "territory" && chosen.phase === edition().phase) state.chosen = current.get(chosen.id) || null;
      state.hovered = null;
      redraw();
    }
    /* All that depends on the edition and the colours. */
    function redraw() {
      slider.show(state.step);
      chooser.value = state.fill;
      app.dataset.edition = edition().id;
      app.dataset.fill = fills.column ? "layer" : drawnFill();
      app.dataset.phase = String(edition().phase);
      app.dataset.moves = String(Boolean(changesOf.get(edition().id)?.content.changes.moved));
      changesOf.forEach(({ layer }, id) => (drawnFill() === "change" && id === edition().id ? layer.addTo(map) : layer.remove()));
      drawTones();
      fills.legend(edition().phase);
      current.forEach((one) => paint(one.area, one));
      shownDepartments.forEach((one) => { one.communes.forEach((commune) => paint(commune.area, commune)); drawEdges(one); });
      roveToMiddle();
      told = undefined; // so that what is told is told anew
      show();
      label();
    }
    function write() {
      const { lat, lng } = map.getCenter();
      const place = state.chosen ? `&lieu=${state.chosen.code}` : "";
      const fill = state.fill === "phase" ? "" : `&fond=${state.fill}`;
      state.written = `#edition=${edition().id}${fill}&carte=${lng.toFixed(1)},${lat.toFixed(1)},${map.getZoom()}${place}`;
      try { history.replaceState(null, "", state.written); } catch { /* an address that may not be changed stays */ }
    }
    /* The edition and the colours of an address; addresses that name a phase are of the time when there was no choice
       of editions: they lead to the newest one of the phase, and "both" to what changed between the phases. */
    function askedStep(asked, one) {
      const step = editions.findIndex(({ id }) => id === asked.get("edition"));
      if (step >= 0) return step;
      const phase = asked.get("phase");
      if (phase === "both") return Math.max(0, editions.findIndex((other) => other.phase === editions[latest].phase));
      const own = one && one.kind === "territory" ? one.phase : one && one.territories[1] < 0 && one.territories[0] >= 0 ? 1 : 0;
      const newest = newestOf(Number(phase)) >= 0 ? newestOf(Number(phase)) : newestOf(own);
      return newest >= 0 ? newest : latest;
    }
    function askedFill(asked) {
      const fill = asked.get("fond");
      if (fill === "change" || fills.knows(fill)) return fill;
      return asked.get("phase") === "both" ? "change" : "phase";
    }
    async function read() {
      const asked = new URLSearchParams(location.hash.slice(1));
      const view = (asked.get("carte") || "").split(",").map(Number);
      const place = async () => (asked.get("lieu") ? findPlace(asked.get("lieu")) : null);
      await stepTo(askedStep(asked, await place()), askedFill(asked));
      if (!edition()) await stepTo(latest, "phase");
      const placed = view.length === 3 && view.every(Number.isFinite);
      if (placed) map.setView([view[1], view[0]], view[2], { animate: false });
      choose(await place(), { move: !placed });
    }

    app.querySelector(".atlas-share").addEventListener("click", async () => {
      write();
      try { await navigator.clipboard.writeText(location.href); note(words.copied); } catch { note(words.copy); }
    });
    const note = (text) => { app.querySelector(".atlas-said").textContent = text; };
    box.addEventListener("find:chosen", async ({ detail }) => {
      const one = await findPlace(detail.code);
      if (one) choose(one, { move: true, follow: true });
    });
    window.addEventListener("hashchange", () => { if (location.hash !== state.written) read(); });
    map.on("moveend", async () => {
      groupsInView();
      measure();
      write();
      roveToMiddle();
      await communesInView();
      label();
      mark();
    });
    await read();
    map.fire("moveend");
    app.dataset.ready = "true";
  };

  /* Stripes of what left, of what moved and of what has no value, in the colours of the style sheet. */
  function patterns(app, drawing) {
    const holder = drawing("svg", { width: 0, height: 0, "aria-hidden": "true", focusable: "false", class: "atlas-patterns" });
    ["left", "moved", "absent"].forEach((name) => {
      const pattern = drawing("pattern", { id: `atlas-${name}`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${name === "moved" ? -45 : 45})` });
      pattern.append(drawing("rect", { width: 6, height: 6, class: `under-${name}` }));
      pattern.append(drawing("rect", { width: name === "absent" ? 1.2 : 2.5, height: 6, class: `stripe-${name}` }));
      holder.append(pattern);
    });
    app.append(holder);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const app = document.getElementById("atlas");
    if (app) start(app);
  });
})();
