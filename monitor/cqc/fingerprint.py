"""Makes a digest of a page. The digest should change only if something that the reader uses has changed on the page.

The bytes of a page change at every fetch (form tokens, nonces, scripts, view ids), even if the page's content has not changed.
The parts that the reader never uses are removed before the digest is made. Regular expressions remove these parts from the
bytes, since parsing would take longer than all the rest of a check that finds no change.

A part is kept if it is not certain that the reader ignores it. A page that is wrongly treated as changed costs one reading. If
a page is wrongly treated as unchanged, a fall could be missed.
"""

import hashlib
import re
from typing import Final

# Only a tag whose attributes have balanced quotes is removed. If a quote stayed open, the text after the tag would be removed
# too.
_ATTRIBUTES = rb"""(?:[^<>"']++|"[^"<>]*"|'[^'<>]*')*+"""

# Elements and comments that the reader ignores: scripts, styles, form fields except tick boxes, and metadata except the page's
# charset and its own address. Each alternative starts with `<`, so that the search moves from tag to tag.
_UNSEEN = re.compile(
    rb"<(?:!--(?!>|->).*?-->"
    rb"|script(?=[\s>])" + _ATTRIBUTES + rb">.*?</script\s*>"
    rb"|style(?=[\s>])" + _ATTRIBUTES + rb">[^<]*</style\s*>"
    rb"|input(?=[\s>])(?![^<>]*(?:checkbox|radio))" + _ATTRIBUTES + rb">"
    rb"|meta(?=[\s>])(?![^<>]*charset)" + _ATTRIBUTES + rb">"
    rb"|link(?=[\s>])(?![^<>]*canonical)" + _ATTRIBUTES + rb">)",
    re.S | re.I,
)
# Generated ids. Only ids within a tag match.
_ID = re.compile(rb""" id=(?:"[^"<>]{0,200}"|'[^'<>]{0,200}')(?=[^<>]{0,500}>)""")
_IMAGE_VERSION = re.compile(rb""" src="([^"<>?]{0,500})\?[^"<>]{0,500}"(?=[^<>]{0,500}>)""")
_VIEW = re.compile(rb"view-dom-id-[0-9a-f]{8,64}")

MAX_BYTES: Final = 1_000_000
MAX_SPANS: Final = 250
"""The most bytes of a body, and the most comments and scripts. A body above a limit is not a CQC page. No parts are removed
from such a body before the digest is made, because this would take long."""

_ENDS = ((b"<!--", b"-->", re.compile(rb"-->")), (b"<script", b"</script", re.compile(rb"</script\s*+>")))
"""For comments, then for scripts: the opening, the beginning of the closing, and the whole closing."""

MAX_OPEN: Final = 3
"""How many openings may follow the last closing, at most. For each such opening, the search runs to the end of the body."""


def fingerprint(body: bytes) -> str:
    """Returns the digest (hex) of the bytes without the parts that cannot affect a reading."""
    # A mark replaces each removed part. If text was removed only because it looked like a script or a comment, the mark
    # still shows in the digest that something was there.
    seen = body
    if len(body) <= MAX_BYTES and _is_ordinary(body.lower()):
        seen = _UNSEEN.sub(b"<>", body)
        for made in (_ID, _IMAGE_VERSION, _VIEW):
            seen = made.sub(b' id=""', seen)
    return hashlib.blake2b(seen, digest_size=16).hexdigest()


def _is_ordinary(lowered: bytes) -> bool:
    """Whether nearly all comments and scripts are closed, and their number is not greater than a normal page may have."""
    if sum(lowered.count(begins) for begins, _, _ in _ENDS) > MAX_SPANS:
        return False
    return all(lowered.count(begins, _last_end(lowered, ends, end)) <= MAX_OPEN for begins, ends, end in _ENDS)


def _last_end(lowered: bytes, begins: bytes, end: re.Pattern[bytes]) -> int:
    """Returns the position where the last closing ends; 0 if there is no closing. The search runs backwards."""
    at = len(lowered)
    for _ in range(MAX_SPANS):
        at = lowered.rfind(begins, 0, at)
        if at < 0:
            return 0
        if found := end.match(lowered, at):
            return found.end()
    return 0
