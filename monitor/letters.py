"""Draft letters to placing authorities. This module defines the placeholders of a template, and the default template. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from monitor.own_facts import OwnFacts, as_of
from monitor.text import day

PLACEHOLDERS: Mapping[str, str] = {
    "service": "the name of the service",
    "location id": "CQC’s id for the service",
    "address": "the service’s address, if it is known",
    "provider": "the service’s provider",
    "what changed": "what the report changed, in one line",
    "why": "sentences from CQC’s own summary of the report",
    "rating": "the overall rating now",
    "published": "when the report was published",
    "report": "the address of the service’s page on CQC’s site",
    "people placed": "how many people are placed at the service, and the date of this number",
    "funding authority": "the funding authority, from your own facts",
    "contract officer": "the contract officer, from your own facts",
    "contract reference": "the contract’s reference, from your own facts",
    "suspended since": "the day since which placements are suspended",
    "today": "the day when the draft is made",
}
"""The placeholders of a template, each with a description of the value that replaces it. In a template, a placeholder is in
double brackets, such as ((service))."""

NOT_KNOWN = "not known"

SHIPPED = (
    "((today))",
    "To: ((funding authority))",
    "((service)), ((address)) (CQC location ((location id)))",
    "Dear colleague,",
    "We write to you as an authority that may have placed people at this service, which is run by ((provider)).",
    "What changed: ((what changed)). The overall rating is now ((rating)). The report was published on ((published)).",
    "Why, in the words of CQC’s summary: ((why))",
    "CQC’s page about the service: ((report))",
    "According to our own records, people placed at the service: ((people placed)).",
    "Placements suspended by us since: ((suspended since)).",
    "Please consider whether the people whom you have placed at the service are safe, and tell us whom we can speak to.",
    "Our contract officer: ((contract officer)). Our reference: ((contract reference)).",
    "Yours faithfully,",
)
"""The template that is used until somebody uploads another template, with one paragraph per line."""

_FIELD = re.compile(r"\(\(([^()]{1,80})\)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a letter says about a service. An empty text means that the value is not known. `facts` are the council's own facts;
    None if the council has no facts about the service."""

    service: str
    location_id: str
    report: str
    address: str = ""
    provider: str = ""
    what_changed: str = ""
    why: str = ""
    rating: str = ""
    published: date | None = None
    facts: OwnFacts | None = None


def values(about: About, today: date) -> dict[str, str]:
    """Returns the value of each placeholder."""
    facts = about.facts
    placed = f"{facts.people_placed:,}, {as_of(facts, today)}" if facts and facts.people_placed is not None else ""
    suspended = (day(facts.suspended_since) if facts.suspended_since else "no suspension is recorded") if facts else ""
    found = {
        "service": about.service,
        "location id": about.location_id,
        "address": about.address,
        "provider": about.provider,
        "what changed": about.what_changed,
        "why": about.why,
        "rating": about.rating,
        "published": day(about.published) if about.published else "",
        "report": about.report,
        "people placed": placed,
        "funding authority": (facts and facts.funding_authority) or "",
        "contract officer": (facts and facts.contract_officer) or "",
        "contract reference": (facts and facts.contract_reference) or "",
        "suspended since": suspended,
        "today": day(today),
    }
    return {name: found[name] or NOT_KNOWN for name in PLACEHOLDERS}


def fields(text: str) -> list[tuple[int, int, str]]:
    """Returns the start, the end, and the name in lower case of each placeholder in a text."""
    return [(one.start(), one.end(), " ".join(one[1].casefold().split())) for one in _FIELD.finditer(text)]


def unknown(texts: Iterable[str]) -> list[str]:
    """Returns the names of unknown placeholders, in the order of the texts."""
    return list(dict.fromkeys(name for text in texts for _, _, name in fields(text) if name not in PLACEHOLDERS))
