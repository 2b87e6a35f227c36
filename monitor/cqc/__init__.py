"""Fetches and reads CQC's website, API and files. The package `read` parses bytes; the module `reader` runs it in a separate
process, for which the operating system enforces limits."""
