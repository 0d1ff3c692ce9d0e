"""Documents of others read and judged: each figure in its place, with what the official lists say of it."""
