/* The reader's colours, before the first paint; styles hide what needs scripts until `data-mode` is there. */
(() => {
  let mode = "auto";
  try { mode = localStorage.getItem("mode") || mode; } catch { /* storage is closed: follow the system */ }
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.mode = mode;
  document.documentElement.dataset.theme = mode === "auto" ? dark : mode;
})();
