/* Sphinx's search for French readers: accents are optional, and summaries leave out code and link lists.
   The stems of the index are folded the same way when the site is built. */
const AccentedStemmer = window.Stemmer;
window.Stemmer = function () {
  const accented = new AccentedStemmer();
  this.stemWord = (word) => accented.stemWord(word).normalize("NFD").replace(/\p{Mn}/gu, "");
};

const textOfPage = Search.htmlToText;
Search.htmlToText = (html, anchor) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll(".no-search, summary, figcaption, nav, footer").forEach((one) => one.remove());
  return textOfPage(page.documentElement.outerHTML, anchor);
};

// Opened as a file, the site may not read its own pages: results then come without a summary.
if (window.location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

const searched = document.querySelector(".bd-search-container input");
searched?.focus();
searched?.select();
