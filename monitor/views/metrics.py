"""Metrics for Prometheus. Figures from the database are counted when somebody requests the metrics. Figures about this process
are counted as things happen.

Every name begins with cqc_monitor_. docs/operating.md says what each metric means, and which metrics should alert somebody.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from monitor.channels import Channel, Outcome, Status
from monitor.cqc.api import Asked
from monitor.cqc.site import Answered
from monitor.detect.recall import Source
from monitor.detect.time_to_alert import PERIOD, TimeToAlert
from monitor.errors import MonitorError
from monitor.events import Kind
from monitor.judgement import Judgement
from monitor.notify.content import Message
from monitor.store.figures import Figures

_SECONDS_OF_A_ROUND = (0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600)
_SECONDS_OF_A_SEND = (0.03, 0.1, 0.3, 1, 3, 10, 30, 60)


class Metrics:
    """Metrics of this process, counted from its start. These metrics have a separate registry."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.rounds = Histogram(
            "cqc_monitor_round_seconds",
            "Rounds of checks, and how long each took.",
            registry=self.registry,
            buckets=_SECONDS_OF_A_ROUND,
        )
        self._asked = Counter(
            "cqc_monitor_requests", "Page requests to CQC's site, by result.", ["outcome"], registry=self.registry
        )
        self._asked_api = Counter(
            "cqc_monitor_api_requests", "Requests to CQC's API, by result.", ["outcome"], registry=self.registry
        )
        self._looks = Counter("cqc_monitor_looks", "Services checked, by result.", ["result"], registry=self.registry)
        self._events = Counter("cqc_monitor_events", "Changes found and confirmed, by kind.", ["kind"], registry=self.registry)
        self._sends = Histogram(
            "cqc_monitor_send_seconds",
            "Messages (or parts of a message) handed to a receiver, by channel and answer, and how long this took.",
            ["channel", "outcome"],
            registry=self.registry,
            buckets=_SECONDS_OF_A_SEND,
        )

    def begin_at_nought(self, channels: Iterable[str]) -> None:
        """Creates every metric at zero, including the metrics of these channels, so that an alert on a rate sees the first
        increase. Only a process that serves metrics needs this."""
        for outcome in Answered:
            self._asked.labels(outcome)
        for asked in Asked:
            self._asked_api.labels(asked)
        for result in ("unchanged", "read", "not read well"):
            self._looks.labels(result)
        for kind in Kind:
            self._events.labels(kind)
        for name in channels:
            for status in Status:
                self._sends.labels(name, status)

    def asked(self, outcome: Answered) -> None:
        """Counts a page request, by its result."""
        self._asked.labels(outcome).inc()

    def asked_api(self, outcome: Asked) -> None:
        """Counts an API request, by its result."""
        self._asked_api.labels(outcome).inc()

    def looked(self, *, services: int, unchanged: int, not_read_well: int, kinds: Iterable[Kind]) -> None:
        """Records the end of a round: how many services were checked, how many were unchanged or not fully read, and the kinds of
        the events found."""
        self._looks.labels("unchanged").inc(unchanged)
        self._looks.labels("not read well").inc(not_read_well)
        self._looks.labels("read").inc(max(0, services - unchanged - not_read_well))
        for kind in kinds:
            self._events.labels(kind).inc()

    def timed(self, channels: Mapping[str, Channel]) -> Mapping[str, Channel]:
        """Returns the channels in a form that counts and times each message."""
        return {name: _Timed(channel, name, self._sends) for name, channel in channels.items()}


