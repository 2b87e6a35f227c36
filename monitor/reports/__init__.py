"""Reports on the quality of care in an area and on providers, and their files. Pure."""
