"""Answers for programs: conditional requests (ETag) and the choice of a media type."""

import hashlib
import re
from collections.abc import Mapping, Sequence

from fastapi import HTTPException, Request, Response


def conditional(request: Request, content: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """Returns an answer with its digest as ETag. If the client already has this answer (If-None-Match), returns 304 without a
    body."""
    tag = f'"{hashlib.sha256(media_type.encode() + content).hexdigest()[:32]}"'
    more = {**headers, "ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in _tags(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=more)
    return Response(content, media_type=media_type, headers=more)


def _tags(header: str) -> set[str]:
    # Weak ETags are accepted too, since a proxy that compresses answers makes our ETags weak.
    return {one.strip().removeprefix("W/") for one in header.split(",")}


def accepted(request: Request, offered: Sequence[str]) -> str:
    """Returns the media type of the answer, chosen from the offered types (the first is the default). Source: RFC 9110, 12.5.1.

    Raises a 406 if the client accepts none of the offered types.
    """
    header = request.headers.get("accept", "").strip() or "*/*"
    ranges = [_range(one) for one in header.split(",") if one.strip()]
    qualities = {one: _quality(one, ranges) for one in offered}
    best = max(offered, key=lambda one: qualities[one])  # if several types are equally good, the first
    if not qualities[best]:
        raise HTTPException(406, f"This answer is available only as {' or '.join(offered)}.")
    return best


def _range(text: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    stated = next((part[2:] for part in parameters if part.startswith("q=")), "1")
    return name, float(stated) if re.fullmatch(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", stated) else 0.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Returns the quality that the most specific range states for a media type; 0.0 if no range contains the type."""
    for name in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        found = [quality for one, quality in ranges if one == name]
        if found:
            return max(found)
    return 0.0
