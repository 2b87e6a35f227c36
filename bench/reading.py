"""Measures what a reading costs: the CPU time, including parsing, for the pages and reports that the monitor reads when something
has changed. Also measures the monitor's own CPU time for handing a body to the reader process and getting the reading back.

    python -m bench.reading [rounds]

The result is the time of the fastest round, because other programs may slow down a round.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from typing import Final

import pypdfium2

from monitor.cqc.read import read
from monitor.cqc.reader import Reader
from tests.simulated import layouts
from tests.simulated.layouts import Layout
from tests.simulated.services import ENTERED, Service

PAGE_SIZE: Final = 100_000
"""The size of a page, in bytes."""

PDF_PAGES: Final = 30

MOST_FOR_A_PAGE, MOST_FOR_A_PDF, MOST_HANDING_OVER = 5.0, 150.0, 1.0
"""The most milliseconds of CPU time for a page, for a PDF, and for handing a body over."""

_QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")


def sources() -> Iterator[tuple[str, bytes, float]]:
    """Yields each source with its name and the most milliseconds that reading it may cost."""
    services = [Service(location_id=f"1-{2_000_000_000 + n}", name=f"Home {n}") for n in range(6)]
    worse = services[0].copy()
    worse.inspect(on=date(2026, 10, 1), overall="Inadequate", safe="Inadequate", special_measures=ENTERED)
    for layout in Layout:
        for name, service in (("", services[0]), (", entered special measures", worse)):
            page = layouts.padded(layouts.location_page(service, layout, others=services[1:]), PAGE_SIZE)
            yield f"page of layout {layout}{name}", page.encode(), MOST_FOR_A_PAGE
    yield "answer of the API", answer(), MOST_FOR_A_PAGE
    yield f"PDF of {PDF_PAGES} pages", pdf(), MOST_FOR_A_PDF


def answer() -> bytes:
    """Returns an answer of the API about a service under the Single Assessment Framework, with the inspectors' texts."""
    text = "We found that staff were kind and knew people well. People told us that they felt safe. " * 8
    statement = {"qualityStatementscore": "2 - Evidence shows some shortfalls", "qualityStatementNarrative": text}
    rated = [
        {
            "name": question,
            "rating": "Requires improvement",
            "percentageScore": "58",
            "commentary": "At this assessment the rating has remained requires improvement.\n" + text,
            "topicareas": [statement | {"name": f"Statement {number}"} for number in range(6)],
        }
        for question in _QUESTIONS
    ]
    entry = {"name": "Care Homes", "status": "Current", "rating": "Requires improvement", "keyQuestionRatings": rated}
    assessment = {"assessmentPlanPublishedDateTime": "2025-02-28 10:00:00", "ratings": {"asgRatings": [entry]}}
    whole = {"locationId": "1-2000000000", "name": "Home", "registrationStatus": "Registered", "assessment": [assessment]}
    return json.dumps(whole).encode()


def pdf() -> bytes:
    """Returns an inspection report as a PDF of PDF_PAGES pages."""
    cover = ["Hartwell Care Limited", "", "Home", "", "Inspection report", "", "Date of publication:", "1 March 2021", ""]
    cover += ["Overall rating for this service", "", "Inadequate", ""]
    for question in _QUESTIONS:
        cover += [f"Is the service {question.lower()}?", "", "Requires improvement", ""]
    prose = [f"People said that staff were kind to them, and the manager knew them well, as page {n} tells" for n in range(44)]
    return pdf_of([cover, ["Background to this inspection", "", "Our findings", *prose], *[prose] * (PDF_PAGES - 2)])


def pdf_of(pages: list[list[str]]) -> bytes:
    """Returns a very simple PDF with these lines on each page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj T*\n" for line in lines)
        drawn = f"BT /F1 9 Tf 14 TL 50 780 Td\n{shown}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF".encode()


def cost(data: bytes, rounds: int) -> float:
    """Returns the milliseconds of CPU time for one reading, in the fastest round."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        reading = read(data, pdf=True)
        best = min(best, time.process_time() - began)
    assert reading.ratings, "nothing was read"
    return best * 1000


def handing_over(data: bytes, rounds: int) -> float:
    """Returns the milliseconds of CPU time that the process which requests a reading spends on one body, in the fastest
    round."""

    async def handed() -> float:
        reader, best = Reader(), float("inf")
        await reader.read(data)
        for _ in range(rounds):
            began = time.process_time()
            await reader.read(data)
            best = min(best, time.process_time() - began)
        return best * 1000

    return asyncio.run(handed())


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    print(f"Python {sys.version.split()[0]}, pypdfium2 {pypdfium2.PYPDFIUM_INFO}; CPU time of one reading, the best of {rounds}")
    good = True
    for name, data, most in sources():
        taken = cost(data, rounds)
        good &= taken <= most
        print(f"  {name:<52}{len(data) // 1000:5} KB {taken:8.2f} ms   (at most {most:.0f})")
    for name, data, _ in sources():
        if not data.startswith(b"%PDF"):
            taken = handing_over(data, rounds)
            good &= taken <= MOST_HANDING_OVER
            print(f"  handing over {name:<39}{len(data) // 1000:5} KB {taken:8.2f} ms   (at most {MOST_HANDING_OVER})")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
