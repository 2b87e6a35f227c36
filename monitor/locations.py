"""Finds the location id in pasted text, and returns the path of a service's page.

CQC publishes the same pages on several hosts, and links to the pages have many spellings (docs/facts/pages.md, Hosts).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import unquote, urlsplit

from monitor.errors import UsageError
from monitor.model import LISTED_ID, LOCATION_ID

Listed = Callable[[str], bool]
"""A function that says whether a text in upper case is the location id of a service in the register."""

# CQC's own hosts, and the hosts on which CQC's web agency has copies of the site. Source: docs/facts/pages.md, Hosts.
_CQC_HOST = re.compile(r"(?:[a-z0-9-]+\.)*cqc\.org\.uk|gl-(?:dp)?cqc\.axis12\.com")
# Finds the id in the path of a URL of the site, of the widget or of the API ("locations").
_IN_PATH = re.compile(r"/(location|locations|widget|provider|providers)/([^/]*)", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))
_AROUND = " \t\r\n\f\v<>\"'“”‘’.,;"
_EXAMPLE = "write an id such as 1-2235535718, or the address of the service's page on CQC's site"


def is_cqc_host(host: str | None) -> bool:
    """Whether CQC publishes its pages on this host (any case, with or without a trailing dot)."""
    return bool(host and _CQC_HOST.fullmatch(host.lower().rstrip(".")))


def site_of(url: str) -> tuple[str, int | None]:
    """Returns the host and the port of a URL, in a form that is equal for all URLs on the same site. The host is in lower case,
    without `www.` or a trailing dot. A default port is None. Raises ValueError if the text is not a URL."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    return host, None if parts.port in (None, 80, 443) else parts.port


def location_id_of(text: str, *, base_url: str | None = None, listed: Listed = lambda _: False) -> str:
    """Returns the location id, in upper case, from a text that is an id or any URL of a service's page.

    The URL may be on CQC's hosts or at `base_url`. It may lack a scheme, may be in capitals or small letters, and may have a
    sub-page, a query or a fragment. Because people paste from documents, surrounding blanks and quotes, non-breaking spaces and
    typographic dashes are accepted. A few NHS ids are plain words. Therefore a text that does not look like an id is an id if
    `listed` returns True for it. Raises UsageError, with a text of one line, for anything else.
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
        raise UsageError(f"{_shown(text)} is a provider, not a service: open the service's own page and use its address")
    return _checked(_tidy(match[2]), text, listed)


def ids_in(
    lines: Iterable[str], *, base_url: str | None = None, listed: Listed = lambda _: False
) -> tuple[list[str], list[str]]:
    """Returns the location ids in several lines (see `location_id_of`), and an error for each line without an id. The errors
    contain no example, because the form that shows the errors shows examples too."""
    ids, errors = [], []
    for line in lines:
        try:
            ids.append(location_id_of(line, base_url=base_url, listed=listed))
        except UsageError as error:
            errors.append(str(error).removesuffix(f": {_EXAMPLE}"))
    return ids, errors


def location_path(location_id: str) -> str:
    """Returns the path of a service's page, such as /location/RJ121. The location id is in capitals, as in CQC's own links."""
    return f"/location/{location_id}"


def location_url(location_id: str, base_url: str) -> str:
    """Returns the address of a service's page on CQC's site at `base_url`, which has no trailing slash."""
    return base_url + location_path(location_id)


def location_id_in(url: str) -> str | None:
    """Returns the location id in a URL's path, in upper case, or None if the path has no location id."""
    match = re.search(r"/location/([^/?#]+)", url, re.IGNORECASE)
    return match[1].upper() if match else None


def _tidy(text: str) -> str:
    """Removes characters that word processors and mail programs add to a text, or replaces them by plain characters."""
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    visible = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    return visible.strip(_AROUND)


def is_location_id(text: str, listed: Listed) -> bool:
    """Whether a text in upper case is a location id: it looks like an id, or `listed` says that the register contains it."""
    return bool(LOCATION_ID.fullmatch(text) or (LISTED_ID.fullmatch(text) and listed(text)))


def published_id(text: str) -> str | None:
    """Reads a text from a place where CQC's pages usually show an id. Returns the id in upper case; None if the text can't be an
    id. If the text has only letters, they must be capitals, because a text in small letters is a word, as in "location number
    three"."""
    plain = text.strip()
    has_digit = any(one.isdecimal() for one in plain)
    return plain.upper() if LISTED_ID.fullmatch(plain.upper() if has_digit else plain) else None


def _checked(candidate: str, text: str, listed: Listed) -> str:
    location_id = candidate.upper()
    is_assessment = re.fullmatch(r"L?AP\d{3,}", location_id)  # such as AP5373 (docs/facts/ratings.md, Ids)
    if not candidate.isascii() or is_assessment or not is_location_id(location_id, listed):
        raise UsageError(f"{_shown(text)} is not a location id: {_EXAMPLE}")
    return location_id


def _shown(text: str) -> str:
    """Returns the given text, shortened to fit on one line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return repr(line if len(line) <= 100 else line[:99] + "…")


def is_report(url: str) -> bool:
    """Whether a URL is the URL of a PDF report. The URL of a PDF report contains no location id, and differs for each report."""
    return location_id_in(url) is None
