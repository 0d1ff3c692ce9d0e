"""The static site: executed notebooks, downloads, sources and notes as pages that work offline.

The way of a page: `read_inputs` reads what there is; a module a page writes Markdown or HTML (`notebooks` those of
reports; `front_page`, `indexes`, `communes`, `map_page`, `downloads`, `figures_page`, `tables_page`, `reading_notes`,
`guides`); `sphinx` makes them pages, of which `kept` says which are due; `marks` links their numbers, `stylesheets` and
`common_files` lighten them; `checks` reads them all; `build` calls these in turn and replaces outputs/site.

- Notebooks: `cell_outputs` (what may be shown), `library_tables` (what polars and pandas print), `sanitised`,
  `how_made` and `tables_read` (which tables a page's code reads), `places` (names that lead to reports).
- Pages: `script_texts` (messages of the first page), `method_numbers` and `method_hedges` (of the method), `counting`
  (marked numbers), `download_files` and `download_entries`, `cards` (small pictures), `search_box`, `explore`.
- Marks: `marks` (number to link), `mark_cards` (what a card beside it says).
- Promises: `checks`, `policy` (what a page may load), `weight` (what it costs). Shared: `html`, `files`.
"""
