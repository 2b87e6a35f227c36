"""CQC's website, API and files. `read` parses bytes; `reader` runs it in a process that is limited by the system."""
