"""Reading and writing: files and folders replaced whole, tables, geometry, archives, YAML, names, parameters."""
