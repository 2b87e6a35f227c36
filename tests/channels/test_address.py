"""Tests which addresses people can type, and how they are stored and shown."""

import pytest

from monitor.channels import parse_address, scheme, shown
from monitor.errors import UsageError

EXTRA = frozenset({"127.0.0.1:8065", "mattermost.council.example:443", "[::1]:8065"})
SLACK = "https://hooks.slack.com/services/T000/B000/sEcReTsEcReT"
TEAMS = "https://default1.05.environment.api.powerplatform.com"
FLOW = "/powerautomate/automations/direct/workflows/abc/triggers/manual/paths/invoke?api-version=1&sig=aB%2Fc-_9"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        pytest.param("mailto:lead@council.example", "mailto:lead@council.example", id="an email address"),
        pytest.param("lead@council.example", "mailto:lead@council.example", id="an email address without mailto:"),
        pytest.param(
            "  MAILTO:Lead.O'Neil+cqc@Council.Example ",
            "mailto:Lead.O'Neil+cqc@council.example",
            id="capitals, which are kept only before the @",
        ),
        pytest.param("mailto: lead@council.example. ", "mailto:lead@council.example", id="spaces, and a dot at the end"),
        pytest.param("mailto:%20lead%40council.example", "mailto:lead@council.example", id="percent-encoding after mailto:"),
        pytest.param("mailto:o%27neil@council.example", "mailto:o'neil@council.example", id="percent-encoding before the @"),
        pytest.param("Lead@CÖUNCIL.example", "mailto:Lead@xn--cuncil-wxa.example", id="a host with a letter outside ASCII"),
        pytest.param(
            "lead@XN--Cuncil-WXA.example", "mailto:lead@xn--cuncil-wxa.example", id="the same host in the spelling of the DNS"
        ),
        pytest.param(
            "lead@co\u0308uncil。example", "mailto:lead@xn--cuncil-wxa.example", id="the same host, composed of other characters"
        ),
        pytest.param(f"slack:{SLACK}", f"slack:{SLACK}", id="a Slack webhook"),
        pytest.param(
            f"Slack:{SLACK.replace('https://hooks', 'HTTPS://Hooks')}",
            f"slack:{SLACK}",
            id="a Slack webhook in capitals",
        ),
        pytest.param(
            f"teams:{TEAMS}:443{FLOW}",
            f"teams:{TEAMS}{FLOW}",
            id="a Teams workflow, whose signature stays unchanged",
        ),
        pytest.param(
            "teams:https://prod-1.uksouth.logic.azure.com/workflows/x?sig=y",
            "teams:https://prod-1.uksouth.logic.azure.com/workflows/x?sig=y",
            id="an older Teams workflow",
        ),
        pytest.param(
            "webhook:https://alerts.council.example/cqc?a=1",
            "webhook:https://alerts.council.example/cqc?a=1",
            id="a public https host",
        ),
        pytest.param(
            "webhook:https://alerts.council.example",
            "webhook:https://alerts.council.example/",
            id="a host without a path",
        ),
        pytest.param(
            "webhook:http://127.0.0.1:8065/hook",
            "webhook:http://127.0.0.1:8065/hook",
            id="a host that the operator allows, over http",
        ),
        pytest.param(
            "slack:http://127.0.0.1:8065/hooks/1",
            "slack:http://127.0.0.1:8065/hooks/1",
            id="a host that the operator allows, for Slack",
        ),
        pytest.param(
            "teams:https://mattermost.council.example/x",
            "teams:https://mattermost.council.example/x",
            id="a host that the operator allows, on the scheme's own port",
        ),
        pytest.param(
            "webhook:http://[::1]:8065/hook",
            "webhook:http://[::1]:8065/hook",
            id="an IPv6 host that the operator allows",
        ),
    ],
)
def test_an_address_is_changed_to_its_canonical_spelling(typed: str, canonical: str) -> None:
    """An address in its canonical spelling is not changed."""
    assert parse_address(typed, extra_hosts=EXTRA) == canonical
    assert parse_address(canonical, extra_hosts=EXTRA) == canonical


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        pytest.param("", "write mailto:", id="an empty text"),
        pytest.param("lead", "write mailto:", id="a bare word"),
        pytest.param("fax:07700900000", "write mailto:", id="an unknown kind"),
        pytest.param("mailto:", "not an email address", id="an address without a mailbox"),
        pytest.param("mailto:lead", "not an email address", id="an address without a host"),
        pytest.param("mailto:lead@council", "not an email address", id="a host without a dot"),
        pytest.param("mailto:a@b@council.example", "not an email address", id="two @"),
        pytest.param("mailto:a..b@council.example", "not an email address", id="two dots"),
        pytest.param("mailto:lead@council.example,boss@council.example", "not an email address", id="two mailboxes"),
        pytest.param(
            "mailto:lead@council.example?bcc=x@council.example",
            "not an email address",
            id="a mailbox with headers",
        ),
        pytest.param(
            "mailto:lead%40council.example@relay.example",
            "not an email address",
            id="a mailbox with a route through a relay",
        ),
        pytest.param("mailto:lead@127.0.0.1", "not an email address", id="an IP address instead of a host"),
        pytest.param(
            "mailto:lead@council.example\nBcc: x@council.example",
            "line break",
            id="a line break in a mailbox",
        ),
        pytest.param("mailto:lead @council.example", "space", id="a space in a mailbox"),
        pytest.param("mailto:léad@council.example", "not an email address", id="a letter outside ASCII before the @"),
        pytest.param("mailto:lead@☃☃.☃", "not an email address", id="an impossible host"),
        pytest.param("mailto:lead@" + "ö" * 1500 + ".example", "not an email address", id="a host that is too long"),
        pytest.param("mailto:lead@council.example%0D%0ABcc:x@y.example", "not an email address", id="an encoded line break"),
        pytest.param("mailto:lead@council.example..", "not an email address", id="two dots at the end of the host"),
        pytest.param("webhook:https://cöuncil.example/x", "outside ASCII", id="a webhook's host outside ASCII"),
        pytest.param(SLACK, "put slack:, teams: or webhook:", id="a URL without the kind of channel"),
        pytest.param(
            "slack:hooks.slack.com/services/T/B/sEcReTsEcReT",
            "continue with https://",
            id="a URL without https",
        ),
        pytest.param(
            "slack:https://hooks.slack.example/services/T/B/sEcReTsEcReT",
            "begins with https://hooks.slack.com",
            id="another host for Slack",
        ),
        pytest.param(
            "slack:https://hooks.slack.com.evil.example/services/T/B/sEcReTsEcReT",
            "begins with https://hooks.slack.com",
            id="a host that only looks like Slack's",
        ),
        pytest.param(
            "slack:https://hooks.slack.com/workflows/sEcReTsEcReT",
            "incoming webhook",
            id="a Slack address that is not an incoming webhook",
        ),
        pytest.param(
            "teams:https://council.webhook.office.com/webhookb2/sEcReTsEcReT",
            "retired",
            id="a retired connector",
        ),
        pytest.param(
            "teams:https://outlook.office.com/webhook/sEcReTsEcReT",
            "retired",
            id="an older retired connector",
        ),
        pytest.param(
            "teams:https://alerts.council.example/sEcReTsEcReT",
            "Teams workflow",
            id="another host for Teams",
        ),
        pytest.param(
            "teams:https://evillogic.azure.com.example/sEcReTsEcReT",
            "Teams workflow",
            id="a host that only looks like Microsoft's",
        ),
        pytest.param("webhook:https://alerts.council.example/#sEcReTsEcReT", "#", id="a fragment"),
        pytest.param(
            "webhook:https://alerts.council.example\\@10.0.0.1/sEcReTsEcReT",
            "copy the whole address again",
            id="a backslash",
        ),
        pytest.param(
            "webhook:https://alerts.council.example:port/sEcReTsEcReT",
            "can't be read",
            id="a port that is not a number",
        ),
        pytest.param("webhook:https://[::1/sEcReTsEcReT", "can't be read", id="an open bracket"),
        pytest.param("webhook:https://127.0.0.1/sEcReTsEcReT", "host name", id="the local machine, by IP address"),
        pytest.param("webhook:https://localhost/sEcReTsEcReT", "not a public host", id="the local machine, by name"),
        pytest.param("webhook:https:///sEcReTsEcReT", "continue with https://", id="a URL without a host"),
        pytest.param("webhook:ftp://alerts.council.example/sEcReTsEcReT", "continue with https://", id="another protocol"),
        pytest.param(
            "webhook:http://127.0.0.1:9999/sEcReTsEcReT",
            "must begin with https://",
            id="a port that the operator does not allow",
        ),
        pytest.param("webhook:https://alerts.council.example/" + "x" * 3000, "longer than", id="an address that is too long"),
    ],
)
def test_an_unusable_address_is_refused_with_advice(typed: str, advice: str) -> None:
    """The refusal is one line, and does not contain the secret part of the address."""
    with pytest.raises(UsageError) as refused:
        parse_address(typed, extra_hosts=EXTRA)
    assert advice in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "sEcReT" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "kind", "for_people"),
    [
        ("mailto:lead@council.example", "mailto", "mailto:lead@council.example"),
        (f"slack:{SLACK}", "slack", "slack:hooks.slack.com/…cReT"),
        (f"teams:{TEAMS}{FLOW}", "teams", "teams:default1.05.environment.api.powerplatform.com/…c-_9"),
        ("webhook:http://127.0.0.1:8065/h", "webhook", "webhook:127.0.0.1:8065/…"),
        ("webhook:https://a.council.example/", "webhook", "webhook:a.council.example/…"),
    ],
)
def test_only_the_host_and_the_last_letters_of_a_webhook_address_are_shown(address: str, kind: str, for_people: str) -> None:
    """If the path is so short that four letters would be a large part of it, no letters are shown."""
    assert scheme(address) == kind
    assert shown(address) == for_people
