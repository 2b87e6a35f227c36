"""The command that compares our readings with CQC's own files, to test whether we read CQC's site correctly."""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from monitor.commands import INTERRUPTED, LOOK, OK, UNUSABLE, listed, load_settings, location_ids, print_json, progress, with_app
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.detect.agreement import Agreement, Verified
    from monitor.jobs.verify import Ended
    from monitor.store.verifications import Run


def verify(options: argparse.Namespace) -> int:
    """Reads services, compares the readings with the files, and shows the result. Changes nothing that is stored about a
    service, and alerts nobody."""
    import asyncio

    from monitor.app import now

    settings = load_settings()
    ids = location_ids(options.locations, settings, listed(settings))
    if ids and options.sample:
        raise UsageError("name services or use --sample, but not both")

    async def work(app: App) -> int:
        kept = app.verifier.kept
        files = kept.files()
        if files is None:
            raise UsageError("there is no CQC file to compare with: fetch the files with cqc-monitor register refresh")
        run, done = _run(app, list(dict.fromkeys(ids)), options)
        left = [one for one in run.ids if one not in {each.location_id for each in done}]
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        with progress("comparing with CQC's files") as heard:

            def note(one: Verified) -> None:
                done.append(one)
                heard(f"{len(done)} of {len(run.ids)}, {sum(each.outcome.differs for each in done)} differing")

            ended = await app.verifier.run(left, files, stop=stop, heard=note)
        whole = len(done) == len(run.ids)
        if whole:
            kept.end(run, now())
        if options.json:
            print_json(_json(run, done, ended, kept.agreement()))
        else:
            print("\n".join(_text(done, kept.agreement(), app.settings.cqc_base_url)))
        if not whole:
            why = f"CQC's site can't be read: {ended.broken_off}" if ended.broken_off else "interrupted"
            left_over = f"{len(run.ids) - len(done)} of {len(run.ids)} services are still to be compared"
            print(f"cqc-monitor: {why}: {left_over}; run the same command within a day to continue", file=sys.stderr)
            return LOOK if ended.broken_off else INTERRUPTED
        return _status(done)

    return with_app(work, settings)


def _run(app: App, ids: Sequence[str], options: argparse.Namespace) -> tuple[Run, list[Verified]]:
    """Returns the interrupted run with its results so far. If there is no such run, returns a new run without results."""
    from monitor.app import now

    kept = app.verifier.kept
    asked = f"sample {options.sample}" if options.sample else " ".join(["services", *sorted(ids)]) if ids else "watched"
    run = None if options.anew else kept.unfinished(asked, now())
    if run is not None:
        done = kept.of(run.ids, run.started_at)
        print(f"Continuing the interrupted run: {len(done)} of {len(run.ids)} services have been compared.", file=sys.stderr)
        return run, done
    if options.sample:
        chosen: Sequence[str] = app.verifier.sample(options.sample)
    else:
        chosen = ids or sorted({one for services in app.store.services.watchlists().values() for one in services})
    if not chosen:
        raise UsageError("nothing is watched: name services, or compare services from CQC's file with --sample 100")
    return kept.begin(asked, chosen, now()), []


def _status(done: Sequence[Verified]) -> int:
    if any(one.outcome.wants_a_person for one in done):
        return LOOK
    return OK if any(one.outcome.agrees for one in done) else UNUSABLE


# What is printed


def _text(done: Sequence[Verified], agreement: Agreement, base_url: str) -> Iterator[str]:
    from monitor.detect.agreement import Outcome
    from monitor.text import counted, day

    if not done:
        yield "Nothing was compared."
        return
    outcomes = Counter(one.outcome for one in done)
    agreeing = sum(count for outcome, count in outcomes.items() if outcome.agrees)
    others = (f"{one}: {outcomes[one]:,}" for one in Outcome if outcomes[one] and one is not Outcome.AGREES)
    of = day(max(one.file_date for one in done))
    agree = f"{counted(len(done), 'service')}: the readings of {agreeing:,} agree with CQC's file of {of}"
    yield "; ".join([agree, *others]) + "."
    for one in sorted(done, key=lambda one: (list(Outcome).index(one.outcome), one.location_id)):
        if one.outcome.wants_a_person:
            yield from ("", *_shown(one, base_url))
    if not agreeing and not any(one.outcome.wants_a_person for one in done):
        yield "None of these services could be compared, so this result proves nothing: try --sample 100."
    yield ""
    yield f"Among the last {agreement.compared} services that could be compared: {agreement.text}."


def _shown(one: Verified, base_url: str) -> Iterator[str]:
    from monitor.locations import location_path
    from monitor.text import plain

    said = one.comparison
    yield f"{one.location_id}: {one.outcome}{': ' + plain(said.reason) if said.reason else ''}"
    for difference in said.differences:
        yield f"  {plain(difference.text)}"
    if said.published or said.filed:
        yield f"  published {said.published or '(date not read)'}, in the file {said.filed or '(no date)'}"
    yield f"  look at {base_url}{location_path(one.location_id)}"
    if one.outcome.differs:
        yield f"  if the page agrees with the file, save and report the page: {capture_command(one)}"


def capture_command(one: Verified) -> str:
    """Returns the command that saves a misread page. The expected reading is what CQC's file states."""
    expected = [
        f"--expect {shlex.quote(f'{each.of}={each.file}')}" for each in one.comparison.differences if each.file and not each.group
    ]
    return " ".join(["cqc-monitor capture", one.location_id, *expected])


def _json(run: Run, done: Sequence[Verified], ended: Ended, agreement: Agreement) -> dict[str, Any]:
    outcomes = Counter(one.outcome.value for one in done)
    return {
        "asked": len(run.ids),
        "done": len(done),
        "broken_off": ended.broken_off,
        "file_date": max((one.file_date.isoformat() for one in done), default=None),
        "agreeing": sum(one.outcome.agrees for one in done),
        "differing": sum(one.outcome.differs for one in done),
        "outcomes": dict(outcomes),
        "services": [_service_json(one) for one in sorted(done, key=lambda one: one.location_id)],
        "agreement": {
            "compared": agreement.compared,
            "agreeing": agreement.agreeing,
            "file_date": agreement.file_date and agreement.file_date.isoformat(),
            "differing": list(agreement.differing),
            "probably_misread": agreement.probably_misread,
        },
    }


def _service_json(one: Verified) -> dict[str, Any]:
    said = one.comparison
    return {
        "location_id": one.location_id,
        "outcome": one.outcome.value,
        "agrees": one.outcome.agrees,
        "differs": one.outcome.differs,
        "published": said.published and said.published.isoformat(),
        "filed": said.filed and said.filed.isoformat(),
        "reason": said.reason,
        "differences": [
            {"of": each.of, "group": each.group, "page": each.page, "file": each.file, "api": each.api}
            for each in said.differences
        ],
        "capture": capture_command(one) if one.outcome.differs else None,
    }
