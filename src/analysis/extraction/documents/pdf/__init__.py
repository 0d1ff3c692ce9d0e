"""PDF as blocks: glyphs from pdfium, then lines, columns, tables and paragraphs by where they stand."""
