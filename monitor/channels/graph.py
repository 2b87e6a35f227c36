"""Email through Microsoft Graph, for organisations without SMTP. Each mail is sent as MIME, in one request. Source:
docs/facts/channels.md, Microsoft Graph.

Graph saves a copy of each mail in the mailbox's Sent Items. For mails sent as MIME, these copies can't be turned off.
"""

import base64
import json
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

from monitor.channels.base import HandedOver, Outcome, Status, one_line
from monitor.channels.mail_settings import Registration
from monitor.channels.microsoft import GRAPH_SCOPE, NoToken, Tokens
from monitor.channels.post import retry_after
from monitor.channels.refusals import of_graph
from monitor.channels.service_client import Reply, ServiceClient

GRAPH = "https://graph.microsoft.com"


class Graph:
    """Hands mails to Graph.

    registration  the app in Entra
    ssl_context   for servers whose certificate is signed by a private authority; None to use the machine's authorities
    now           returns the time with which Retry-After dates are compared
    """

    def __init__(
        self,
        registration: Registration,
        ssl_context: ssl.SSLContext | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._tokens = Tokens(registration, GRAPH_SCOPE, ssl_context)
        self._client = ServiceClient("Microsoft Graph", ssl_context)
        self._now = now

    async def hand_over(self, mail: bytes, *, sender: str, recipient: str) -> HandedOver:
        """Hands over one mail and returns the result. Graph finds the recipient in the mail itself."""
        url = f"{GRAPH}/v1.0/users/{quote(sender, safe='@')}/sendMail"
        answer = await self._asked("POST", url, base64.b64encode(mail))
        if isinstance(answer, Outcome):
            return HandedOver(answer)
        known = answer.headers.get("request-id", "not stated")
        if answer.code == 202:
            return HandedOver(Outcome(Status.ACCEPTED, one_line(f"202 accepted by Microsoft Graph (request-id {known})")))
        return self._refused(answer)

    async def check(self, sender: str, recipient: str | None) -> Outcome:
        """Tests whether we get a token and, if the app may read users, whether the sender is a mailbox. Sends no mail."""
        answer = await self._asked("GET", f"{GRAPH}/v1.0/users/{quote(sender, safe='@')}?$select=mail")
        if isinstance(answer, Outcome):
            return answer
        if answer.code == 200:
            return Outcome(Status.ACCEPTED, f"Microsoft gives a token and knows {sender}. Whether mail may be sent is not tested")
        if answer.code == 403:
            untried = f"It is not tested whether {sender} exists and may send, because this app may not (and need not) read users"
            return Outcome(Status.ACCEPTED, f"Microsoft gives a token. {untried}")
        return self._refused(answer).outcome

    async def close(self) -> None:
        """Closes the connections to Microsoft."""
        await self._client.close()
        await self._tokens.close()

    async def _asked(self, method: str, url: str, body: bytes = b"") -> Reply | Outcome:
        """Returns the answer. If Graph refuses the token, the request is repeated once with a new token."""
        try:
            token = await self._tokens.token()
            answer = await self._once(token, method, url, body)
            if isinstance(answer, Reply) and answer.code == 401:
                self._tokens.drop(token)
                answer = await self._once(await self._tokens.token(), method, url, body)
        except NoToken as none:
            return none.outcome
        return answer

    async def _once(self, token: str, method: str, url: str, body: bytes) -> Reply | Outcome:
        headers = {"Authorization": f"Bearer {token}"} | ({"Content-Type": "text/plain"} if body else {})
        answer = await self._client.ask(method, url, headers=headers, body=body)
        if isinstance(answer, Reply):
            return Reply(answer.code, answer.text.replace(token, "…"), answer.headers)
        return answer

    def _refused(self, answer: Reply) -> HandedOver:
        said, known = _said(answer.text), answer.headers.get("request-id", "not stated")
        meaning = of_graph(answer.code, said)
        wait = retry_after(answer.headers.get("retry-after"), now=self._now())
        outcome = meaning.outcome(f"{answer.code} {said} (request-id {known})", retry_after=wait)
        return HandedOver(outcome, meaning.content)


def _said(text: str) -> str:
    """Returns the code and the message of an error, shortened. If the text does not have the form of Graph's errors, returns its
    first 200 characters."""
    try:
        error = json.loads(text)["error"]
        return f"{error['code']}: {error['message']}"[:200]
    except (ValueError, KeyError, TypeError):
        return text[:200]
