# ruff: noqa: E501 - markup stands on one line
"""Tests which parts of a page are its content (the service's own header, and `main`), and which parts never are."""

import pytest

from monitor.cqc.read import read
from monitor.model import MeasuresState, Reading
from monitor.ratings import KeyQuestion, Rating
from tests.cqc.read.frame import DATES, OVERALL, page, questions

IN = "<p>This service is in special measures.</p>"
FIVE = dict.fromkeys(KeyQuestion, Rating.GOOD)


def rated(reading: Reading) -> tuple[object, dict[KeyQuestion, object]]:
    (group,) = reading.ratings
    return group.overall, {question: held.rating for question, held in group.key_questions.items()}


def test_an_ordinary_page_of_2026_is_read_completely() -> None:
    reading = read(page())
    assert rated(reading) == (Rating.GOOD, FIVE)
    assert (reading.name, reading.provider_name) == ("Hazel Court", "Hazel Care Limited")
    assert (reading.special_measures.state, reading.enforcement, reading.unread) == (MeasuresState.NOT_STATED, (), ())


# The page shows only good ratings. Special measures do not fit these, so they may be read as "unclear", and a person has to check
# (monitor.cqc.read.whose).
READ = {MeasuresState.IN, MeasuresState.UNCLEAR}

INSIDE = {
    "a section's foot": "<section><footer>{}</footer></section>",
    "an article's menu": "<article><nav>{}</nav></article>",
    "a closed panel": "<button>Read more</button><div hidden>{}</div>",
    "a panel hidden until found": '<div hidden="until-found">{}</div>',
    "a panel that screen readers leave out": '<div aria-hidden="true">{}</div>',
    "a panel hidden by style": '<h3>What we found</h3><div style="display:none">{}</div>',
    "a panel that a button opens": '<p><button aria-controls="more">Show</button></p><div id="more" hidden>{}</div>',
    "a panel that a link opens": '<p><a href="#m2">Show</a></p><div id="m2" style="display: none">{}</div>',
    "a panel that only its class shows": '<p>Text</p><div class="accordion__content" hidden>{}</div>',
    "a hidden part with a heading": "<p>Text</p><div hidden><h3>Latest</h3>{}</div>",
    "a tab": '<div role="tabpanel" hidden>{}</div>',
    "details": "<details><summary>More</summary>{}</details>",
    "a part for browsers without scripts": "<noscript>{}</noscript>",
    "an aside": "<aside>{}</aside>",
    "a status": '<div role="status" aria-live="polite">{}</div>',
}


@pytest.mark.parametrize("where", INSIDE)
@pytest.mark.parametrize("part", ["header", "main"])
def test_a_statement_is_read_from_every_part_of_the_content(part: str, where: str) -> None:
    told = INSIDE[where].format(IN)
    reading = read(page(header=OVERALL + told) if part == "header" else page(main=told + DATES + questions()))
    assert (reading.special_measures.state in READ, reading.unread) == (True, ())
    assert rated(reading) == (Rating.GOOD, FIVE)


@pytest.mark.parametrize("where", INSIDE)
def test_ratings_are_read_from_every_part_of_the_content(where: str) -> None:
    assert rated(read(page(main=INSIDE[where].format(questions())))) == (Rating.GOOD, FIVE)


UNSEEN = ('<div id="tpl-measures" hidden>{}</div>', '<div style="display:none">{}</div>', '<div hidden class="alert">{}</div>')


@pytest.mark.parametrize("where", UNSEEN)
def test_a_hidden_statement_that_nothing_on_the_page_opens_is_listed_as_unread(where: str) -> None:
    reading = read(page(main=DATES + questions() + "<p>People were happy.</p>" + where.format(IN)))
    assert (reading.special_measures.state, reading.unread) == (MeasuresState.NOT_STATED, ("This service is in special measures.",))
    gone = read(page(main=DATES + questions() + '<p hidden class="flag">Archived: this location is no longer registered.</p>'))
    assert (gone.registration, gone.said) == (None, ())
    assert rated(read(page(main=DATES + where.format(questions())))) == (Rating.GOOD, FIVE)


