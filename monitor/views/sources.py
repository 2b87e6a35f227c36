"""Shows which of CQC's publications each source of hints named, as JSON and as text for people. Pure."""

from datetime import timedelta

from monitor.detect.recall import Source
from monitor.text import counted, plain, sentence, stamp
from monitor.views.alert_times import within
from monitor.views.reading import Json


def source_text(source: Source) -> str:
    """Returns a source in one line, for `status`."""
    of = source.measured
    if not of.recall.of:
        said = "nothing has been published yet that this source could have named"
    else:
        said = f"named {of.recall.named:,} of the last {counted(of.recall.of, 'publication')}"
        said += f", {of.before:,} before a check found them" if of.recall.named else ""
        lags = f" ({lag_text(of.p50)} for half of them, {lag_text(of.p95)} for 95%)"
        said += lags if of.recall.named else ""
    silent = f"; {source.faults[0]}" if source.silent_since else ""
    return f"{sentence(source.name)}: {said}{plain(silent)}"


def lag_text(lag: timedelta | None) -> str:
    """Returns how long before or after a check a source named something, such as "at least 12 minutes before"."""
    if lag is None:
        return "none"
    if lag > timedelta(0):
        return f"at most {within(lag)} after"
    minutes = timedelta(minutes=-lag // timedelta(minutes=1))
    return f"at least {within(minutes)} before" if minutes else "at the same time"


def source_json(source: Source) -> Json:
    """Returns a source for programs, with times in seconds."""
    of = source.measured
    return {
        "source": of.source,
        "name": source.name,
        "named": of.recall.named,
        "of": of.recall.of,
        "named_lately": of.lately.named,
        "of_lately": of.lately.of,
        "before": of.before,
        "after": of.after,
        "p50_seconds": int(of.p50.total_seconds()) if of.p50 is not None else None,
        "p95_seconds": int(of.p95.total_seconds()) if of.p95 is not None else None,
        "silent_since": stamp(source.silent_since) if source.silent_since else None,
        "why": source.why,
    }
