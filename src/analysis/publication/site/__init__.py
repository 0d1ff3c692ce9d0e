"""The static site: executed notebooks, downloads, sources and notes as pages that work offline.

The way of a page: `read_inputs` and `read_files` read what there is; a module a page writes Markdown or HTML
(`notebooks` those of reports; `own_pages` calls `front_page`, `indexes`, `downloads`, `figures_page`, `tables_page`,
`reading_notes` and `guides`; `communes` and `map_page` are HTML already); `sphinx` makes them pages from what
`sphinx_sources` gives it, `due` says which; `finishing` has `marks` link their numbers, `stylesheets` and
`common_files` lighten them. `edition_pages` calls these in turn, an `edition` in a process; `build` puts the editions
and the downloads together, has `checks` look at all of it, and replaces outputs/site.

What was made before is used again: `made_from` says what each edition is made from, `kept` has what Sphinx left,
`memory` the rest, and an `edition` of which nothing changed is taken as it is.

- Notebooks: `cell_outputs` (what may be shown), `library_tables` (what polars and pandas print), `sanitised`,
  `how_made` and `tables_read` (which tables a page's code reads), `places` (names that lead to reports).
- Pages: `script_texts` (messages of the first page), `method_numbers` and `method_hedges` (of the method), `counting`
  (marked numbers), `download_files` and `download_entries`, `cards` (small pictures), `search_box`, `explore`.
- Marks: `marks` (number to link), `mark_cards` (what a card beside it says).
- Promises: `page_elements` (what a page has), `page_facts` (what it keeps and asks for), `checks` (of all together),
  `policy` (what a page may load), `weight` (what it costs). Shared: `html`, `files`.
"""
