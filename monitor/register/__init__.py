"""CQC's register, and data that is derived from the register: entries, authorities, rules of watchlists, and movements.
Pure."""
