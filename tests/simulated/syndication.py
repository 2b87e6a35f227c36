"""Simulates CQC's Syndication API on loopback, with the services of a simulated site. Source: docs/facts/api.md.

with Regulator(home) as site, Syndication(site.services) as api:
    …  CQC_API_URL=api.api_url  CQC_API_KEY=KEY
    api.changed(HOME, at=now)                      # the list of changes names the service from now on
    api.changed(HOME, at=now, appears=in_ten_days)  # the list names the service late, as CQC's list does
    api.states[HOME] = home.copy()                 # the API states these facts instead of the site's facts
    api.fail(status(401))
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.simulated.regulator import Troubles
from tests.simulated.server import Answer, Fault, Request, Server
from tests.simulated.services import QUESTIONS, Entry, Question, Service

KEY = "0123456789abcdef0123456789abcdef"

BASE = "/public/v1"

_ORDER = ("Safe", "Well-led", "Caring", "Responsive", "Effective")
"""The key questions in the order of currentRatings. Source: docs/facts/api.md, Current ratings."""

# A manager, in the form that real answers use.
_CONTACTS = [{"personTitle": "Ms", "personGivenName": "Givenname", "personFamilyName": "Familyname", "personRoles": ["Manager"]}]


@dataclass(frozen=True, slots=True)
class _Change:
    at: datetime
    location_id: str
    appears: datetime


class Syndication(Server):
    """The API. `services` are the services on the regulator's site. `states` gives the services about which the API states other
    facts than the site. A page of a list has at most `page_size` entries, even if a request asks for more. The list
    contains the changes that have appeared by the time that `clock` returns."""

    def __init__(self, services: Mapping[str, Service], *, page_size: int = 1000) -> None:
        super().__init__()
        self.services = services
        self.states: dict[str, Service] = {}
        self.page_size = page_size
        self.lower_case: set[str] = set()
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._changes: list[_Change] = []
        self._troubles = Troubles()

    @property
    def api_url(self) -> str:
        """The value for CQC_API_URL."""
        return self.url + BASE

    def changed(self, *location_ids: str, at: datetime, appears: datetime | None = None) -> None:
        """From `appears` on (by default at once), the list of changes names these services as changed at `at`."""
        self._changes += (_Change(at, one, appears or at) for one in location_ids)

    def fail(self, fault: Fault, *, path: str = BASE, times: int | None = None) -> None:
        """From now on this fault affects paths that begin with `path`, for `times` requests or until `heal` is called."""
        self._troubles.add(fault, path, times, 1)

    def heal(self) -> None:
        """Ends all faults."""
        self._troubles.clear()

    def asked(self, path: str = BASE) -> list[Request]:
        """Returns the requests for paths that begin with `path`, oldest first."""
        return [one for one in self.requests if one.path.startswith(path)]

    def asked_about(self, location_id: str) -> int:
        """Returns the number of requests about a service."""
        return len(self.asked(f"{BASE}/locations/{location_id}"))

    def answer(self, request: Request) -> Answer:
        parts = urlsplit(request.path)
        return self._troubles.spoil(parts.path, self._honest(request, parts.path, parse_qs(parts.query)))

    def _honest(self, request: Request, path: str, query: dict[str, list[str]]) -> Answer:
        if not request.headers.get("user-agent"):
            return told(403, "please ensure you have set a User-Agent header")
        if request.headers.get("ocp-apim-subscription-key") != KEY:
            return told(401, "no valid subscription key was given")
        if path == f"{BASE}/changes/location":
            return self._feed(query)
        if path.startswith(f"{BASE}/locations/"):
            return self._location(path.rpartition("/")[2])
        return told(404, "there is no such resource")

    def _feed(self, query: dict[str, list[str]]) -> Answer:
        start, end = (datetime.fromisoformat(query[name][0]) for name in ("startTimestamp", "endTimestamp"))
        number, size = int(query["page"][0]), min(int(query["perPage"][0]), self.page_size)
        named = [one for one in self._changes if start <= one.at < end and one.appears <= self.clock()]
        ids = list(dict.fromkeys(one.location_id for one in named))
        ids = [one.lower() if one in self.lower_case else one for one in ids]
        pages = -(-len(ids) // size)
        page: dict[str, Any] = {
            "total": len(ids),
            "page": number,
            "perPage": size,
            "totalPages": pages,
            "changes": ids[(number - 1) * size : number * size],
        }
        if number < pages:
            page["nextPageUri"] = f"https://elsewhere.example/changes/location?page={number + 1}&perPage={size}"
        return _json(page)

    def _location(self, location_id: str) -> Answer:
        if location_id != location_id.upper():
            return told(400, "the location id is not valid")
        service = self.states.get(location_id) or self.services.get(location_id)
        return _json(stated(service)) if service else told(404, "no such location")


def told(status: int, message: str, **headers: str) -> Answer:
    """Returns an error in the API's form."""
    body = json.dumps({"statusCode": status, "message": message}).encode()
    return Answer(status=status, headers={"Content-Type": "application/json", **headers}, body=body)


