"""The official lists: who belongs where, in which phase, on which ground."""
