"""Renders the same facts about a service in many markups, with surroundings that mislead a careless reader."""

import html
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from monitor.ratings import KeyQuestion, Rating, Reason, Stated

OVERALL = "overall"

LABELS = {
    OVERALL: "Overall",
    KeyQuestion.SAFE: "Safe",
    KeyQuestion.EFFECTIVE: "Effective",
    KeyQuestion.CARING: "Caring",
    KeyQuestion.RESPONSIVE: "Responsive",
    KeyQuestion.WELL_LED: "Well-led",
}
STATED: tuple[Stated, ...] = (*Rating, Reason.NOT_RATED, Reason.INSPECTED_BUT_NOT_RATED, Reason.INSUFFICIENT_EVIDENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts that a page states. `questions` are in the order in which the page shows them."""

    location_id: str = "1-2235535718"
    name: str = "Cherrybrook Care Home"
    provider: str = "All Saints Care Limited"
    overall: Stated = Rating.GOOD
    questions: Mapping[KeyQuestion, Stated] = field(default_factory=dict)
    published: date | None = None


def shown(value: Stated) -> str:
    return value.value.capitalize()


def _long(value: Stated) -> str:
    words = shown(value).split()
    return f"{' '.join(words[:-1])} <b>{words[-1]}</b>" if len(words) > 1 else f"<b>{words[0]}</b>"


# The ways to show a value. Each function returns inline markup.
CARRIERS: dict[str, Callable[[Stated], str]] = {
    "text": shown,
    "capitals": lambda value: value.value.upper(),
    "split over inline elements": _long,
    "with a break in it": lambda value: shown(value).replace(" ", "\n   ", 1),
    "with a hard space": lambda value: shown(value).replace(" ", "&nbsp;"),
    "an image's alt": lambda value: f'<img src="/i/{len(value)}.png" alt="{shown(value)}">',
    "a title": lambda value: f'<span class="dot" title="{shown(value)}"></span>',
    "an aria-label": lambda value: f'<i role="img" aria-label="{shown(value)}"></i>',
    "visually hidden text": lambda value: f'<span class="sr-only">{shown(value)}</span><i aria-hidden="true">x</i>',
    "a class name": lambda value: f'<i class="icon rating--{value.value.replace(" ", "-")}"></i>'
    if isinstance(value, Rating)
    else shown(value),
    "decorated": lambda value: f'<strong class="x">{shown(value)}</strong> <i>●</i>',
}

Pairs = list[tuple[str, str]]
"""Labels and the markup of their values, in order."""


def _each(before: str, each: str, after: str) -> Callable[[Pairs], str]:
    def render(pairs: Pairs) -> str:
        return before + "\n".join(each.format(label=label, value=value, low=label.lower()) for label, value in pairs) + after

    return render


def _columns(pairs: Pairs) -> str:
    heads = "".join(f"<th>{label}</th>" for label, _ in pairs)
    cells = "".join(f"<td>{value}</td>" for _, value in pairs)
    return f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"


# The ways to arrange labels and values.
SETS: dict[str, Callable[[Pairs], str]] = {
    "list": _each("<ul>", "<li>{label} <span>{value}</span></li>", "</ul>"),
    "list with colons": _each("<ul>", "<li>{label}: {value}</li>", "</ul>"),
    "list with links": _each('<ul class="r">', '<li><a href="#{low}">{label}</a> <span class="x">{value}</span></li>', "</ul>"),
    "list with headings": _each("<ul>", "<li><h3>{label}</h3><p>{value}</p></li>", "</ul>"),
    "definition list": _each("<dl>", "<dt>{label}</dt><dd>{value}</dd>", "</dl>"),
    "definition list in rows": _each('<dl class="summary">', "<div><dt>{label}</dt><dd>{value}</dd></div>", "</dl>"),
    "table of rows": _each("<table>", "<tr><th>{label}</th><td>{value}</td></tr>", "</table>"),
    "table of columns": _columns,
    "paragraphs": _each("", "<p>{label}: {value}</p>", ""),
    "paragraphs with dashes": _each("", "<p>{label} – {value}</p>", ""),
    "headings and paragraphs": _each("", "<h3>{label}</h3><p>{value}</p>", ""),
    "headings and panels": _each("", '<h3>{label}</h3><div class="panel"><div><p>{value}</p></div></div>', ""),
    "headings with the rating in them": _each("", "<h3>{label} <strong>{value}</strong></h3>", ""),
    "headings, ratings and text": _each("", "<h3>{label}</h3><p>{value}</p><p>People told us what they thought of it.</p>", ""),
    "cards": _each("<div>", '<div class="card"><div><h4>{label}</h4></div><div><span>{value}</span></div></div>', "</div>"),
    "cards, value first": _each("<div>", '<div class="card"><span class="badge">{value}</span><h4>{label}</h4></div>', "</div>"),
    "cards with a text between": _each(
        "<div>", '<div class="card"><h4>{label}</h4><p>What this means for people.</p><p>{value}</p></div>', "</div>"
    ),
    "sibling divs": _each("<div>", "<div>{label}</div><div>{value}</div>", "</div>"),
    "squeezed spans": _each("<div>", "<div><span>{label}</span><span>{value}</span></div>", "</div>"),
    "rating with its word": _each("", "<section><h3>{label}</h3><p>Rating: {value}</p></section>", ""),
    "buttons": _each("<div>", "<div><button>{label} <span>{value}</span></button><div>Some text.</div></div>", "</div>"),
}

LEGEND = (
    "<section><h2>What our ratings mean</h2><dl>"
    "<dt>Outstanding</dt><dd>The service is performing exceptionally well.</dd>"
    "<dt>Good</dt><dd>The service is performing well and meeting our expectations.</dd>"
    "<dt>Requires improvement</dt><dd>The service is not performing as well as it should.</dd>"
    "<dt>Inadequate</dt><dd>The service is performing badly and we have taken action.</dd></dl></section>"
)
BARE_LEGEND = "<ul><li>Outstanding</li><li>Good</li><li>Requires improvement</li><li>Inadequate</li></ul>"
NEARBY = (
    "<section><h2>Nearby services</h2><ul>"
    '<li><a href="/location/1-999999991">Rose Cottage</a> <p>Overall: Inadequate</p></li>'
    '<li><a href="/location/1-999999992">Oak House</a> <p>Outstanding</p></li></ul></section>'
)
OLDER = (
    "<h3>3 May 2014</h3><p>During a routine inspection</p><p>The service was told it requires improvement.</p>"
    "<p>Overall: Inadequate</p><ul><li>Safe: Inadequate</li><li>Well-led: Outstanding</li></ul>"
)
SCRIPT = '<script>var rating = "<p>Overall: Inadequate</p>"; // Safe: Outstanding</script><!-- Overall: Outstanding -->'
HIDDEN = "<template><p>Overall: Outstanding</p></template>"
HIDDEN_OUTSIDE = (
    '<div hidden>Overall: Inadequate</div><p style="display: none">Safe: Outstanding</p><noscript>Caring: Inadequate</noscript>'
)
"""Hidden text outside the content, which must not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the facts are shown."""

    carrier: str = "text"
    overall_as: str = "paragraphs"
    questions_as: str = "list"
    together: bool = False  # whether the overall rating and the key questions are in one arrangement
    legend: str = ""
    nearby: bool = False
    older: bool = False
    noise: bool = False
    padding: int = 0
    question_labels: bool = False  # whether the labels are questions, such as "Is the service safe?"


def page(facts: Facts, look: Look) -> str:
    """Returns a whole page."""
    return "\n".join(parts(facts, look))


def parts(facts: Facts, look: Look) -> list[str]:
    """Returns the pieces of a page, in order."""
    carry = CARRIERS[look.carrier]
    overall = [("Overall", carry(facts.overall))]
    questions = [(_label(question, look), carry(value)) for question, value in facts.questions.items()]
    path = f"/location/{facts.location_id}"
    name, provider = html.escape(facts.name), html.escape(facts.provider)
    head = [
        "<!doctype html><html><head>",
        f'<title>{name} - Care Quality Commission</title><link rel="canonical" href="https://www.cqc.org.uk{path}">',
        SCRIPT if look.noise else "",
        "</head><body>",
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/care-services">Services we regulate</a></li></ul></nav>',
        HIDDEN_OUTSIDE if look.noise else "",
        "<main><ul><li>Care Home</li><li>Care home</li></ul>",
        f"<h1>{name}</h1>",
    ]
    if look.together:
        rated = [SETS[look.questions_as](overall + questions)]
    else:
        rated = [f"<div>{SETS[look.overall_as](overall)}</div>", f"<section>{SETS[look.questions_as](questions)}</section>"]
    published = [f"<p>Published {facts.published.day} {facts.published:%B %Y}</p>"] if facts.published else []
    return [
        *head,
        "<p>17 Brook Lane, Leicester, LE2 3AB (0116) 555 0101</p>",
        f'<p>Provided and run by:</p><p><a href="/provider/1-101">{provider}</a></p>',
        HIDDEN if look.noise else "",
        *rated,
        *published,
        f'<p><a href="{path}/inspection-summary">Read the summary</a> <a href="{path}/reports">All reports</a></p>',
        look.legend,
        _padding(look.padding),
        "<h2>All inspections</h2>",
        "<h3>20 November 2026</h3><p>During a routine inspection</p>"
        "<p>People liked the garden and its outstanding maintenance.</p>",
        OLDER if look.older else "",
        NEARBY if look.nearby else "",
        "<footer><p>Care Quality Commission</p></footer></main></body></html>",
    ]


def _label(question: KeyQuestion, look: Look) -> str:
    return f"Is the service {question.value}?" if look.question_labels else LABELS[question]


def _padding(blocks: int) -> str:
    random_text = random.Random(blocks)
    words = ("people", "staff", "told", "us", "good", "care", "were", "safe", "and", "the", "responsive", "improvement")
    return "\n".join(
        f'<div class="block block-{at}" id="b{at}"><p>{" ".join(random_text.choices(words, k=30)).capitalize()}.</p></div>'
        for at in range(blocks)
    )
