"""The tree of errors. Expected outcomes in the outside world (a page not read, a message not accepted) are values, not errors.

MonitorError           its text is one line that says what to do; the command line prints the text and exits with status 2
  UsageError           unusable arguments or an unusable file
  SettingsError        an unusable setting
  StoreError           the database can't be used because it is unreachable, read-only, locked, or newer than the program
  Refused              somebody could not sign in with OpenID Connect (monitor.oidc.refused)
  BusyError            another daemon runs on this database
  Unreadable           a source that can't be parsed at all (broken PDF, too large, not text)
    TooHeavy           a source that took too much memory or time, so that the process reading it was stopped
"""

import traceback
from pathlib import Path


class MonitorError(Exception):
    """An error that a person can fix. Its text is one line, says what to do, and contains no secret."""


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
    """A source that took too much memory or time, so that the process reading it was stopped. The source is not read again
    soon."""


def fault(error: Exception) -> str:
    """Describes an unexpected error in one line, with the place in the code where it happened, so that people can report it."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    text = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return f"a bug in the program, please report it: {text} ({Path(place.filename).name}:{place.lineno})"
