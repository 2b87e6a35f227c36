"""Shows how long alerts took, as JSON and as text for people. Pure."""

import math
from datetime import datetime, timedelta

from monitor.detect.time_to_alert import PERIOD, Item, Spread, Stage, TimeToAlert
from monitor.text import counted, stamp
from monitor.views.reading import Json, iso

WORDS = {
    Stage.SEEN: "From the first hint to the first check that saw the report",
    Stage.CONFIRMED: "From the check that saw the report until the report was confirmed",
    Stage.SENT: "From the confirmation until the message was ready to be sent",
    Stage.ACCEPTED: "From when the message was ready until a receiver accepted it",
    Stage.TOTAL: "From the first hint, or the first check that saw the report, until a receiver accepted the message",
}
"""The names of the stages, for people."""


def within(length: timedelta) -> str:
    """Returns a length of time, rounded up, such as "1 minute", "1 hour 5 minutes" or "2 days 3 hours"."""
    minutes = max(1, math.ceil(length / timedelta(minutes=1)))
    if minutes >= 2_880:
        days, hours = divmod(math.ceil(minutes / 60), 24)
        return _of_two(days, "day", hours, "hour")
    return _of_two(minutes // 60, "hour", minutes % 60, "minute")


def _of_two(number: int, unit: str, rest: int, smaller: str) -> str:
    parts = [counted(one, of) for one, of in ((number, unit), (rest, smaller)) if one]
    return " ".join(parts)


def time_to_alert_text(times: TimeToAlert) -> str:
    """Returns the times in one line, for `status`."""
    days = f"the last {PERIOD.days} days"
    if not times.items:
        return f"Time to alert: nothing had to be sent at once in {days}."
    total = times.stages.get(Stage.TOTAL)
    said = f"{counted(times.items, 'report')} in {days}"
    if total:
        said += f", half within {within(total.p50)}, 95% within {within(total.p95)}, the slowest {within(total.worst)}"
    more = [f"{times.waiting:,} not accepted by any receiver yet"] if times.waiting else []
    more += [f"{times.unclear:,} not timed"] if times.unclear else []
    return f"Time to alert: {'; '.join([said, *more])}."


def stages_shown(times: TimeToAlert) -> list[tuple[str, int, str, str, str]]:
    """Returns the rows of the page's table: the stage, the number of reports, and the longest time for half, 95% and all of the
    reports."""
    lengths = [(WORDS[stage], one) for stage, one in times.stages.items()]
    return [(words, one.items, within(one.p50), within(one.p95), within(one.worst)) for words, one in lengths]


def time_to_alert_json(times: TimeToAlert) -> Json:
    """Returns the times for programs, in seconds."""
    return {
        "days": PERIOD.days,
        "items": times.items,
        "waiting": times.waiting,
        "unclear": times.unclear,
        "stages": {str(stage): _spread_json(one) for stage, one in times.stages.items()},
        "slowest": [_item_json(item) | {"seconds": int(total.total_seconds())} for item, total in times.slowest],
    }


def _spread_json(one: Spread) -> Json:
    lengths = {"p50": one.p50, "p95": one.p95, "worst": one.worst}
    return {"items": one.items} | {name: int(length.total_seconds()) for name, length in lengths.items()}


def _item_json(item: Item) -> Json:
    instants = {name: getattr(item, name) for name in ("hinted_at", "seen_at", "confirmed_at", "sent_at", "accepted_at")}
    return {
        "event": item.event.id,
        "location_id": item.event.location_id,
        "name": item.event.name,
        "published": iso(item.event.published),
        **{name: _instant(at) for name, at in instants.items()},
    }


def _instant(at: datetime | None) -> str | None:
    return stamp(at) if at else None