def _json(value: object) -> Answer:
    return Answer(headers={"Content-Type": "application/json; charset=utf-8"}, body=json.dumps(value).encode())


def stated(service: Service) -> dict[str, Any]:
    """Returns a service in the API's form. Empty fields are left out."""
    street, town, county, postcode = (service.address.split(", ") + [""] * 4)[:4]
    answer: dict[str, Any] = {
        "locationId": service.location_id,
        "providerId": service.provider_id,
        "organisationType": "Location",
        "type": "Social Care Org",
        "name": service.name,
        "registrationStatus": "Deregistered" if service.archived else "Registered",
        "registrationDate": service.registered.isoformat(),
        "dormancy": "N",
        "careHome": "Y",
        "inspectionDirectorate": "Adult social care",
        "localAuthority": "Leicestershire",
        "region": "East Midlands",
        "postalAddressLine1": street,
        "postalAddressTownCity": town,
        "postalAddressCounty": county,
        "postalCode": postcode,
        "regulatedActivities": [{"name": "Personal care", "code": "RA1", "contacts": _CONTACTS}],
        "gacServiceTypes": [{"name": service.type, "description": service.type}],
        "specialisms": [],
        "inspectionAreas": [],
        "relationships": [],
    }
    if service.archived:
        answer["deregistrationDate"] = service.archived.isoformat()
    newest = service.newest
    if newest.assessment:
        answer["assessment"] = [_assessment(service, newest)]
        answer["historicRatings"] = [_inspection(one) for one in service.older if not one.assessment]
    elif newest.overall is not None:
        answer["currentRatings"] = {"overall": _inspection(newest), "reportDate": newest.published.isoformat()}
    return answer


def _inspection(entry: Entry) -> dict[str, Any]:
    rated = [(name, entry.questions[name]) for name in _ORDER if name in entry.questions]
    return {
        "rating": entry.overall,
        "reportDate": entry.published.isoformat(),
        "reportLinkId": "6f8a2c10-0000-4000-8000-" + entry.published.strftime("%Y%m%d0000"),
        "keyQuestionRatings": [
            {"name": name, "rating": one.rating, "reportDate": (one.published or entry.published).isoformat()}
            for name, one in rated
            if one.rating
        ],
    }


def _assessment(service: Service, entry: Entry) -> dict[str, Any]:
    questions = [_assessed(name, entry.questions[name]) for name in sorted(QUESTIONS) if name in entry.questions]
    group = {
        "assessmentPlanId": entry.report,
        "title": f"Ongoing Assessment for {service.name}",
        "assessmentDate": entry.inspected.isoformat(),
        "assessmentPlanStatus": "Active",
        "name": "Care Homes",
        "rating": entry.overall or "",
        "status": "Current",
        "commentary": "\n\n".join(entry.paragraphs()),
        "keyQuestionRatings": questions,
    }
    return {"assessmentPlanPublishedDateTime": f"{entry.published} 15:19:48", "ratings": {"asgRatings": [group]}}


def _assessed(name: str, one: Question) -> dict[str, Any]:
    stated: dict[str, Any] = {"name": name, "status": "Assessed" if one.assessed else "Not Assessed"}
    if one.rating:
        stated["rating"] = one.rating.title()  # gives "Requires Improvement". Source: docs/facts/api.md, Current ratings
    if one.score is not None:
        stated["percentageScore"] = str(one.score)
    return stated
