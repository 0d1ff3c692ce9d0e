"""Tables and layers in every format, with their metadata and citation."""
