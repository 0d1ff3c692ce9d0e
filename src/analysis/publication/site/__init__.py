"""The static site: executed notebooks, downloads, sources and notes as pages that work offline."""
