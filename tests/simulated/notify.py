"""Simulates GOV.UK Notify's API for email and text messages, according to its documentation (docs/facts/channels.md)."""

import json
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import jwt

from tests.simulated.server import Answer, Request, Server

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
TEMPLATE = "9d751e0e-f929-4891-82a1-a3e1c3c18ee3"

MOST_BYTES = 2_000_000


class Notify(Server):
    """GOV.UK Notify, with one service that has one template.

    body         the template's text
    kind         the template's type
    team         the only addresses to which a team-only key or a service in trial mode can send; None means a live key
    trial        whether trial mode is the reason for `team`
    a_minute, a_day   the limits
    allowed      whether the service may send email at all
    clock        the server's time, seconds since 1970
    """

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []
        self.subject, self.body, self.kind = "((subject))", "((message))", "email"
        self.team: set[str] | None = None
        self.trial = False
        self.a_minute, self.a_day = 3_000, 250_000
        self.allowed = True
        self.secret = SECRET
        self.clock: Callable[[], float] = time.time
        self._asked = 0
        self._told: Answer | None = None

    @property
    def key(self) -> str:
        """The value for NOTIFY_API_KEY."""
        return f"cqc_monitor-{SERVICE}-{SECRET}"

    def refuse(self, status: int, error: str = "", message: str = "", *, body: bytes | None = None) -> None:
        """From now on answers every request with this error or body."""
        self._told = _errors(status, (error, message)) if body is None else Answer(status=status, body=body)

    def answer(self, request: Request) -> Answer:
        if self._told is not None:
            return self._told
        if refusal := self._unauthorised(request):
            return _errors(*refusal)
        self._asked += 1
        if self._asked > self.a_minute:
            text = f"Exceeded rate limit for key type LIVE of {self.a_minute} requests per 60 seconds"
            return _errors(429, ("RateLimitError", text))
        if request.method == "POST" and request.path == "/v2/notifications/email":
            return self._email(request)
        if request.method == "POST" and request.path == "/v2/notifications/sms":
            return self._text(request)
        if match := re.fullmatch(r"/v2/template/([^/]+)", request.path):
            return self._template(match[1])
        if match := re.fullmatch(r"/v2/notifications/([^/]+)", request.path):
            found = [one for one in self.sent if one["id"] == match[1]]
            return _json(200, found[0]) if found else _errors(404, ("NoResultFound", "No result found"))
        return _errors(404, ("NotFound", "The requested URL was not found on the server."))

    def _unauthorised(self, request: Request) -> tuple[int, tuple[str, str]] | None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind != "Bearer":
            return 401, ("AuthError", "Unauthorized: authentication token must be provided")
        try:
            if jwt.get_unverified_header(token)["alg"] != "HS256":
                return 403, ("AuthError", "Invalid token: algorithm used is not HS256")
            claims = jwt.decode(token, options={"verify_signature": False})
        except jwt.InvalidTokenError:
            return 403, ("AuthError", "Invalid token: make sure your API token matches the example")
        if claims.get("iss") != SERVICE:
            return 403, ("AuthError", "Invalid token: service not found")
        if abs(self.clock() - claims.get("iat", 0)) > 30:
            return 403, ("AuthError", "Error: Your system clock must be accurate to within 30 seconds")
        try:
            jwt.decode(token, self.secret, algorithms=["HS256"], options={"verify_iat": False})
        except jwt.InvalidTokenError:
            return 403, ("AuthError", "Invalid token: API key not found")
        return None

    def _template(self, template: str) -> Answer:
        if not _is_uuid(template):
            return _errors(400, ("ValidationError", "id is not a valid UUID"))
        if template != TEMPLATE:
            return _errors(404, ("NoResultFound", "No result found"))
        names = sorted(_fields(self.subject) | _fields(self.body))
        content = {
            "id": TEMPLATE,
            "name": "CQC monitor",
            "type": self.kind,
            "created_at": "2026-11-20T09:00:00.000000Z",
            "updated_at": None,
            "version": 1,
            "created_by": "monitor@council.example",
            "subject": self.subject,
            "body": self.body,
            "personalisation": {name: {"required": True} for name in names},
            "letter_contact_block": None,
        }
        return _json(200, content)

    def _email(self, request: Request) -> Answer:
        try:
            asked = json.loads(request.body)
        except ValueError:
            return _errors(400, ("BadRequestError", "Invalid JSON supplied in POST data"))
        if wrong := _schema(asked):
            return _errors(400, *(("ValidationError", one) for one in wrong))
        if refusal := self._refusal(asked):
            return _errors(*refusal)
        values = asked["personalisation"]
        filled = {"subject": _filled(self.subject, values), "body": _filled(self.body, values)}
        size = len(filled["body"].encode())
        if size > MOST_BYTES:
            text = f"Emails cannot be longer than {MOST_BYTES} bytes. Your message is {size} bytes."
            return _errors(400, ("BadRequestError", text))
        entry = {
            "id": str(uuid.uuid4()),
            "reference": asked.get("reference"),
            "content": {**filled, "from_email": "council@notifications.service.gov.uk"},
            "uri": "https://api.notifications.service.gov.uk/v2/notifications/…",
            "template": {"id": TEMPLATE, "version": 1, "uri": "https://api.notifications.service.gov.uk/v2/template/…"},
            "scheduled_for": None,
        }
        if "one_click_unsubscribe_url" in asked:
            entry["content"]["one_click_unsubscribe_url"] = asked["one_click_unsubscribe_url"]
        self.sent.append({**entry, "email_address": asked["email_address"]})
        return _json(201, entry)

    def _text(self, request: Request) -> Answer:
        asked = json.loads(request.body)
        number = asked["phone_number"]
        if not re.fullmatch(r"\+\d+", number):
            return _errors(400, ("ValidationError", "phone_number Must not contain letters or symbols"))
        if not number.startswith("+44"):
            return _errors(400, ("BadRequestError", "Cannot send to international mobile numbers"))
        if not number.startswith("+447") or len(number) != 13:
            return _errors(400, ("ValidationError", "phone_number Not a UK mobile number"))
        if refusal := self._refusal({"email_address": number, **asked}, "sms"):
            return _errors(*refusal)
        text = _filled(self.body, asked["personalisation"])
        content = {"body": text, "from_number": "COUNCIL"}
        entry = {"id": str(uuid.uuid4()), "reference": asked.get("reference"), "content": content}
        self.sent.append({**entry, "phone_number": number})
        return _json(201, entry)

    def _refusal(self, asked: dict[str, Any], kind: str = "email") -> tuple[int, tuple[str, str]] | None:
        if not self.allowed:
            what = "emails" if kind == "email" else "text messages"
            return 400, ("BadRequestError", f"Service is not allowed to send {what}")
        if self.team is not None and asked["email_address"] not in self.team:
            why = "when service is in trial mode" if self.trial else "using a team-only API key"
            return 400, ("BadRequestError", f"Can’t send to this recipient {why}")
        if len(self.sent) >= self.a_day:
            return 429, ("TooManyRequestsError", f"Exceeded send limits ({self.a_day}) for today")
        if asked["template_id"] != TEMPLATE:
            return 400, ("BadRequestError", "Template not found")
        if self.kind != kind:
            return 400, ("BadRequestError", f"{self.kind} template is not suitable for {kind} notification")
        wanted = _fields(self.body) | (_fields(self.subject) if kind == "email" else set())
        missing = sorted(wanted - set(asked.get("personalisation", {})))
        if missing:
            return 400, ("BadRequestError", f"Missing personalisation: {', '.join(missing)}")
        return None


