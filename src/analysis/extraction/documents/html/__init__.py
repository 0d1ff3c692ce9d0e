"""HTML as blocks: what belongs to the article of a page, nothing fetched and nothing run."""
