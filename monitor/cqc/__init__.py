"""CQC's website, API and files. `read` takes bytes apart; `reader` runs it in a limited process."""
