"""Addresses of services: what people paste -> the location id, and the location id -> the page's path.

The same pages are published on several hosts and linked in many spellings (docs/facts/pages.md, Hosts).
"""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from monitor.errors import UsageError
from monitor.model import LISTED_ID, LOCATION_ID

Listed = Callable[[str], bool]
"""Whether an id, upper case, is known to be one: the register holds it."""

# CQC's own hosts and its agency's copies. Source: docs/facts/pages.md, Hosts.
_CQC_HOST = re.compile(r"(?:[a-z0-9-]+\.)*cqc\.org\.uk|gl-(?:dp)?cqc\.axis12\.com")
# Where the id stands in a path: the site, the widget, the API ("locations").
_IN_PATH = re.compile(r"/(location|locations|widget|provider|providers)/([^/]*)", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))
_AROUND = " \t\r\n\f\v<>\"'“”‘’.,;"
_EXAMPLE = "write an id such as 1-2235535718, or the address of the service's page on CQC's site"


def is_cqc_host(host: str | None) -> bool:
    """Whether CQC publishes its pages on this host (any case, with or without a trailing dot)."""
    return bool(host and _CQC_HOST.fullmatch(host.lower().rstrip(".")))


def site_of(url: str) -> tuple[str, int | None]:
    """What makes two addresses the same site: the host without `www.`, case and trailing dot, and the port where it
    isn't the scheme's own. Raises ValueError for what is no address at all."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    return host, None if parts.port in (None, 80, 443) else parts.port


def location_id_of(text: str, *, base_url: str | None = None, listed: Listed = lambda _: False) -> str:
    """The location id, upper case, of an id or of any URL of a service's page: on CQC's hosts or at `base_url`, with or
    without scheme, in any case, sub-pages, queries and fragments included. Blanks and quotes around it, NBSP and
    typographic dashes are forgiven, since people paste from documents. What doesn't look like an id (a few of the NHS's are
    plain words) is one where it is `listed`. Raises UsageError, one line, for anything else.
    """
    given = _tidy(text)
    if not given:
        raise UsageError(f"An empty location: {_EXAMPLE}")
    if "/" not in given or any(c.isspace() for c in given):
        return _checked(given, text, listed)
    try:
        parts = urlsplit(given if "://" in given else "https://" + given.lstrip("/"))
        known = is_cqc_host(parts.hostname) or (base_url is not None and site_of(parts.geturl()) == site_of(base_url))
    except ValueError:
        raise UsageError(f"{_shown(text)} is not an address: {_EXAMPLE}") from None
    if not known:
        raise UsageError(f"{_shown(text)} is not on CQC's site: {_EXAMPLE}")
    match = _IN_PATH.search(unquote(parts.path))
    if not match:
        raise UsageError(f"{_shown(text)} is not the page of one service: {_EXAMPLE}")
    if match[1].lower().startswith("provider"):
        raise UsageError(f"{_shown(text)} is a provider, not a service: open the service's own page and give its address")
    return _checked(_tidy(match[2]), text, listed)


def location_path(location_id: str) -> str:
    """The path of a service's page. CQC's own links bear the id as it is published, NHS ids in capitals (/location/RJ121)."""
    return f"/location/{location_id}"


def location_url(location_id: str, base_url: str) -> str:
    """The address of a service's page on CQC's site at `base_url`, which has no slash at its end."""
    return base_url + location_path(location_id)


def location_id_in(url: str) -> str | None:
    """The location id that stands in a URL's path, upper case; None where there is none."""
    match = re.search(r"/location/([^/?#]+)", url, re.IGNORECASE)
    return match[1].upper() if match else None


def _tidy(text: str) -> str:
    """Without what word processors and mail programs put around or in place of plain characters."""
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    visible = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    return visible.strip(_AROUND)


def is_location_id(text: str, listed: Listed) -> bool:
    """Whether a text, upper case, is an id: by its looks, or since it is `listed`."""
    return bool(LOCATION_ID.fullmatch(text) or (LISTED_ID.fullmatch(text) and listed(text)))


def published_id(text: str) -> str | None:
    """The id, upper case, of a text that CQC publishes in the place of one; None where it can be none. One of letters only
    stands in capitals there: in small letters it is a word ("location number three")."""
    plain = text.strip()
    has_digit = any(one.isdecimal() for one in plain)
    return plain.upper() if LISTED_ID.fullmatch(plain.upper() if has_digit else plain) else None


def _checked(candidate: str, text: str, listed: Listed) -> str:
    location_id = candidate.upper()
    is_assessment = re.fullmatch(r"L?AP\d{3,}", location_id)  # as AP5373. Source: docs/facts/ratings.md, Ids
    if not candidate.isascii() or is_assessment or not is_location_id(location_id, listed):
        raise UsageError(f"{_shown(text)} is not a location id: {_EXAMPLE}")
    return location_id


def _shown(text: str) -> str:
    """What was given, fit for one line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return repr(line if len(line) <= 100 else line[:99] + "…")


def is_report(url: str) -> bool:
    """Whether an address is that of a report in PDF: it names no service, and another report has another one."""
    return location_id_in(url) is None
