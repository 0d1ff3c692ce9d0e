/* Sphinx makes a function out of the text of a plural's rule; the policy of the pages lets no text become code. The
   rule of its French catalogue is written here instead (its English pages have no catalogue). */
"use strict";
const PLURALS = {
  "(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2": (n) => (n <= 1 ? 0 : n % 1000000 === 0 ? 1 : 2),
};
Documentation.addTranslations = (catalogue) => {
  Object.assign(Documentation.TRANSLATIONS, catalogue.messages);
  Documentation.PLURAL_EXPR = PLURALS[catalogue.plural_expr];
  Documentation.LOCALE = catalogue.locale;
};
