"""A digest of a page. It changes only if something changes that the reader uses.

Pages change at every fetch (form tokens, nonces, scripts, view ids) even if nothing on them did. The parts that the reader never
uses are removed before the digest is made. This uses a few regular expressions on the bytes, since parsing would cost more than
everything else in a check without changes. When in doubt the part is kept: a false "changed" costs one reading, but a false
"unchanged" could miss a fall.
"""

import hashlib
import re
from typing import Final

# Attributes must have balanced quotes: an open quote makes the following text part of the tag, so a tag with an open quote is
# kept.
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
# Generated ids, within a tag only.
_ID = re.compile(rb""" id=(?:"[^"<>]{0,200}"|'[^'<>]{0,200}')(?=[^<>]{0,500}>)""")
_IMAGE_VERSION = re.compile(rb""" src="([^"<>?]{0,500})\?[^"<>]{0,500}"(?=[^<>]{0,500}>)""")
_VIEW = re.compile(rb"view-dom-id-[0-9a-f]{8,64}")

MAX_BYTES: Final = 1_000_000
MAX_SPANS: Final = 250
"""A body above these limits is digested as it is: it is not a CQC page, and removing parts would take long."""

_ENDS = ((b"<!--", b"-->", re.compile(rb"-->")), (b"<script", b"</script", re.compile(rb"</script\s*+>")))
"""For each kind: its opening, the beginning of its closing, and the whole closing."""

MAX_OPEN: Final = 3
"""The most openings allowed after the last closing. For each of these the search runs to the end of the body."""


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
    """Whether comments and scripts are closed, and are not more numerous than on a normal page."""
    if sum(lowered.count(begins) for begins, _, _ in _ENDS) > MAX_SPANS:
        return False
    return all(lowered.count(begins, _last_end(lowered, ends, end)) <= MAX_OPEN for begins, ends, end in _ENDS)


def _last_end(lowered: bytes, begins: bytes, end: re.Pattern[bytes]) -> int:
    """The end of the last closing, searched backwards; 0 if there is none."""
    at = len(lowered)
    for _ in range(MAX_SPANS):
        at = lowered.rfind(begins, 0, at)
        if at < 0:
            return 0
        if found := end.match(lowered, at):
            return found.end()
    return 0
