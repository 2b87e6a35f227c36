"""Makes the list of publications on CQC's site, as CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

COLUMNS = (
    "Name", "Address 1", "Address 2", "Town/City", "County", "Postcode", "Phone number", "Website", "Local authority", "Region",
    "Report publication date", "URL", "Also known as", "Specialisms/services", "Service types", "Provider name",
    "CQC Provider ID", "CQC Location ID", "Distance (miles away)", "Relevance score",
)  # fmt: skip
"""Source: docs/facts/publication.md, Where first."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list. `published` is the publication date, or any other text for its cell."""

    location_id: str
    published: date | str


def list_of(
    *rows: Listed,
    before: Sequence[str] | None = None,
    columns: Sequence[str] = COLUMNS,
    suffix: bool = True,
    address: str = "12 High Street",
) -> bytes:
    """Returns the list as a file. `before` gives the lines above the header (None means the usual line). `suffix` says whether
    the names of the id columns end in "(for office use only)"."""
    file = io.StringIO()
    writer = csv.writer(file)
    for line in (f"We found {len(rows):,} results for ",) if before is None else before:
        writer.writerow([line])
    office = " (for office use only)" if suffix else ""
    writer.writerow([name + office if name.lower() in ("cqc location id", "cqc provider id") else name for name in columns])
    for row in rows:
        said = f"{row.published:%d/%m/%Y}" if isinstance(row.published, date) else row.published
        given = {
            "name": "Cherrybrook, Leeds",
            "address 1": address,
            "report publication date": said,
            "url": f"https://www.cqc.org.uk/location/{row.location_id.strip().rpartition('/')[2]}",
            "cqc location id": row.location_id,
            "cqc provider id": "1-101600001",
        }
        writer.writerow([given.get(name.lower(), "") for name in columns])
    return file.getvalue().encode()
