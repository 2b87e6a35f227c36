"""CQC's register and data derived from it: entries, authorities, rules of watchlists, movements. Pure."""
