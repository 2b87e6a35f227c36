"""CQC's register and what is derived from it: entries, authorities, rules of watchlists, movements. Pure."""
