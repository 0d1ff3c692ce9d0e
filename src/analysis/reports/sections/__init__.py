"""What notebooks tell and list, one module a subject: sentences and tables made of the tables they take (pure)."""
