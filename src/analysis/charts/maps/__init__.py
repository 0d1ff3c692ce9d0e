"""Maps: projected views, colours of neighbours, insets, and labels that neither overlap nor leave their territory."""
