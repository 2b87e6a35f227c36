"""The tree of errors. Expected outcomes of the outside world (a page not read, a message not taken) are values, not errors.

MonitorError           one line that says what to do; the command line prints it and exits with status 2
  UsageError           unusable arguments or an unusable file
  SettingsError        an unusable setting
  StoreError           the database can't be used: unreachable, read-only, locked, newer than the program
  BusyError            another daemon runs on this database
  Unreadable           a source that cannot be taken apart at all (broken PDF, too large, not text)
    TooHeavy           one that the process which reads was stopped over, by the operating system or by the clock
"""

import traceback
from pathlib import Path


class MonitorError(Exception):
    """Something that a person can put right. Its text is one line, says what to do, and holds no secret."""


class UsageError(MonitorError):
    """Unusable arguments or an unusable file."""


class SettingsError(MonitorError):
    """An unusable setting."""


class StoreError(MonitorError):
    """The database can't be used."""


class BusyError(MonitorError):
    """Another daemon runs on this database."""


class Unreadable(MonitorError):
    """A source that cannot be taken apart at all."""


class TooHeavy(Unreadable):
    """A source that the process which reads was stopped over. It is not tried again soon."""


def fault(error: Exception) -> str:
    """What nobody thought of, in one line for people: what it was and where, for the report that it deserves."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    text = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return f"a fault of the program, please report it: {text} ({Path(place.filename).name}:{place.lineno})"
