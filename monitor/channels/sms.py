"""Text messages through GOV.UK Notify. Only urgent messages are sent as text messages, each in at most two segments. Source:
docs/facts/channels.md, Text messages."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

from monitor.addresses import target
from monitor.channels.base import Kind, Outcome, Status
from monitor.errors import UsageError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from datetime import datetime

    from monitor.channels.mail_settings import NotifyService
    from monitor.channels.notify import NotifyChannel
    from monitor.notify.content import Message

MOST_CHARACTERS = 306
"""The number of characters in two segments. A segment has 153 characters in the alphabet of GSM 03.38."""

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØøÅå_ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_WRITTEN = {"→": "to", "–": "-", "—": "-", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "·": "-", "•": "-", "~": "-"}
"""Replacements for characters that are not in the alphabet of GSM 03.38."""

NOT_SET_UP = Outcome(Status.BROKEN, "text messages are not set up: set NOTIFY_SMS_TEMPLATE (docs/on-call.md)")

_SHORTEST = 20
"""If fewer characters than this would remain for the words before the link, the link is left out."""


def normalised(text: str) -> str:
    """Returns a telephone number in its international form: "07700 900123" becomes "+447700900123". Raises UsageError."""
    number = re.sub(r"[\s()./-]", "", text)
    number = re.sub(r"^00", "+", number)
    number = re.sub(r"^0(?=7)|^\+?440?(?=7)", "+44", number)
    if not re.fullmatch(r"\+447\d{9}|\+(?!44)[1-9]\d{7,14}", number):
        raise UsageError("not a mobile telephone number: write it like sms:+447700900123")
    return number


def text_of(message: Message) -> str:
    """Returns the message's subject and, below it, a link for answering the message or reading more."""
    title, closing = message.sections[0], message.sections[-1]
    found = [one for section in (title, closing) for one in (section.link, *section.links) if one]
    answer = next((one for one in found if one.personal), None)
    end = f"\n{answer.text.partition(':')[0]}: {answer.url}" if answer else f"\n{found[0].url}" if found else ""
    if len(end) > MOST_CHARACTERS - _SHORTEST:
        end = ""
    return _in_gsm(message.subject, MOST_CHARACTERS - len(end)) + end


def _in_gsm(text: str, room: int) -> str:
    """Returns a text in the alphabet of GSM 03.38, shortened to `room` characters. A letter whose accent is not in the alphabet
    loses the accent."""
    written = "".join(_in_alphabet(one) for one in text)
    return written if len(written) <= room else written[: room - 3].rstrip() + "..."


def _in_alphabet(character: str) -> str:
    if character in _GSM:
        return character
    bare = _WRITTEN.get(character) or "".join(one for one in unicodedata.normalize("NFKD", character) if one in _GSM)
    return bare or "?"


class SmsChannel:
    """Hands text messages to GOV.UK Notify.

    service  the key and the template; None if NOTIFY_SMS_TEMPLATE is not set. Without this setting, the outcome of every
             message is "broken", and its text says that the setting is missing
    """

    def __init__(self, service: NotifyService | None, ssl_context: ssl.SSLContext | None, *, now: Callable[[], datetime]) -> None:
        self._service, self._ssl_context, self._now = service, ssl_context, now

    @cached_property
    def _notify(self) -> NotifyChannel:
        from monitor.channels.notify import NotifyChannel

        assert self._service is not None
        return NotifyChannel(self._service, self._ssl_context, now=self._now, kind="sms")

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """Returns the text message as one part. The text message links to a page that shows the rest."""
        return (text_of(message).encode(),)

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Hands over one text message. ACCEPTED means that Notify accepted the message. The reply contains Notify's id for the
        message."""
        if self._service is None:
            return NOT_SET_UP
        request = {
            "phone_number": target(address),
            "template_id": self._service.template,
            "personalisation": {"message": part.decode()},
            "reference": message_id,
        }
        return await self._notify.hand_over(request)

    async def check(self) -> Outcome:
        """Tests whether Notify knows the key and the template, and whether the template has our fields. Sends nothing."""
        return NOT_SET_UP if self._service is None else await self._notify.check()

    async def close(self) -> None:
        """Closes the connection to Notify, if there is one."""
        if "_notify" in self.__dict__:
            await self._notify.close()


KIND = Kind(
    scheme="sms",
    form="sms:+447700900123",
    label="Text message",
    hint="A mobile number, such as 07700 900123. Only urgent alerts and escalations are sent as text messages",
    example="sms:+447700900123",
    build=lambda context: SmsChannel(context.mail.sms, context.ssl_context, now=context.now),
    most_bytes=4 * MOST_CHARACTERS,
    normalise=normalised,
)
