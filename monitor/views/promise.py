"""Says how soon this monitor finds a publication. The promise depends on the settings and on the state of CQC's list of
publications."""

from datetime import datetime, timedelta

from monitor.settings import Settings
from monitor.store.hints import SourceState
from monitor.text import lasting, moment

LATELY = timedelta(days=1, hours=1)
"""The promise treats the list as being read if the last reading is at most this old. LIST_EVERY and LIST_EVERY_QUIET are at
most a day."""

FORBIDDEN = "CQC's robots.txt asks programs like this one not to read its list of publications"


def how_soon(state: SourceState, settings: Settings, now: datetime) -> str:
    """Returns the promise in words. While CQC's list of publications is read, a publication is found within minutes, otherwise
    within the interval of checks. `state` is the state of that list."""
    otherwise = f"a publication is found within {lasting(settings.check_every)} (CHECK_EVERY)"
    if settings.cqc_api_key:
        otherwise += ", or when CQC's API names the service"
    if settings.hints == "off":
        return f"CQC's list of publications is not read (HINTS=off): {otherwise}."
    if state.forbidden:
        return f"{FORBIDDEN}: {otherwise}."
    if state.failing_since:
        return f"CQC's list of publications has been unreadable since {moment(state.failing_since)} ({state.why}): {otherwise}."
    if state.read_at is None:
        return f"CQC's list of publications has not been read yet: {otherwise}."
    if not now - LATELY <= state.read_at <= now + LATELY:
        return f"CQC's list of publications was last read at {moment(state.read_at)}, too long ago: {otherwise}."
    if state.why:
        return f"CQC's list of publications was last read in part at {moment(state.read_at)} ({state.why}): {otherwise}."
    return (
        f"CQC's list of publications was last read at {moment(state.read_at)}, and is read every {lasting(settings.list_every)} "
        "in CQC's hours: a service that the list names is checked at once."
    )
