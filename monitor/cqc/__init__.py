"""Fetches and reads CQC's website, API and files. `read` parses bytes; `reader` runs `read` in a process that is limited by the
system."""