def _schema(asked: Any) -> list[str]:
    known = {
        "email_address", "template_id", "personalisation", "reference", "email_reply_to_id", "one_click_unsubscribe_url",
        "scheduled_for",
    }  # fmt: skip
    wrong = [f"{name} is a required property" for name in ("email_address", "template_id") if name not in asked]
    wrong += [f"Additional properties are not allowed ({name} was unexpected)" for name in set(asked) - known]
    if "email_address" in asked and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", asked["email_address"]):
        wrong.append("email_address Not a valid email address")
    if "template_id" in asked and not _is_uuid(asked["template_id"]):
        wrong.append("template_id is not a valid UUID")
    if not asked.get("one_click_unsubscribe_url", "https://x.example").startswith("https://"):
        wrong.append("one_click_unsubscribe_url is not a valid https url")
    return wrong


def _is_uuid(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text))


def _fields(text: str) -> set[str]:
    return set(re.findall(r"\(\(([^)]+)\)\)", text))


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\(\(([^)]+)\)\)", lambda match: values[match[1]], text)


def _json(status: int, content: Any) -> Answer:
    return Answer(status=status, headers={"Content-Type": "application/json"}, body=json.dumps(content).encode())


def _errors(status: int, *errors: tuple[str, str]) -> Answer:
    content = {"status_code": status, "errors": [{"error": kind, "message": message} for kind, message in errors]}
    return _json(status, content)
