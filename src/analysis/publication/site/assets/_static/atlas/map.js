/* The interactive map: both phases, EPCI and communes as one comes nearer, by pointer and by keyboard.
   Everything it draws comes from files beside the site (data.js). The address keeps phase, view and chosen place. */
(() => {
  "use strict";
  const NEAR_EPCI = 1, NEAR_COMMUNES = 3, NAMES_AT = { territory: 0.75, epci: 2.25, commune: 4 };
  const MODES = ["1", "2", "both"];
  const BITS = { epci: 1, "territory-1": 2, "territory-2": 4, department: 8 };
  const PANES = ["ground", "areas", "groups", "lines", "communes", "commune-lines", "chosen", "names"];
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  const start = async (app) => {
    const { element, fill: put } = AtlasData; // here: the script that gives them stands after this one
    const config = JSON.parse(document.getElementById("atlas-config").textContent);
    const { words, phases } = config;
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
    const state = { phase: "2", chosen: null, focused: null, hovered: null, written: "" };
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

    patterns(app);
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
    const territories = france.territories.map((one, rank) => (
      { kind: "territory", rank, code: `${one.phase}:${one.id}`, ...one, of: within[one.phase - 1]++ }
    ));
    const epci = france.epci.map(([code, name, communes, population, first, second, plain], rank) => (
      { kind: "epci", rank, code, name, communes, population, territories: [first, second], plain }
    ));
    const point = (one) => {
      const [x, y] = one.kind === "territory" ? france.points[`territory_${one.phase}`][one.of]
        : one.kind === "epci" ? france.points.epci[one.rank] : one.point;
      return L.latLng(y, x);
    };
    const shapeOf = (one) => (one.kind === "territory" ? outline(`territory_${one.phase}`, one.of)
      : one.kind === "epci" ? outline("epci", one.rank) : one.rings);
    const ofPhase = (one) => {
      const [first, second] = one.territories;
      const rank = state.phase === "1" ? first : state.phase === "2" ? second : Math.max(first, second);
      return rank >= 0 ? territories[rank] : null;
    };
    const findPlace = async (code) => {
      if (ranks.has(code)) return territories[ranks.get(code)];
      if (groupRanks.has(code)) return epci[groupRanks.get(code)];
      const department = code.startsWith("97") ? code.slice(0, 3) : code.slice(0, 2);
      if (!/^\d[\dAB]\d{3}$/.test(code) || !france.departments.some(([known]) => known === department)) return null;
      const loaded = await ofDepartment(department);
      return loaded ? loaded.communes.find((one) => one.code === code) || null : null;
    };

    /* --- territories, in the order of the keyboard ------------------------------------------------------ */

    const areas = territories.map((one) => {
      const area = L.polygon(shapeOf(one), drawn("areas", `area phase-${one.phase}`, true));
      area.on("add", () => prepare(area.getElement(), one));
      return listen(area, one);
    });
    const shownAreas = () => territories.filter((one) => state.phase === "both" || String(one.phase) === state.phase);

    function listen(layer, one) {
      layer.on("mouseover", () => { state.hovered = one; show(); });
      layer.on("mouseout", () => { if (state.hovered === one) { state.hovered = null; show(); } });
      layer.on("click", () => choose(one.kind === "epci" ? ofPhase(one) || one : one));
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
    const pathOf = (one) => areas[one.rank].getElement();
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
        one.rings = AtlasData.rings(content.shapes[place], own);
        one.point = content.points[place];
        one.arcs = content.shapes[place];
      });
      const layer = L.layerGroup(communes.map((one) => {
        const inside = one.territories.map((territory, phase) => (territory >= 0 ? ` t${phase + 1}` : "")).join("");
        return listen(L.polygon(one.rings, drawn("communes", `commune${inside}`, true)), one);
      }));
      for (const [name, bit] of Object.entries(BITS)) {
        const some = own.filter((arc, place) => parseInt(content.divides[place], 16) & bit);
        L.polyline(some, drawn("commune-lines", `edge-${name}`)).addTo(layer);
      }
      return { code, communes, layer, own, divides: content.divides, box: france.departments[rank].slice(2) };
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
        if (!wanted.includes(code)) { one.layer.remove(); shownDepartments.delete(code); }
      }
      const loaded = await Promise.all(wanted.map(ofDepartment));
      if (nearness() < NEAR_COMMUNES) return;
      loaded.filter(Boolean).forEach((one) => {
        const seen = map.getBounds().pad(0.1).intersects([[one.box[1], one.box[0]], [one.box[3], one.box[2]]]);
        if (seen && !shownDepartments.has(one.code)) { one.layer.addTo(map); shownDepartments.set(one.code, one); }
      });
      app.dataset.drawn = String(loaded.every(Boolean));
    }
    function groupsInView() {
      const near = map.getZoom() >= NEAR_EPCI;
      if (near && !groups) {
        const parts = epci.filter((one) => one.plain).map((one) => (
          listen(L.polygon(shapeOf(one), drawn("groups", "group", true)), one)
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
        const near = app.dataset.near === "communes" && one.kind !== "commune" ? edges(one) : null;
        ["halo", "line"].forEach((part) => {
          const options = { ...drawn("chosen", `${kind} ${part}`), fill: false };
          (near ? L.polyline(near, options) : L.polygon(shapeOf(one), options)).addTo(marks);
        });
      });
    }
    /* The outline of a territory or an EPCI along the communes that are drawn. */
    function edges(one) {
      const bit = one.kind === "epci" ? BITS.epci : BITS[`territory-${one.phase}`];
      const inside = (commune) => (one.kind === "epci" ? commune.group === one.rank : commune.territories[one.phase - 1] === one.rank);
      const found = [];
      shownDepartments.forEach(({ communes, own, divides }) => {
        const counts = new Map();
        communes.filter(inside).forEach((commune) => AtlasData.used(commune.arcs).forEach((arc) => counts.set(arc, (counts.get(arc) || 0) + 1)));
        counts.forEach((count, arc) => { if (count === 1 && parseInt(divides[arc], 16) & bit) found.push(own[arc]); });
      });
      return found;
    }
    function choose(one, { follow = false, move = false } = {}) {
      state.chosen = one;
      if (one && one.kind === "territory" && state.phase !== "both" && String(one.phase) !== state.phase) setPhase(String(one.phase));
      if (one && move) goTo(one);
      show();
      if (one) say(one);
      write();
      if (one && follow) facts.querySelector("h2").focus();
    }
    function goTo(one) {
      if (one.kind === "commune") { map.setView(point(one), Math.max(map.getZoom(), 4), { animate: !calm }); return; }
      map.fitBounds(L.polygon(shapeOf(one)).getBounds().pad(0.35), { animate: !calm, maxZoom: 4 });
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
      if (one.kind !== "territory") lines.push(ofPhase(one) ? ofPhase(one).name : words.outside);
      lines.forEach((line) => made.append(element("span", line)));
      return made;
    }
    function describe(one) {
      const kicker = one.kind === "territory" ? put(words.kicker, { phase: phases[one.phase] })
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
      return [head, list];
    }
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
      const other = 3 - one.phase;
      const others = one.others.flatMap((rank, place) => (place ? [element("br"), ...links(territories[rank])] : links(territories[rank])));
      fact(put(words.inPhase, { phase: phases[other] }), ...(others.length ? others : [words.nowhere]));
      const sheet = sheetOf(one, words.sheet);
      const way = element("p", "", { class: "atlas-sheet" });
      if (sheet) way.append(sheet);
      return [way, list, members(one), communesOf(one)];
    }
    function members(one) {
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
      made.addEventListener("toggle", async () => {
        const listed = await known();
        if (!listed) return;
        const items = element("ul", "", { class: "atlas-communes" });
        listed.communes.filter((commune) => commune.territories[one.phase - 1] === one.rank)
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

    /* --- phase, address ---------------------------------------------------------------------------------- */

    function setPhase(phase) {
      state.phase = phase;
      app.dataset.phase = phase;
      app.querySelectorAll("input[name=atlas-phase]").forEach((one) => { one.checked = one.value === phase; });
      // Phase 2 first: in "both", phase 1 is striped over it.
      [2, 1].forEach((one) => territories.filter((territory) => territory.phase === one).forEach((territory) => {
        const area = areas[territory.rank];
        if (phase === "both" || String(one) === phase) area.addTo(map).bringToFront(); else area.remove();
      }));
      roveToMiddle();
      told = null;
      show();
      label();
    }
    function write() {
      const { lat, lng } = map.getCenter();
      const place = state.chosen ? `&lieu=${state.chosen.code}` : "";
      state.written = `#phase=${state.phase}&carte=${lng.toFixed(1)},${lat.toFixed(1)},${map.getZoom()}${place}`;
      try { history.replaceState(null, "", state.written); } catch { /* an address that may not be changed stays */ }
    }
    async function read() {
      const asked = new URLSearchParams(location.hash.slice(1));
      const phase = asked.get("phase");
      const view = (asked.get("carte") || "").split(",").map(Number);
      const one = asked.get("lieu") ? await findPlace(asked.get("lieu")) : null;
      const own = one && one.kind === "territory" ? String(one.phase)
        : one && one.territories[1] < 0 && one.territories[0] >= 0 ? "1" : null;
      setPhase(MODES.includes(phase) ? phase : own || state.phase);
      const placed = view.length === 3 && view.every(Number.isFinite);
      if (placed) map.setView([view[1], view[0]], view[2], { animate: false });
      choose(one, { move: !placed });
    }

    app.querySelectorAll("input[name=atlas-phase]").forEach((one) => (
      one.addEventListener("change", () => { setPhase(one.value); write(); })
    ));
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

  /* Stripes of what phase 1 left and of what stayed, in the colours of the style sheet. */
  function patterns(app) {
    const NS = "http://www.w3.org/2000/svg";
    const make = (tag, attributes) => {
      const made = document.createElementNS(NS, tag);
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
      return made;
    };
    const holder = make("svg", { width: 0, height: 0, "aria-hidden": "true", focusable: "false", class: "atlas-patterns" });
    ["over", "left", "kept"].forEach((name) => {
      const pattern = make("pattern", { id: `atlas-${name}`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
      if (name !== "over") pattern.append(make("rect", { width: 6, height: 6, class: `under-${name}` }));
      pattern.append(make("rect", { width: 2.5, height: 6, class: "stripe" }));
      holder.append(pattern);
    });
    app.append(holder);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const app = document.getElementById("atlas");
    if (app) start(app);
  });
})();
