"""A digest of a page that stays the same while what its reading rests on stays the same.

Pages change at every fetch (form tokens, nonces, scripts, view ids) though nothing on them did. What the reader never looks
at is taken out before the digest is made, by few regular expressions on the bytes, since a parse would cost more than all
the rest of an unchanged look. When in doubt it stays in: a false "changed" costs one reading, a false "unchanged" could
lose a fall.
"""

import hashlib
import re

# Elements and comments that the reader does not see: scripts, styles, form fields, metadata but for the page's charset and
# its own address. `<` leads each alternative, so that the search goes from tag to tag.
_UNSEEN = re.compile(
    rb"<(?:!--(?!>|->).*?-->"
    rb"|script\b[^<>]*>.*?</script\s*>"
    rb"|style\b[^<>]*>[^<]*</style\s*>"
    rb"|input\b[^<>]*>"
    rb"|meta\b(?![^<>]*charset)[^<>]*>"
    rb"|link\b(?![^<>]*canonical)[^<>]*>)",
    re.S | re.I,
)
# Generated ids, within a tag only.
_ID = re.compile(rb""" id=(?:"[^"<>]*"|'[^'<>]*')(?=[^<>]*>)""")
_IMAGE_VERSION = re.compile(rb""" src="([^"<>?]*)\?[^"<>]*"(?=[^<>]*>)""")
_VIEW = re.compile(rb"view-dom-id-[0-9a-f]{8,64}")


def fingerprint(body: bytes) -> str:
    """The digest (hex) of what a reading of these bytes can rest on."""
    # A mark stays where something was taken out: text that merely looks like what is taken out still counts as text.
    seen = _UNSEEN.sub(b"<>", body)
    for made in (_ID, _IMAGE_VERSION, _VIEW):
        seen = made.sub(b' id=""', seen)
    return hashlib.blake2b(seen, digest_size=16).hexdigest()
