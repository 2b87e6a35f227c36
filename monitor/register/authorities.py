"""England's local authorities with responsibility for adult social care, and England's regions, each with one name for all
files.

CQC's files spell a name in several forms, for example "Bristol" and "Bristol, City of", or "East" and "East (ADASS Region)"
(docs/facts/files.md, Local authorities). In this module each authority and region has one plain name. The list contains the 153
councils with adult social services responsibilities since 1 April 2023, grouped by the nine regions of the Office for National
Statistics.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

_BY_REGION: Mapping[str, str] = {
    "East": "Bedford; Cambridgeshire; Central Bedfordshire; Essex; Hertfordshire; Luton; Norfolk; Peterborough; Southend-on-Sea; "
    "Suffolk; Thurrock",
    "East Midlands": "Derby; Derbyshire; Leicester; Leicestershire; Lincolnshire; North Northamptonshire; Nottingham; "
    "Nottinghamshire; Rutland; West Northamptonshire",
    "London": "Barking and Dagenham; Barnet; Bexley; Brent; Bromley; Camden; City of London; Croydon; Ealing; Enfield; "
    "Greenwich; Hackney; Hammersmith and Fulham; Haringey; Harrow; Havering; Hillingdon; Hounslow; Islington; "
    "Kensington and Chelsea; Kingston upon Thames; "
    "Lambeth; Lewisham; Merton; Newham; Redbridge; Richmond upon Thames; Southwark; Sutton; "
    "Tower Hamlets; Waltham Forest; Wandsworth; Westminster",
    "North East": "County Durham; Darlington; Gateshead; Hartlepool; Middlesbrough; Newcastle upon Tyne; North Tyneside; "
    "Northumberland; Redcar and Cleveland; South Tyneside; Stockton-on-Tees; Sunderland",
    "North West": "Blackburn with Darwen; Blackpool; Bolton; Bury; Cheshire East; Cheshire West and Chester; Cumberland; Halton; "
    "Knowsley; Lancashire; Liverpool; Manchester; Oldham; Rochdale; Salford; Sefton; St Helens; Stockport; Tameside; Trafford; "
    "Warrington; Westmorland and Furness; Wigan; Wirral",
    "South East": "Bracknell Forest; Brighton and Hove; Buckinghamshire; East Sussex; Hampshire; Isle of Wight; Kent; Medway; "
    "Milton Keynes; Oxfordshire; Portsmouth; Reading; Slough; Southampton; Surrey; West Berkshire; West Sussex; "
    "Windsor and Maidenhead; Wokingham",
    "South West": "Bath and North East Somerset; Bournemouth, Christchurch and Poole; Bristol; Cornwall; Devon; Dorset; "
    "Gloucestershire; Isles of Scilly; North Somerset; Plymouth; Somerset; South Gloucestershire; Swindon; Torbay; Wiltshire",
    "West Midlands": "Birmingham; Coventry; Dudley; Herefordshire; Sandwell; Shropshire; Solihull; Staffordshire; "
    "Stoke-on-Trent; Telford and Wrekin; Walsall; Warwickshire; Wolverhampton; Worcestershire",
    "Yorkshire and the Humber": "Barnsley; Bradford; Calderdale; Doncaster; East Riding of Yorkshire; Kingston upon Hull; "
    "Kirklees; Leeds; North East Lincolnshire; North Lincolnshire; North Yorkshire; Rotherham; Sheffield; Wakefield; York",
}

REGIONS: tuple[str, ...] = tuple(_BY_REGION)
"""The nine regions, by name."""

REGION_OF: Mapping[str, str] = MappingProxyType(
    {name: region for region, names in _BY_REGION.items() for name in names.split("; ")}
)
"""The region of each authority."""

AUTHORITIES: tuple[str, ...] = tuple(sorted(REGION_OF))
"""The 153 authorities, by name."""

SUCCESSORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Bournemouth": ("Bournemouth, Christchurch and Poole",),
        "Poole": ("Bournemouth, Christchurch and Poole",),
        "Cumbria": ("Cumberland", "Westmorland and Furness"),
        "Northamptonshire": ("North Northamptonshire", "West Northamptonshire"),
    }
)
"""Former councils that occur in older files and lists, with their successors (2019, 2021 and 2023)."""

# Spellings that match no name even without capitals, punctuation and titles. Source: docs/facts/files.md, Local authorities.
_ALSO = {
    "durham": "County Durham",
    "hull": "Kingston upon Hull",
    "scilly": "Isles of Scilly",
    "scilly isles": "Isles of Scilly",
    "newcastle": "Newcastle upon Tyne",
    "southend": "Southend-on-Sea",
    "bcp": "Bournemouth, Christchurch and Poole",
    "banes": "Bath and North East Somerset",
    "london": "City of London",  # "City of London" and "London, City of", without titles
    "wrekin": "Telford and Wrekin",
}
_REGION_ALSO = {
    "east of england": "East",
    "eastern": "East",
    "greater london": "London",
    "yorkshire and humber": "Yorkshire and the Humber",
    "yorkshire and humberside": "Yorkshire and the Humber",
}
_STYLE = re.compile(
    r"\b(?:the|council|county council|city council|borough council|metropolitan|district|(?:royal |london )?borough(?: of)?"
    r"|city(?: and county)?(?: of)?|county of|unitary authority|ua)\b"
)


def _folded(text: str) -> str:
    plain = text.casefold().replace("&", " and ")
    return " ".join(re.sub(r"[^a-z ]+", " ", plain).split())


def _bare(text: str) -> str:
    """The name without a council's title: "Bristol, City of" and "Bristol City Council" become "bristol"."""
    folded = _folded(text)
    return " ".join(_STYLE.sub(" ", folded).split()) or folded


_KNOWN = {_folded(name): name for name in (*AUTHORITIES, *SUCCESSORS)}
_KNOWN_BARE = {_bare(name): name for name in (*SUCCESSORS, *AUTHORITIES)} | _ALSO
_KNOWN_REGIONS = {_folded(name): name for name in REGIONS} | _REGION_ALSO


def authority(text: str) -> str | None:
    """The name of the local authority that `text` means; None if it is not known.

    Capitals, punctuation, "&" and a council's title ("Royal Borough of", "City Council") make no difference. If `text` is the
    plain name of a region, no authority is meant ("London" is not the City of London).
    """
    known = _KNOWN.get(_folded(text))
    return known if known or region(text) else _KNOWN_BARE.get(_bare(text))


def region(text: str) -> str | None:
    """The name of the region that `text` means ("East (ADASS Region)" is East); None if it is not known."""
    folded = _folded(re.sub(r"\([^)\n]{0,200}\)", " ", text))
    return _KNOWN_REGIONS.get(folded) or _KNOWN_REGIONS.get(folded.removesuffix(" region"))


def is_placed_by(funder: str | None, area: str) -> bool:
    """Whether people at a service were placed by the council of the area. `funder` is the funding authority in the council's
    own facts, or None if the facts give no funding authority."""
    found = authority(funder) if funder is not None else area
    return found is not None and now_called(found) == (area,)


def now_called(name: str) -> tuple[str, ...]:
    """The present authorities for a name: the authority itself, or the successors of a former authority."""
    return SUCCESSORS.get(name, (name,))
