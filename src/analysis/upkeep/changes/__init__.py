"""What moved between two versions of the project: raw rows, tables, verdicts, figures, notebooks, and why."""
