"""A digest of a page that stays the same while what its reading rests on stays the same.

Pages change at every fetch (form tokens, nonces, scripts, view ids) though nothing on them did. What the reader never looks
at is taken out before the digest is made, by few regular expressions on the bytes, since a parse would cost more than all
the rest of an unchanged look. When in doubt it stays in: a false "changed" costs one reading, a false "unchanged" could
lose a fall.
"""

import hashlib
import re
from typing import Final

# Attributes whose quotes are in order: an open quote makes what follows part of the tag, and then it stays in.
_ATTRIBUTES = rb"""(?:[^<>"']++|"[^"<>]*"|'[^'<>]*')*+"""

# Elements and comments that the reader does not see: scripts, styles, form fields but for boxes to tick, metadata but for the
# page's charset and its own address. `<` leads each alternative, so that the search goes from tag to tag.
_UNSEEN = re.compile(
    rb"<(?:!--(?!>|->).*?-->"
    rb"|script(?=[\s>])" + _ATTRIBUTES + rb">.*?</script\s*>"
    rb"|style(?=[\s>])" + _ATTRIBUTES + rb">[^<]*</style\s*>"
    rb"|input(?=[\s>])(?![^<>]*(?:checkbox|radio))" + _ATTRIBUTES + rb">"
    rb"|meta(?=[\s>])(?![^<>]*charset)" + _ATTRIBUTES + rb">"
    rb"|link(?=[\s>])(?![^<>]*canonical)" + _ATTRIBUTES + rb">)",
    re.S | re.I,
)
# Generated ids, within a tag only.
_ID = re.compile(rb""" id=(?:"[^"<>]{0,200}"|'[^'<>]{0,200}')(?=[^<>]{0,500}>)""")
_IMAGE_VERSION = re.compile(rb""" src="([^"<>?]{0,500})\?[^"<>]{0,500}"(?=[^<>]{0,500}>)""")
_VIEW = re.compile(rb"view-dom-id-[0-9a-f]{8,64}")

MAX_BYTES: Final = 1_000_000
MAX_SPANS: Final = 250
"""Beyond these a body is digested as it is: no page of CQC's, and it would take long."""

_ENDS = ((b"<!--", b"-->", re.compile(rb"-->")), (b"<script", b"</script", re.compile(rb"</script\s*+>")))
"""How each begins; how its end begins; and the whole end."""

MAX_OPEN: Final = 3
"""So many beginnings behind the last end: for each the search for an end goes through all that follows."""


def fingerprint(body: bytes) -> str:
    """The digest (hex) of what a reading of these bytes can rest on."""
    # A mark stays where something was taken out: text that merely looks like what is taken out still counts as text.
    seen = body
    if len(body) <= MAX_BYTES and _is_ordinary(body.lower()):
        seen = _UNSEEN.sub(b"<>", body)
        for made in (_ID, _IMAGE_VERSION, _VIEW):
            seen = made.sub(b' id=""', seen)
    return hashlib.blake2b(seen, digest_size=16).hexdigest()


def _is_ordinary(lowered: bytes) -> bool:
    """Whether comments and scripts are as few as on any page, and end."""
    if sum(lowered.count(begins) for begins, _, _ in _ENDS) > MAX_SPANS:
        return False
    return all(lowered.count(begins, _last_end(lowered, ends, end)) <= MAX_OPEN for begins, ends, end in _ENDS)


def _last_end(lowered: bytes, begins: bytes, end: re.Pattern[bytes]) -> int:
    """Where the last end is over, searched from behind; 0 where there is none."""
    at = len(lowered)
    for _ in range(MAX_SPANS):
        at = lowered.rfind(begins, 0, at)
        if at < 0:
            return 0
        if found := end.match(lowered, at):
            return found.end()
    return 0
