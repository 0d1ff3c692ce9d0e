/* The slider of the editions: arrow keys, Home and End; it says the edition's name and date, and what changed. */
window.AtlasSteps = (() => {
  "use strict";

  /* `act` is called with the rank of the edition that a reader asks for. */
  const start = (app, editions, act) => {
    const slider = app.querySelector(".atlas-step");
    const ticks = [...app.querySelectorAll(".atlas-ticks li")];
    const show = (rank) => {
      const one = editions[rank];
      slider.value = String(rank);
      slider.setAttribute("aria-valuetext", one.spoken);
      ticks.forEach((tick, place) => tick.classList.toggle("current", place === rank));
      app.querySelector(".atlas-edition").textContent = one.name;
      app.querySelector(".atlas-edition-facts").textContent = one.facts;
      app.querySelector(".atlas-change").textContent = one.change;
    };
    slider.addEventListener("input", () => { show(Number(slider.value)); act(Number(slider.value)); });
    ticks.forEach((tick, rank) => tick.addEventListener("click", () => { show(rank); act(rank); }));
    return { show };
  };

  return { start };
})();
