/* In which territory a place was, edition by edition of the official lists. */
window.AtlasSince = (() => {
  "use strict";

  const pairs = (flat) => {
    const found = new Map();
    for (let rank = 0; rank < flat.length; rank += 2) found.set(flat[rank], flat[rank + 1]);
    return found;
  };
  /* The editions with, for those that are not the newest of their phase, what differs there from the newest. */
  const editions = async (folder) => {
    const { editions: found } = await AtlasData.load(folder, "editions");
    found.filter((one) => one.territories && !one.named).forEach((one) => {
      one.moved = { commune: pairs(one.grounds), epci: pairs(one.groups) };
      one.named = new Map(one.territories);
    });
    return found;
  };

  /* The number of the territory of a commune or an EPCI in an edition, null for none; `newest` gives the number of a
     territory of the newest editions by its rank. */
  const idIn = (one, edition, newest) => {
    const moved = edition.moved?.[one.kind];
    if (moved?.has(one.rank)) {
      const place = moved.get(one.rank);
      return place < 0 ? null : edition.territories[place][0];
    }
    const rank = one.territories[edition.phase - 1];
    return rank >= 0 ? newest(rank) : null;
  };

  /* For each edition the number and the name of the commune's territory, null for none; `territories` are those of the
     data of the search. */
  const history = (commune, found, territories) => found.map((edition) => {
    const id = idIn(commune, edition, (rank) => territories[rank][1]);
    const newest = () => territories.find(([phase, other]) => phase === edition.phase && other === id)[2];
    return { edition, id, name: id && (edition.named?.get(id) || newest()) };
  });

  /* The first edition from which on the commune is where it is in the last one; `first`: none of the phase was before. */
  const since = (lines) => {
    const last = lines[lines.length - 1];
    const same = (one) => one.id === last.id && (!last.id || one.edition.phase === last.edition.phase);
    let rank = lines.length - 1;
    while (rank > 0 && same(lines[rank - 1])) rank--;
    const first = !lines.slice(0, rank).some((one) => one.edition.phase === lines[rank].edition.phase);
    return { ...lines[rank], first, always: rank === 0 };
  };

  return { editions, idIn, history, since };
})();
