"""Where figures come from: provenance entries, reading notes, local corrections, passages of the COG."""
