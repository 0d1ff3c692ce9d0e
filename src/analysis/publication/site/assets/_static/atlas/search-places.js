/* The page of the search: above the pages that hold the words, the places that they name, as the box finds them. */
(() => {
  "use strict";
  const { element } = AtlasData;
  const holder = document.querySelector(".found-places");
  const asked = new URLSearchParams(location.search).get("q") || "";
  if (!holder || !AtlasFind.normal(asked)) return;
  const told = AtlasTell.start(holder);

  const item = (one, apart) => {
    const made = element("li");
    made.append(element("a", one.name, { href: told.onMap(one) }), " ", element("span", told.line(one, apart), { class: "find-kind" }));
    return made;
  };
  const listed = (found) => {
    const homonyms = told.homonyms(found);
    const list = element("ul");
    list.append(...found.map((one) => item(one, homonyms.has(one))));
    return [element("p", told.count(found)), list];
  };
  told.ready().then((known) => {
    const found = AtlasFind.search(asked, known);
    if (!found.length) return;
    holder.append(element("h2", told.words.places), ...(found.decided ? [told.card(found.decided)] : listed(found)));
    holder.hidden = false;
  });
})();
