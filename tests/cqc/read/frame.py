"""The frame of CQC's pages in 2026, in our own words. The service has its own header outside `main`. Menus and footers surround
the header and `main`. Dialogs explain the ratings. Source: docs/facts/pages.md, Layout of today.
"""

LEGEND = (
    "<p>Services get one of four ratings.</p><ul>"
    '<li class="rating-state rating-state--outstanding"><strong>Outstanding</strong> <span>– as good as can be.</span></li>'
    '<li class="rating-state rating-state--good"><strong>Good</strong> <span>– the service does well.</span></li>'
    '<li class="rating-state rating-state--requires-improvement"><strong>Requires improvement</strong> <span>– it must do better.'
    '</span></li><li class="rating-state rating-state--inadequate"><strong>Inadequate</strong> <span>– the service does badly '
    "and we took enforcement action against its provider.</span></li></ul>"
)
OVERALL = '<div class="rating-state rating-state--good"><p>Overall: <strong>Good</strong> <button>read more</button></p></div>'


def questions(value: str = '<span data-test="{low} rating text: Good">Good</span>') -> str:
    """Returns a list of the five key questions, each with this value. {low} in the value stands for the name of the question."""
    names = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
    items = (f'<li class="item"><span><a href="#">{name}</a></span> {value.format(low=name.lower())}</li>' for name in names)
    return f"<ul>{''.join(items)}</ul>"


DATES = "<p>Latest assessment: 12 to 20 May 2026</p><p>Report published: 3 June 2026</p>"


def page(
    *,
    name: str = "Hazel Court",
    header: str = OVERALL,
    main: str = DATES + questions(),
    before: str = "",
    after: str = "",
    foot: str = "",
    legend: str = LEGEND,
) -> bytes:
    """Returns a page: `before` is put above the layout, `after` below `main`, `foot` in the footer, `legend` in a dialog."""
    return f"""<!DOCTYPE html><html lang="en"><head><title>Hazel Court - Care Quality Commission</title></head><body>
<nav><a href="#main-content">To the content</a></nav>{before}<div class="layout-container">
<header role="banner"><header class="site-header"><nav><form method="post"><fieldset><legend>Where to look</legend>
<label for="part">Part of the site</label><select id="part"><option>News</option></select><input type="search"></fieldset></form>
</nav>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav></header>
<nav class="breadcrumbs"><ol><li><a href="/">Home</a></li><li><span>Hazel Court</span></li></ol></nav></header>
<div id="main-content-wrapper"><header class="service-header"><ul><li><span>Care home service</span></li></ul>
<div><h1 class="service-header__title">
   {name}
</h1></div>{header}
<p>1 High Road, Northtown, NT1 1AA</p><p>Provided and run by: <br><a href="/provider/1-101">Hazel Care Limited</a></p></header>
<div class="service-layout"><ul class="service-sub-nav"><li><a href="/location/1-7000000001">Overview</a></li>
<li><a href="/location/1-7000000001/reports">All inspections</a></li></ul>
<main id="main-content"><div>{main}</div></main></div>{after}
<aside id="similar-services"><h2>Similar services nearby...</h2><ul><li><h3><a href="/location/1-7000000002">Elm Lodge</a></h3>
<p>In Northtown, NT1 2AA</p></li></ul></aside></div>
<div class="footers"><footer><ul><li><a href="/search/all">Care homes</a></li></ul>{foot}</footer></div>
<div class="modal-wrapper" data-nosnippet><aside class="modal" role="dialog" style="display: none;"><h2>Ratings</h2>
{legend}</aside></div></div></body></html>""".encode()
