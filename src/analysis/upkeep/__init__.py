"""The project's own care: stages, guided updates, change reports, licences, generated documents."""
