/* Data of the atlas. Each file is a script that hands its content over, so that pages opened from a disk can read it
   too; none is asked for before it is needed, nor twice. */
window.AtlasData = (() => {
  "use strict";
  const contents = new Map();
  const waiting = new Map();

  const load = (folder, name) => {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${folder}${name}.js`;
        script.onload = () => (contents.has(name) ? resolve(contents.get(name)) : reject(new Error(name)));
        script.onerror = () => { waiting.delete(name); script.remove(); reject(new Error(name)); };
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  };

  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Uint8Array(128);
  [...ALPHABET].forEach((one, value) => { VALUES[one.charCodeAt(0)] = value; });

  /* Arcs from their text, as lists of [y, x] in kilometres of the plane. */
  const arcs = (text, grid) => {
    const found = [];
    let place = 0;
    const next = () => {
      let number = 0, shift = 0, bits;
      do {
        bits = VALUES[text.charCodeAt(place++)];
        number |= (bits & 31) << shift;
        shift += 5;
      } while (bits >= 32);
      return number;
    };
    const step = () => { const number = next(); return (number >>> 1) ^ -(number & 1); };
    let x = 0, y = 0;
    while (place < text.length) {
      const arc = new Array(next());
      for (let rank = 0; rank < arc.length; rank++) {
        x += step();
        y += step();
        arc[rank] = [y * grid, x * grid];
      }
      found.push(arc);
    }
    return found;
  };

  /* The rings of a shape as lists of points; ~i is arc i from its end to its start. */
  const rings = (shape, known) => shape.map((ring) => {
    const points = [];
    for (const name of ring) {
      const arc = name >= 0 ? known[name] : known[~name].slice().reverse();
      for (let rank = points.length ? 1 : 0; rank < arc.length; rank++) points.push(arc[rank]);
    }
    return points;
  });

  /* Numbers of the arcs that shapes use, each once. */
  const used = (shapes) => new Set(shapes.flat(2).map((name) => (name >= 0 ? name : ~name)));

  const given = (made, attributes) => {
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  /* An element with its text and attributes: texts never become tags. */
  const element = (tag, text = "", attributes = {}) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    return given(made, attributes);
  };
  /* A part of a drawing (SVG) with its attributes. */
  const drawing = (tag, attributes = {}) => given(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);

  /* A message with its places {name} filled. */
  const fill = (message, values) => message.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  return { put: (name, content) => { contents.set(name, content); }, load, arcs, rings, used, element, drawing, fill };
})();
