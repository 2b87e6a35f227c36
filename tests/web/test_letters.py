"""Tests draft letters: a file is made from a case, the council's own template is used, and the program sends no letter."""

import io
from email import message_from_bytes, policy
from email.message import EmailMessage

from docx import Document
from playwright.sync_api import Page

from monitor.cqc.letter import shipped
from monitor.own_facts import OwnFacts
from tests.conftest import World
from tests.web.conftest import FALLEN, Pages, assert_usable

LIST, OWN = "North team", "/watchlists/North%20team/letters"


def known(pages: Pages) -> None:
    facts = OwnFacts(
        location_id=FALLEN, people_placed=7, funding_authority="York", contract_officer="Priya Shah", as_of=pages.clock().date()
    )
    pages.app.store.own_facts.replace(LIST, [facts], None, pages.clock())


def test_a_draft_is_made_from_a_case_and_sent_to_nobody(fallen: Pages, fallen_page: Page, world: World) -> None:
    known(fallen)
    sent = len(world.mail.mails)
    case = fallen.app.store.cases.open_at([FALLEN])[FALLEN]
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto(f"{fallen.url}/cases/{case.id}")
    fallen_page.get_by_role("link", name="Draft a letter to the placing authorities").click()
    assert "This program does not send it" in fallen_page.locator("main").inner_text()
    assert_usable(fallen_page)
    with fallen_page.expect_download() as word:
        fallen_page.get_by_role("link", name="Save for Word").click()
    text = "\n".join(one.text for one in Document(str(word.value.path())).paragraphs)
    assert "Larch Grove" in text and "Priya Shah" in text and "To: York" in text and "now Inadequate" in text and "((" not in text
    with fallen_page.expect_download() as mail:
        fallen_page.get_by_role("link", name="Save as a draft mail").click()
    draft = message_from_bytes(mail.value.path().read_bytes(), policy=policy.default)
    assert isinstance(draft, EmailMessage)
    assert (draft["X-Unsent"], draft["To"], draft["From"]) == ("1", None, None)
    assert draft["Subject"].startswith("Larch Grove: ")
    body = draft.get_body(("plain",))
    assert body is not None and "Larch Grove" in body.get_content()
    (attached,) = draft.iter_attachments()
    assert Document(io.BytesIO(attached.get_content())).paragraphs
    assert len(world.mail.mails) == sent


def upload(pages: Pages, who: str, path: str, content: bytes) -> tuple[int, str]:
    with pages.client(who) as client:
        answer = client.post(path, files={"file": ("letter.docx", content)}, follow_redirects=True)
    return answer.status_code, answer.text


def test_a_councils_own_template_is_used_for_one_watchlist_or_for_all_watchlists(fallen: Pages) -> None:
    known(fallen)
    letter = f"/services/{FALLEN}/letter.docx?watchlist=North%20team"

    def words() -> str:
        with fallen.client("editor") as client:
            return Document(io.BytesIO(client.get(letter).content)).paragraphs[0].text

    assert "Saved." in upload(fallen, "operator", "/letters/upload", shipped(["For all: ((service))"]))[1]
    assert words() == "For all: Larch Grove"
    assert "Saved." in upload(fallen, "editor", f"{OWN}/upload", shipped(["Ours: ((people placed))"]))[1]
    assert words().startswith("Ours: 7, as of")
    with fallen.client("editor") as client:
        assert b"PK" in client.get(f"{OWN}/template.docx").content
        assert "Removed." in client.post(f"{OWN}/remove", follow_redirects=True).text
    assert words() == "For all: Larch Grove"


def test_a_letter_states_no_rating_of_a_service_that_is_no_longer_watched(fallen: Pages) -> None:
    path = f"/services/{FALLEN}/letter.eml"
    with fallen.client("editor") as client:
        watched = message_from_bytes(client.get(path).content, policy=policy.default)
        fallen.app.store.watchlists.remove("North team", [FALLEN], fallen.people["editor"].id, fallen.clock())
        former = message_from_bytes(client.get(path).content, policy=policy.default)
    said = [" ".join(str(one.get_body(("plain",))).split()) for one in (watched, former) if isinstance(one, EmailMessage)]
    assert ["rating is now Inadequate" in one for one in said] == [True, False]
    assert "rating is now not known" in said[1]


def test_an_unusable_template_is_refused_and_changes_nothing(fallen: Pages) -> None:
    for content, says in (
        (b"", "Choose a Word document"),
        (b"x", "It is not a Word document"),
        (shipped(["((nobody))"]), "These placeholders do not exist: ((nobody))"),
        (b"x" * 1_000_001, "It is over 1 MB"),
    ):
        status, text = upload(fallen, "editor", f"{OWN}/upload", content)
        assert status == 422 and says in text
    assert upload(fallen, "editor", "/letters/upload", shipped(["x"]))[0] == 403
    assert upload(fallen, "reader", f"{OWN}/upload", shipped(["x"]))[0] == 403
    assert fallen.app.store.letters.template(LIST) is None
    with fallen.client("editor") as client:
        assert client.get("/services/1-999/letter.docx").status_code == 404
        assert client.get(f"/services/{FALLEN}/letter.docx?item=1-1/x").status_code == 404