MENUS = (
    '<nav aria-label="Related"><ul><li><a href="/a">Services in special measures</a></li><li><a href="/b">Warning notices we have served</a></li></ul></nav>',
    '<nav><h3>See also</h3><a href="/a">Homes no longer in special measures</a> <a href="/c">Enforcement action taken</a></nav>',
)


@pytest.mark.parametrize("menu", MENUS)
def test_only_ratings_are_read_from_the_links_of_a_menu(menu: str) -> None:
    reading = read(page(main=DATES + questions() + menu))
    assert (reading.special_measures.state, reading.enforcement, reading.unread) == (MeasuresState.NOT_STATED, (), ())
    tabs = "".join(f'<a href="#{one}">{one}: Good</a> ' for one in KeyQuestion)
    assert rated(read(page(main=f"{DATES}<nav>{tabs}</nav>"))) == (Rating.GOOD, FIVE)


@pytest.mark.parametrize("heading", ["What the colours mean", "Key to the symbols", "What these arrows mean", "Glossary"])
def test_an_explanation_of_symbols_states_nothing(heading: str) -> None:
    key = f"<section><h2>{heading}</h2><dl><dt>Red</dt><dd>Inadequate – we have taken enforcement action against the provider</dd></dl></section>"
    reading = read(page(main=DATES + questions() + key))
    assert (rated(reading), reading.enforcement) == ((Rating.GOOD, FIVE), ())


PICTURES = (
    "A banner outside the home: take us out of special measures",
    "Photo of the garden, which is in good condition",
    "Two people with a poster that says warning notice",
    "What to do if care is inadequate or a service is in special measures",
)


@pytest.mark.parametrize("alt", PICTURES)
def test_the_description_of_a_picture_states_no_fact_except_a_rating(alt: str) -> None:
    reading = read(page(main=f'{DATES}{questions()}<figure><img src="/a.jpg" alt="{alt}"><figcaption>The home</figcaption></figure>'))
    assert (reading.special_measures.state, reading.enforcement, rated(reading)) == (MeasuresState.NOT_STATED, (), (Rating.GOOD, FIVE))
    marks = "".join(f'<li>{one} <img src="/b.png" alt="A green dot: Good"></li>' for one in KeyQuestion)
    assert rated(read(page(main=f"{DATES}<ul>{marks}</ul>"))) == (Rating.GOOD, FIVE)


BANNER = f'<div class="notification-banner">{IN}</div>'


@pytest.mark.parametrize(
    "body",
    [
        page(before=BANNER),
        page().replace(b'<header class="service-header">', b'<header class="service-header">' + BANNER.encode()),
        page().replace(b'<main id="main-content">', b"<main>" + BANNER.encode()),
        f"<body>{BANNER}<h1>Hazel Court</h1><p>Provided and run by:</p><p>Hazel Care</p><p>Overall: Good</p></body>".encode(),
    ],
)
def test_a_banner_above_the_name_is_read(body: bytes) -> None:
    assert read(body).special_measures.state in READ


@pytest.mark.parametrize("words", [IN, "<p>Hazel Court is in special measures.</p>", "<p>We rated this service inadequate.</p>"])
@pytest.mark.parametrize("where", ["foot", "legend", "after"])
def test_text_about_this_service_outside_the_content_is_listed_as_unread(where: str, words: str) -> None:
    reading = read(page(**{where: f"<div hidden>{words}</div>" if where == "after" else words}))
    assert (reading.special_measures.state, rated(reading)) == (MeasuresState.NOT_STATED, (Rating.GOOD, FIVE))
    assert reading.unread == (words.removeprefix("<p>").removesuffix("</p>"),)


