"""Finds CQC's monthly files on the page that links to the files. The address of each file changes each month, and contains a
day that differs from file to file. Source: docs/facts/files.md, Where they are.
"""

import html
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urljoin, urlsplit

from monitor.cqc.days import date_in
from monitor.cqc.site import Blind, Page, Site
from monitor.locations import is_cqc_host, site_of
from monitor.register.entries import FileKind

PAGE = "/about-us/transparency/using-cqc-data"

_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_NAMES = {
    FileKind.ACTIVE: re.compile(r"HSCA[ _]Active[ _]Locations\.(?:ods|xlsx)", re.IGNORECASE),
    FileKind.RATINGS: re.compile(r"Latest[ _]ratings\.(?:ods|xlsx)", re.IGNORECASE),
    FileKind.DIRECTORY: re.compile(r"CQC[ _]directory\.(?:csv|zip)", re.IGNORECASE),
}
_MONTH = re.compile(r"/(\d{4})-(\d\d)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A file that the page links to. `as_of` is the date in the file's name, or else the first day of the month in the folder's
    name; None if neither name contains a date."""

    kind: FileKind
    url: str
    name: str
    as_of: date | None


async def find(site: Site) -> list[Link] | Blind:
    """Returns the newest file of each kind that CQC's data page links to. The list is empty if the page links to no such file.
    Returns Blind if the page can't be seen."""
    page = await site.fetch(PAGE, fresh=True)
    if isinstance(page, Page):
        return links_in(page.body.decode("utf-8", "replace"), page.url)
    assert isinstance(page, Blind)  # `Unchanged` is impossible, since the request had no validators
    return page


def links_in(text: str, url: str) -> list[Link]:
    """Returns the newest file of each kind that a page's HTML links to. Only files on CQC's site or on the page's own host are
    returned."""
    newest: dict[FileKind, Link] = {}
    for quoted, single in _HREF.findall(text):
        link = _link(html.unescape(quoted or single).strip(), url)
        if link and ((known := newest.get(link.kind)) is None or (link.as_of or date.min) > (known.as_of or date.min)):
            newest[link.kind] = link
    return [newest[kind] for kind in FileKind if kind in newest]


def _link(href: str, page: str) -> Link | None:
    try:
        target = urljoin(page, href)
        parts = urlsplit(target)
        here = parts.scheme == urlsplit(page).scheme and site_of(target) == site_of(page)
        ours = here or (parts.scheme == "https" and is_cqc_host(parts.hostname))
    except ValueError:
        return None
    path = "".join(one for one in unquote(parts.path) if one.isprintable())  # the name is shown to people
    name = path.rpartition("/")[2]
    kind = next((kind for kind, pattern in _NAMES.items() if pattern.search(name)), None)
    if not ours or kind is None:
        return None
    folder = _MONTH.search(path)
    month = date(int(folder[1]), int(folder[2]), 1) if folder and 1 <= int(folder[2]) <= 12 else None
    return Link(kind=kind, url=target, name=name, as_of=date_in(name) or month)