class _Timed:
    """A channel that counts and times each message that it sends."""

    def __init__(self, channel: Channel, name: str, sends: Histogram) -> None:
        self._channel = channel
        self._name = name
        self._sends = sends

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """Returns the parts as the channel makes them."""
        return self._channel.parts(message, message_id=message_id, address=address)

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Sends a part with the channel, and counts and times it."""
        began = time.perf_counter()
        outcome = await self._channel.send(part, message_id=message_id, part_number=part_number, address=address)
        self._sends.labels(self._name, outcome.status).observe(time.perf_counter() - began)
        return outcome

    async def close(self) -> None:
        """Closes the channel."""
        await self._channel.close()


class StoreNumbers(Collector):
    """Metrics from the database, counted whenever Prometheus requests them. One more metric shows whether the database can
    be read."""

    def __init__(
        self, count: Callable[[datetime], Figures], clock: Callable[[], datetime], judged: Callable[[datetime], Judgement]
    ) -> None:
        self._count = count
        self._clock = clock
        self._judged = judged

    def collect(self) -> Iterator[Metric]:
        """Yields the present metrics."""
        now = self._clock()
        try:
            figures, judgement = self._count(now), self._judged(now)
        except MonitorError:
            yield _gauge("database_up", "Whether the database can be read.", 0)
            return
        yield _gauge("database_up", "Whether the database can be read.", 1)
        yield _by("services", "Watched services, by the worst state that applies to each.", "state", figures.services)
        yield _by("messages", "Messages, by state.", "state", figures.messages)
        yield _gauge("notices_waiting", "Notices that are not yet in a message.", figures.waiting)
        yield _gauge("looks_due", "Services whose next check is due.", figures.due)
        yield _gauge("workers_alive", "Running processes of cqc-monitor run.", figures.workers)
        yield _gauge("switched_off", "Suspended receivers: addresses, or the mail server.", figures.switched_off)
        yield _gauge("site_blind", "Whether CQC's site can't be read, so that checks have stopped.", int(figures.site_blind))
        yield _gauge("api_blind", "Whether CQC's API can't be used, so that requests have stopped.", int(figures.api_blind))
        yield _gauge("disagreements", "Watched services whose page and CQC's API state different ratings.", figures.disagreements)
        for name, text, since in (
            (
                "oldest_read_age_seconds",
                "How long ago the least recently read service was last fully read.",
                figures.oldest_read_at,
            ),
            ("last_read_age_seconds", "How long ago a service was last fully read.", figures.last_read_at),
            ("looks_due_age_seconds", "How long the first due check has waited.", figures.due_since),
            ("feed_age_seconds", "How long ago the list of changes was last read without a gap.", figures.feed_read_until),
            ("oldest_owed_age_seconds", "How long the oldest due message has waited.", figures.owed_since),
        ):
            yield _gauge(name, text, (now - since).total_seconds() if since else 0)
        yield from _judgement(judgement)
        yield from _time_to_alert(figures.time_to_alert)
        yield from _sources(figures.sources)


def serve(registry: CollectorRegistry, address: str) -> Callable[[], None]:
    """Serves the metrics at http://host:port/metrics in a separate thread. Returns a function that ends the thread. Raises
    OSError if the port is in use."""
    host, _, port = address.rpartition(":")
    server, thread = start_http_server(int(port), host.strip("[]"), registry)

    def end() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return end


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"cqc_monitor_{name}", text, value=value)


def _judgement(judgement: Judgement) -> Iterator[Metric]:
    """Yields the judgement's sentence with its level, and the count of each finding."""
    said = GaugeMetricFamily("cqc_monitor_judgement", "The judgement in one sentence, by its level.", labels=["level", "text"])
    said.add_metric([judgement.standing.value, judgement.text], 1)
    yield said
    found = GaugeMetricFamily("cqc_monitor_findings", "The findings, by level and code.", labels=["level", "code"])
    for one in judgement.findings:
        found.add_metric([one.level.value, one.code.value], one.count)
    yield found


def _time_to_alert(times: TimeToAlert) -> Iterator[Metric]:
    """Yields the times as metrics. A stage is left out if none of its times are known."""
    lengths = GaugeMetricFamily(
        "cqc_monitor_time_to_alert_seconds",
        f"How long alerts of the last {PERIOD.days} days took, by stage.",
        labels=["stage", "quantile"],
    )
    for stage, one in times.stages.items():
        for quantile, length in (("0.5", one.p50), ("0.95", one.p95), ("1", one.worst)):
            lengths.add_metric([str(stage), quantile], length.total_seconds())
    yield lengths
    items = GaugeMetricFamily(
        "cqc_monitor_time_to_alert_items",
        f"Reports of the last {PERIOD.days} days with something to be sent at once, by state.",
        labels=["state"],
    )
    told = times.items - times.waiting
    for state, count in (("accepted", told), ("waiting", times.waiting)):
        items.add_metric([state], count)
    yield items


def _sources(sources: Sequence[Source]) -> Iterator[Metric]:
    """Yields metrics about the publications that the sources of hints named."""
    named = GaugeMetricFamily(
        "cqc_monitor_source_publications",
        "The last 50 publications, by whether and when a source named them.",
        labels=["source", "state"],
    )
    lags = GaugeMetricFamily(
        "cqc_monitor_source_lag_seconds",
        "How long after a check a source named the publications (negative: before the check).",
        labels=["source", "quantile"],
    )
    silent = GaugeMetricFamily("cqc_monitor_source_silent", "Whether a source can't be read in full.", labels=["source"])
    for one in sources:
        of, name = one.measured, one.measured.source
        counts = {"before": of.before, "after": of.after, "not named": of.recall.of - of.recall.named}
        for state, count in counts.items():
            named.add_metric([name, state], count)
        for quantile, lag in (("0.5", of.p50), ("0.95", of.p95)):
            if lag is not None:
                lags.add_metric([name, quantile], lag.total_seconds())
        silent.add_metric([name], int(one.silent_since is not None))
    yield from (named, lags, silent)


def _by(name: str, text: str, label: str, values: Mapping[Any, int]) -> Metric:
    family = GaugeMetricFamily(f"cqc_monitor_{name}", text, labels=[label])
    for value, count in values.items():
        family.add_metric([str(value)], count)
    return family