@pytest.mark.parametrize(
    "words",
    [
        "<a>Services in special measures</a>",
        "<p>What are special measures?</p>",
        "<p>Elm Lodge is in special measures.</p>",
        "<p>Rate this service</p>",
        "<a>Get alerts when we inspect this service</a>",
        "<p>How enforcement action at this service is decided</p>",
        "<p>We use cookies. Some are good for you.</p>",
        "<p>Inadequate – the service does badly, and we have taken enforcement action.</p>",
    ],
)
@pytest.mark.parametrize("where", ["foot", "legend", "after"])
def test_text_outside_the_content_that_is_not_about_this_service_is_ignored(where: str, words: str) -> None:
    reading = read(page(**{where: f"<div hidden>{words}</div>" if where == "after" else words}))
    assert (reading.special_measures.state, reading.enforcement, reading.unread) == (MeasuresState.NOT_STATED, (), ())


def test_an_explanation_in_a_dialog_is_ignored_even_if_the_dialog_is_open() -> None:
    assert read(page().replace(b' style="display: none;"', b"")) == read(page())


def test_the_overall_rating_in_the_services_header_takes_precedence() -> None:
    reading = read(page(main="<p>Overall: Inadequate</p>" + DATES + questions()))
    assert (rated(reading), reading.unread) == ((Rating.GOOD, FIVE), ("Overall: Inadequate",))


def test_the_content_takes_precedence_over_the_rest_of_the_page() -> None:
    reading = read(page(after="<div><p>Overall: Inadequate</p><p>Safe: Inadequate</p></div>"))
    assert (rated(reading), reading.unread) == ((Rating.GOOD, FIVE), ("Overall: Inadequate", "Safe: Inadequate"))
    assert rated(read(page(header="", after="<div><p>Overall: Inadequate</p></div>"))) == (Rating.INADEQUATE, FIVE)


def test_shown_text_takes_precedence_over_hidden_text() -> None:
    reading = read(page(main=DATES + questions() + "<div hidden><p>Safe: Inadequate</p></div>"))
    assert (rated(reading), reading.unread) == ((Rating.GOOD, FIVE), ("Safe: Inadequate",))


def test_a_page_that_is_hidden_until_its_scripts_have_run_is_read() -> None:
    hidden = page().replace(b"<body>", b'<body style="visibility: hidden">')
    assert read(hidden) == read(page())


BOXES = '<ul><li><label><input type="checkbox">Inadequate</label></li><li><label><input type="checkbox">Good</label></li></ul>'
CONTROLS = {
    "a form": "<form><fieldset><legend>Safe</legend>{}</fieldset></form>",
    "no form": "<fieldset><legend>Safe</legend>{}</fieldset>",
    "a heading above": "<div><h3>Safe</h3>{}</div>",
    "a paragraph above": "<div><p>Safe</p>{}</div>",
}


@pytest.mark.parametrize(
    "filter_",
    [
        *(frame.format(BOXES) for frame in CONTROLS.values()),
        "<h3>Safe</h3><div><input type='radio'> Inadequate <input type='radio'> Good</div>",
        '<h3>Safe</h3><ul><li><input type="checkbox" id="a"><label for="a">Inadequate</label></li>'
        '<li><input type="checkbox" id="b"><label for="b">Good</label></li></ul>',
        '<div role="radiogroup"><span>Safe</span> <span role="radio">Inadequate</span></div>',
        "<label>Safe <select><option>Inadequate</option><option>Good</option></select></label>",
        '<form><label for="q">Overall: Inadequate</label><input id="q"></form>',
        '<fieldset><legend>Overall</legend><a href="?r=1">Inadequate</a> <a href="?r=2">Good</a></fieldset>',
    ],
)
def test_form_controls_state_nothing_and_do_not_hide_ratings(filter_: str) -> None:
    for main in (filter_ + DATES + questions(), DATES + questions() + filter_):
        reading = read(page(main=main))
        assert (rated(reading), reading.unread) == ((Rating.GOOD, FIVE), ())


def test_a_label_without_a_control_is_ordinary_text() -> None:
    pairs = "".join(f"<div><label>{question.capitalize()}</label> <span>Good</span></div>" for question in KeyQuestion)
    assert rated(read(page(main=pairs))) == (Rating.GOOD, FIVE)


