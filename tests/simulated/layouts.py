"""Makes the pages of the simulated regulator in several layouts, which show the same facts. The templates are in `pages/`.

The texts are in the same order as on CQC's pages (docs/facts/pages.md), but the markup is our own. Class names differ
between the layouts on purpose, since CQC has changed its class names at least four times in ten years.
"""

import secrets
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.simulated.services import QUESTIONS, Entry, Service


class Layout(StrEnum):
    """The markup of the location page."""

    YEAR_2026 = "2026"  # the frame of a real page of July 2026; docs/facts/pages.md, Layout of today
    TODAY = "today"  # the wording from before 2026, all inside one `main` element; docs/facts/pages.md, Layout of today
    YEAR_2019 = "2019"
    YEAR_2016 = "2016"  # docs/facts/pages.md, Layout of 2016
    TABLES = "tables"  # a layout that CQC never used


_LEGEND = (
    ("Outstanding", "The service is performing exceptionally well."),
    ("Good", "The service is performing well and meeting our expectations."),
    ("Requires improvement", "The service is not performing as well as it should and we have told it how it must improve."),
    ("Inadequate", "The service is performing badly and we have taken action against the person or organisation that runs it."),
)


def location_page(service: Service, layout: Layout, *, others: list[Service]) -> str:
    """Returns the service's own page. The page lists `others` as nearby services, with ratings."""
    return _render(layout.value, service, service.newest, title="Care Quality Commission", others=others)


def summary_page(service: Service) -> str:
    """Returns the page with the summary of the newest report."""
    return _render("summary", service, service.newest, title="Inspection summary")


def reports_page(service: Service) -> str:
    """Returns the page that lists all reports, newest first."""
    return _render("reports", service, service.newest, title="Reports")


def assessment_page(service: Service, entry: Entry, name: str) -> str | None:
    """Returns a page of an assessment's report. `name` must be "overall" or a key question in lower case; otherwise returns
    None."""
    question = next((key for key in entry.questions if key.lower() == name), None)
    if question is None and name != "overall":
        return None
    stated = entry.questions[question] if question else None
    return _render("assessment", service, entry, title="Assessment", question=question, stated=stated)


def padded(page: str, size: int) -> str:
    """Makes a page longer, to about `size` bytes. As on real sites, half of the padding is menus, and half is the data of a
    script."""
    missing = size - len(page.encode())
    if missing <= 0:
        return page
    return page.replace("</header>", _menu(missing // 2) + "</header>", 1).replace(
        "</footer>", f'<script>var tiles = "{"x" * (missing // 2)}";</script></footer>', 1
    )


def _render(template: str, service: Service, entry: Entry, *, title: str, **facts: object) -> str:
    name = ("Archived: " if service.archived else "") + service.name
    return (
        _environment()
        .get_template(f"{template}.html")
        .render(
            service=service,
            entry=entry,
            entries=[service.newest, *service.older],
            rated=[(key, entry.questions[key]) for key in QUESTIONS if key in entry.questions and entry.questions[key].rating],
            name=name,
            title=f"{name} - {title}",
            legend=_LEGEND,
            question_link=lambda question: _question_link(service, entry, question),
            report_link=lambda item: _report_link(service, item),
            **facts,
        )
    )


def _question_link(service: Service, entry: Entry, question: str) -> str:
    if entry.assessment:
        return f"/location/{service.location_id}/reports/{entry.report}/{question.lower()}"
    return f"/location/{service.location_id}/inspection-summary#{question.lower().replace('-', '')}"


def _report_link(service: Service, entry: Entry) -> str:
    if entry.assessment:
        return f"/location/{service.location_id}/reports/{entry.report}/overall"
    return f"/location/{service.location_id}/inspection-summary"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["day"] = _day
    environment.globals["week"] = timedelta(days=7)
    # The tokens are new on each page, as on pages of a content management system.
    environment.globals["token"] = lambda: secrets.token_urlsafe(24)
    environment.globals["hexes"] = lambda: secrets.token_hex(32)
    return environment


@cache
def _menu(size: int) -> str:
    items: list[str] = []
    room = size - 40
    while room > 0:
        n = len(items)
        items.append(f'<li class="menu__item"><a class="menu__link" href="/guidance/topic-{n}">Guidance on topic {n}</a></li>\n')
        room -= len(items[-1])
    return f'<ul class="menu">{"".join(items)}</ul>'
