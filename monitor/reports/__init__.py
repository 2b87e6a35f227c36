"""The reports on the quality of an area and on providers, and their files. Pure."""
