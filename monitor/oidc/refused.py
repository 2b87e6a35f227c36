"""The reasons why somebody could not sign in with the provider."""

from enum import StrEnum

from monitor.errors import MonitorError


class Why(StrEnum):
    """The kinds of refusal. For each kind, `monitor.web.oidc` has a page."""

    DOWN = "down"  # the provider does not answer
    SET_UP = "set up"  # the provider refuses our app, or we can't use its configuration; an operator must correct this
    STATE = "state"  # the answer does not belong to a sign-in that this browser began
    DENIED = "denied"  # the provider refuses the person, or they cancelled
    INVALID = "invalid"  # the answer can't be trusted
    USED = "used"
    NO_ROLE = "no role"
    TOO_MANY_GROUPS = "too many groups"
    NO_EMAIL = "no email"
    OTHER_ACCOUNT = "other account"
    ENDED = "ended"


class Refused(MonitorError):
    """The sign-in was refused. The text is for the log, in one line without a token or a secret."""

    def __init__(self, why: Why, text: str) -> None:
        super().__init__(text)
        self.why = why