def test_a_form_around_the_whole_page_is_not_a_control() -> None:
    wrapped = page().replace(b"<body>", b"<body><form><fieldset><legend>Page</legend>")
    wrapped = wrapped.replace(b"</body>", b"</fieldset></form></body>")
    assert rated(read(wrapped)) == (Rating.GOOD, FIVE)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('<span data-test="{low} rating text: Inadequate"><i class="dot"></i></span>', Rating.INADEQUATE),
        ('<i data-test="{low} rating text: Requires improvement"></i>', Rating.REQUIRES_IMPROVEMENT),
        ('<span class="rating-state rating-state--inadequate"><i class="dot"></i></span>', Rating.INADEQUATE),
        ('<span data-test="{low} rating text: Inadequate">Good</span>', Rating.GOOD),
        ('<span data-test="{low} rating text: Inadequate" aria-label="Good"><i></i></span>', Rating.GOOD),
        ('<span data-test="{low} rating text: Inadequate"><img alt="Good"></span>', Rating.GOOD),
        ('<span class="rating-state rating-state--inadequate">Good</span>', Rating.GOOD),
    ],
)
def test_a_rating_is_read_from_an_attribute_only_if_no_text_gives_a_rating(value: str, expected: Rating) -> None:
    reading = read(page(main=DATES + questions(value)))
    assert (rated(reading), reading.unread) == ((Rating.GOOD, dict.fromkeys(KeyQuestion, expected)), ())


def test_an_overall_rating_that_only_an_attribute_gives_is_read() -> None:
    dot = '<div class="rating-state rating-state--good" data-test="overall rating text: Requires improvement"><i></i></div>'
    assert rated(read(page(header=dot))) == (Rating.REQUIRES_IMPROVEMENT, FIVE)


@pytest.mark.parametrize(
    "name",
    [
        "Hazel Court <span>Good</span>",
        "Hazel Court <strong class='x'>Good</strong>",
        "Hazel Court <span>Overall: <b>Good</b></span>",
        "Hazel Court<br>Overall: Good",
        "Hazel Court Overall: Good",
        "Hazel Court – Overall rating: Good",
        "Hazel Court (Good)",
        "Hazel Court <i data-test='overall rating text: Good'></i>",
    ],
)
def test_an_overall_rating_in_the_heading_is_not_part_of_the_name(name: str) -> None:
    reading = read(page(name=name, header=""))
    assert (reading.name, rated(reading)) == ("Hazel Court", (Rating.GOOD, FIVE))


@pytest.mark.parametrize("name", ["The Good Life", "Feel Good", "Good", "Good Hope Hospital"])
def test_a_word_such_as_good_in_a_services_name_is_not_a_rating(name: str) -> None:
    reading = read(page(name=name, header=""))
    assert (reading.name, reading.ratings[0].overall) == (name, None)


def test_ratings_from_the_last_inspection_are_current_if_the_page_shows_no_others() -> None:
    reading = read(page(main=DATES + "<h2>Ratings from our last inspection</h2>" + questions()))
    assert rated(reading) == (Rating.GOOD, FIVE)


@pytest.mark.parametrize("heading", ["In the news", "Ratings at our last inspection (May 2023)"])
def test_statements_below_a_heading_about_news_or_an_earlier_inspection_are_ignored(heading: str) -> None:
    below = f"<section><h2>{heading}</h2><p>We have placed this home in special measures.</p><ul><li>Safe: Inadequate</li></ul></section>"
    reading = read(page(main=DATES + questions() + below))
    assert (rated(reading), reading.special_measures.state) == ((Rating.GOOD, FIVE), MeasuresState.NOT_STATED)


def test_a_notice_in_a_list_above_the_name_is_read_as_about_this_service() -> None:
    notices = '<section aria-label="Notices"><ul><li>In special measures</li><li>We will inspect again by March</li></ul></section>'
    assert read(page(before=notices)).special_measures.state in READ
