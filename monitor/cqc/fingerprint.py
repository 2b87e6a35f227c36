"""Makes a digest of a page. It is meant to change only if something changes that the reader uses.

The bytes of a page change at every fetch (form tokens, nonces, scripts, view ids), even if the page's content has not changed.
The parts that the reader never uses are removed before the digest is made. A few regular expressions remove them from the
bytes, since parsing would cost more than everything else in a check without changes. A doubtful part is kept, since a false
"changed" costs one reading, but a false "unchanged" could miss a fall.
"""

import hashlib
import re
from typing import Final

# Only a tag whose attributes have balanced quotes is removed. After an open quote, the following text would be part of the tag.
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
"""The digest of a body above these limits includes all its bytes, since it is not a CQC page, and removing parts would take
long."""

_ENDS = ((b"<!--", b"-->", re.compile(rb"-->")), (b"<script", b"</script", re.compile(rb"</script\s*+>")))
"""For comments and for scripts: what opens them, how the closing begins, and the whole closing."""

MAX_OPEN: Final = 3
"""The most openings allowed after the last closing. After each of these openings, the search would run to the end of the
body."""


def fingerprint(body: bytes) -> str:
    """The digest (hex) of everything in these bytes on which a reading can depend."""
    # A mark replaces each removed part, so that text that only looks like a removed part still counts as text.
    seen = body
    if len(body) <= MAX_BYTES and _is_ordinary(body.lower()):
        seen = _UNSEEN.sub(b"<>", body)
        for made in (_ID, _IMAGE_VERSION, _VIEW):
            seen = made.sub(b' id=""', seen)
    return hashlib.blake2b(seen, digest_size=16).hexdigest()


def _is_ordinary(lowered: bytes) -> bool:
    """Whether nearly all comments and scripts are closed, and there are no more of them than a normal page may have."""
    if sum(lowered.count(begins) for begins, _, _ in _ENDS) > MAX_SPANS:
        return False
    return all(lowered.count(begins, _last_end(lowered, ends, end)) <= MAX_OPEN for begins, ends, end in _ENDS)


def _last_end(lowered: bytes, begins: bytes, end: re.Pattern[bytes]) -> int:
    """The position where the last closing ends; 0 if there is none. The search runs backwards."""
    at = len(lowered)
    for _ in range(MAX_SPANS):
        at = lowered.rfind(begins, 0, at)
        if at < 0:
            return 0
        if found := end.match(lowered, at):
            return found.end()
    return 0
