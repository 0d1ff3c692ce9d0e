// From figure to figure by keyboard: n for the next one in the text, p for the one before.
(() => {
  const figures = [...document.querySelectorAll("a.figure")];
  const place = () => {
    const at = figures.indexOf(document.activeElement);
    if (at >= 0) return { next: at + 1, previous: at - 1 };
    const below = figures.findIndex((one) => one.getBoundingClientRect().top >= 0);
    const next = below < 0 ? figures.length : below;
    return { next, previous: next - 1 };
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const wanted = { n: "next", p: "previous" }[event.key];
    const figure = wanted && figures[place()[wanted]];
    if (!figure) return;
    event.preventDefault();
    figure.focus();
    figure.scrollIntoView({ block: "center" });
  });
})();
