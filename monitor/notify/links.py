"""The links from messages to the pages. Links that work without a sign-in are signed, each for one purpose."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from itsdangerous import BadSignature, URLSafeSerializer

from monitor.mailbox import key_of

_ENOUGH = 24
"""A link identifies an address by the first 24 characters of the address's key. The whole key would make the link long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """The content of an unsubscribe link: the address (the beginning of its key, see `mailbox.key_of`), and the subscriptions
    for which the message was sent."""

    address_key: str
    subscriptions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HaveIt:
    """The content of a link for answering "I have it".

    address_key  the beginning of the address's key
    item         the item, or the id of a drill
    made_at      when the message was made, rounded up to whole seconds, so that no event in the message is newer
    """

    address_key: str
    item: str
    made_at: datetime


ANSWERED_WITHIN = timedelta(days=14)
"""How long a link for answering "I have it" works."""


class Links:
    """Creates links and parses their tokens. Most links never expire, because people must be able to unsubscribe with an old
    mail too. However, people can answer "I have it" only within ANSWERED_WITHIN. For a link that `undo` made, the store limits
    how long subscriptions can be restored.

    public_url   the URL at which people reach the pages
    signing_key  the key that signs tokens
    """

    def __init__(self, public_url: str, signing_key: bytes) -> None:
        self.public_url = public_url
        digest = {"digest_method": hashlib.sha256}
        self._unsubscribe = URLSafeSerializer(signing_key, salt="unsubscribe", signer_kwargs=digest)
        self._confirm = URLSafeSerializer(signing_key, salt="confirm", signer_kwargs=digest)
        self._undo = URLSafeSerializer(signing_key, salt="undo", signer_kwargs=digest)
        self._have_it = URLSafeSerializer(signing_key, salt="have it", signer_kwargs=digest)
        self._drill = URLSafeSerializer(signing_key, salt="drill", signer_kwargs=digest)
        self._still_read = URLSafeSerializer(signing_key, salt="still read", signer_kwargs=digest)

    def event(self, event_id: str) -> str:
        """Returns the URL of an event's page."""
        return f"{self.public_url}/events/{event_id}"

    def message(self, message_id: str) -> str:
        """Returns the URL of a message's page."""
        return f"{self.public_url}/messages/{message_id}"

    def unsubscribe(self, address: str, subscriptions: Sequence[int]) -> str:
        """Returns the URL of the page on which the owner of an address ends the address's subscriptions. One click ends the
        given subscriptions."""
        return f"{self.public_url}/unsubscribe/{self._unsubscribe.dumps([_key(address), sorted(subscriptions)])}"

    def confirm(self, address: str) -> str:
        """Returns the URL of the page on which the owner of an address confirms the address's waiting subscriptions."""
        return f"{self.public_url}/confirm/{self._confirm.dumps(_key(address))}"

    def still_read(self, address: str) -> str:
        """Returns the URL of the page on which the owner of an address confirms that somebody reads the messages."""
        return f"{self.public_url}/still-read/{self._still_read.dumps(_key(address))}"

    def have_it(self, address: str, item: str, made_at: datetime) -> str:
        """Returns the URL of the page on which the owner of an address answers that they are dealing with an item. `made_at` is
        when the message was made."""
        return f"{self.public_url}/have-it/{self._have_it.dumps([_key(address), item, ceil(made_at.timestamp())])}"

    def drill(self, address: str, drill: str, started_at: datetime) -> str:
        """Returns the URL of the page on which the owner of an address answers a practice alert."""
        return f"{self.public_url}/drill/{self._drill.dumps([_key(address), drill, ceil(started_at.timestamp())])}"

    def answering(self, token: str, now: datetime) -> HaveIt | None:
        """Returns the content of a token from a link that `have_it` made; None if we did not create the token, or if it has
        expired."""
        return self._answer(self._have_it, token, now)

    def answering_drill(self, token: str, now: datetime) -> HaveIt | None:
        """Returns the content of a token from a link that `drill` made. `item` is the drill's id. Returns None if we did not
        create the token, or if it has expired."""
        return self._answer(self._drill, token, now)

    def _answer(self, signed: URLSafeSerializer, token: str, now: datetime) -> HaveIt | None:
        try:
            address_key, item, seconds = signed.loads(token)
        except BadSignature:
            return None
        made_at = datetime.fromtimestamp(seconds, UTC)
        return HaveIt(address_key=address_key, item=item, made_at=made_at) if now <= made_at + ANSWERED_WITHIN else None

    def undo(self, batch: str) -> str:
        """Returns the URL of the page on which the owner of an address restores subscriptions. `batch` identifies the
        subscriptions, which the link in a message ended (see `store.unsubscribed`)."""
        return f"{self.public_url}/undo/{self._undo.dumps(batch)}"

    def undoing(self, token: str) -> str | None:
        """Returns the `batch` in the token from a link that `undo` made; None if we did not create the token."""
        try:
            return str(self._undo.loads(token))
        except BadSignature:
            return None

    def leaving(self, token: str) -> Leaving | None:
        """Returns the content of the token in an unsubscribe link; None if we did not create the token."""
        try:
            address_key, subscriptions = self._unsubscribe.loads(token)
        except BadSignature:
            return None
        return Leaving(address_key=address_key, subscriptions=tuple(subscriptions))

    def confirming(self, token: str) -> str | None:
        """Returns the beginning of the address's key, from the token in a link that `confirm` made; None if we did not create the
        token."""
        try:
            return str(self._confirm.loads(token))
        except BadSignature:
            return None

    def reading(self, token: str) -> str | None:
        """Returns the beginning of the address's key, from the token in a link that `still_read` made; None if we did not create
        the token."""
        try:
            return str(self._still_read.loads(token))
        except BadSignature:
            return None


def _key(address: str) -> str:
    return key_of(address)[:_ENOUGH]
