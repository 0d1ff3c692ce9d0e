"""Word and OpenDocument texts as blocks."""
