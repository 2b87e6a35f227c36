"""The tree of errors. If a page can't be read, or a message is not accepted, this is an expected result, not an error. Expected
results are values.

MonitorError           an error with a text of one line that says what to do; a command prints the text, with exit status 2
  UsageError           unusable arguments or an unusable file
  SettingsError        an unusable setting
  StoreError           the database can't be used because it is unreachable, read-only, locked, or newer than the program
  Refused              somebody could not sign in with OpenID Connect (monitor.oidc.refused)
  BusyError            another daemon runs on this database
  Unreadable           a source that can't be parsed at all (broken PDF, too large, not text)
    TooHeavy           a source that took too much memory or time, so that the process that was reading it was stopped
"""

import traceback
from pathlib import Path


class MonitorError(Exception):
    """An error that a person can fix. The text is one line, says what to do, and contains no secret."""


class UsageError(MonitorError):
    """Unusable arguments or an unusable file."""


class SettingsError(MonitorError):
    """An unusable setting."""


class StoreError(MonitorError):
    """The database can't be used."""


class BusyError(MonitorError):
    """Another daemon runs on this database."""


class Unreadable(MonitorError):
    """A source that can't be parsed at all."""


class TooHeavy(Unreadable):
    """A source that took too much memory or time, so that the process that was reading it was stopped. The source is not read
    again soon."""


def fault(error: Exception) -> str:
    """Describes an unexpected error in one line, with the file and the line number, so that people can report the error."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    text = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return f"a bug in the program, please report it: {text} ({Path(place.filename).name}:{place.lineno})"
