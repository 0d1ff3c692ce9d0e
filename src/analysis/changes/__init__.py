"""Change report: what moved between a revision of the project and the working folder, and which raw files say why."""
