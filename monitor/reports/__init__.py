"""Makes reports about areas, providers and this monitor, and writes them as files. Pure."""
