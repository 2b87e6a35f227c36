"""Email and text messages through GOV.UK Notify. The template in Notify has only fields for the subject and the message, which we
fill with plain text. Source: docs/facts/channels.md, GOV.UK Notify.

HTML, threads and our own sender are not available (docs/mail.md). We do not use Notify's own library, because it uses another
HTTP client without our time limits.
"""

import json
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from monitor.addresses import target
from monitor.channels.base import Outcome, Status, one_line
from monitor.channels.mail_settings import NotifyService
from monitor.channels.post import retry_after
from monitor.channels.refusals import DAILY_LIMIT, of_notify
from monitor.channels.service_client import Reply, ServiceClient
from monitor.notify.content import Message
from monitor.text import LONDON

NOTIFY = "https://api.notifications.service.gov.uk"

FIELDS = ("((subject))", "((message))")
"""The fields that the template for email must contain."""

_TEMPLATES = {"email": (FIELDS, "email", "docs/mail.md"), "sms": (FIELDS[1:], "text messages", "docs/on-call.md")}
"""For each kind of template: the fields that it must contain, its medium, and the document that describes it."""


class NotifyChannel:
    """Hands messages to GOV.UK Notify.

    service      the key and the template
    kind         "email", or "sms" for text messages
    ssl_context  for a server whose certificate is signed by a private authority; None to use the machine's authorities
    now          returns the time, for the token of each request
    """

    def __init__(
        self,
        service: NotifyService,
        ssl_context: ssl.SSLContext | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        kind: Literal["email", "sms"] = "email",
    ) -> None:
        self._service = service
        self._kind = kind
        self._client = ServiceClient("GOV.UK Notify", ssl_context)
        self._now = now

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """Returns the subject, the text and the link to unsubscribe, as JSON. The template's id is added only when the message
        is sent, because the setting may change in the meantime."""
        part = {"subject": message.subject, "message": message.text}
        if message.unsubscribe and message.unsubscribe.startswith("https://"):
            part["unsubscribe"] = message.unsubscribe
        return (json.dumps(part, ensure_ascii=False).encode(),)

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Hands over one email. ACCEPTED means that Notify accepted the email. The reply contains Notify's id for the email."""
        content = json.loads(part)
        request = {
            "email_address": target(address),
            "template_id": self._service.template,
            "personalisation": {"subject": content["subject"], "message": content["message"]},
            "reference": message_id,
        }
        if "unsubscribe" in content:
            request["one_click_unsubscribe_url"] = content["unsubscribe"]
        return await self.hand_over(request)

    async def check(self, recipient: str | None = None) -> Outcome:
        """Tests whether Notify knows the key and the template, and whether the template has our fields. Sends nothing."""
        answer = await self._asked("GET", f"/v2/template/{self._service.template}")
        if isinstance(answer, Outcome):
            return answer
        if answer.code != 200:
            return self._refused(answer)
        text = f"{_value(answer.text, 'subject')} {_value(answer.text, 'body')}"
        fields, medium, manual = _TEMPLATES[self._kind]
        lacking = [field for field in fields if field not in text]
        if lacking or _value(answer.text, "type") != self._kind:
            what = f"lacks {' and '.join(lacking)}" if lacking else f"is not for {medium}"
            return Outcome(Status.BROKEN, f"the template {what}: make it as {manual} says", for_all=True)
        return Outcome(Status.ACCEPTED, f"GOV.UK Notify knows the key and the template “{_value(answer.text, 'name')[:60]}”")

    async def close(self) -> None:
        """Closes the connection to Notify."""
        await self._client.close()

    async def hand_over(self, request: Mapping[str, object]) -> Outcome:
        """Hands over one email or text message and returns the result."""
        answer = await self._asked("POST", f"/v2/notifications/{self._kind}", json.dumps(request).encode())
        if isinstance(answer, Outcome):
            return answer
        if answer.code == 201:
            return Outcome(Status.ACCEPTED, one_line(f"201 accepted by GOV.UK Notify (id {_value(answer.text, 'id')})"))
        return self._refused(answer)

    async def _asked(self, method: str, path: str, body: bytes = b"") -> Reply | Outcome:
        import jwt

        claims = {"iss": self._service.service_id, "iat": int(self._now().timestamp())}
        token = jwt.encode(claims, self._service.secret, algorithm="HS256")
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return await self._client.ask(method, f"{NOTIFY}{path}", headers=headers, body=body)

    def _refused(self, answer: Reply) -> Outcome:
        said, now = _said(answer.text), self._now()
        meaning = of_notify(answer.code, said, text_message=self._kind == "sms")
        wait = retry_after(answer.headers.get("retry-after"), now=now)
        if meaning is DAILY_LIMIT:
            wait = _to_midnight(now)
        return meaning.outcome(f"{answer.code} {said}", secrets=(self._service.secret,), retry_after=wait)


def _to_midnight(now: datetime) -> timedelta:
    """Returns the time until the end of the day in London."""
    tomorrow = now.astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=LONDON) - now


def _value(text: str, name: str) -> str:
    """Returns a member of a JSON object as text; "" if the object does not have this member."""
    try:
        return str(json.loads(text)[name])
    except (ValueError, KeyError, TypeError):
        return ""


def _said(text: str) -> str:
    """Returns the errors in an answer, each as its kind and its message. If the text does not have the form of Notify's errors,
    returns its first 200 characters."""
    try:
        return "; ".join(f"{one['error']}: {one['message']}" for one in json.loads(text)["errors"])
    except (ValueError, KeyError, TypeError):
        return text[:200]
