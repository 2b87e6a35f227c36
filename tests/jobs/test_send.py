"""Tests what happens to a message in the outbox after each of the four outcomes, with the real store."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, make_url, update

from monitor.channels import Outcome, Status
from monitor.errors import StoreError
from monitor.judgement import Code, Level, judge
from monitor.mailbox import key_of
from monitor.store import open_store
from monitor.store.database import writing
from monitor.store.hints import SourceState
from monitor.store.tables import MessageRow, SubscriptionRow, WatchlistRow, table
from monitor.store.vault import Vault
from tests.jobs.office import HOME, LEAD, NOON, OPERATOR, OTHER, SETUP, Office, fall, subscribed


@pytest.fixture
def office(sqlite: str) -> Iterator[Office]:
    """A new office."""
    store = open_store(sqlite, Vault("a secret"))
    yield Office(store)
    store.close()


RING = "ring lead@council.example: Home: Good → Inadequate overall"
"""What the operator is asked to do if the message about the fall is not delivered."""


@pytest.mark.asyncio
async def test_a_message_that_was_accepted_is_sent_once(office: Office) -> None:
    assert (await office.deliver()).sent == 2
    assert (await office.deliver(timedelta(hours=40))).sent == 0


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Outcome(Status.RETRY, "451 try again later"), id="the receiver answers “not now”"),
        pytest.param(RuntimeError("a fault of ours"), id="an error in the program"),
    ],
)
async def test_a_message_that_was_not_accepted_is_retried_with_the_same_id_and_delays_no_other_receiver(
    office: Office, answer: Outcome | Exception
) -> None:
    office.postman.answers[LEAD] = answer
    result = await office.deliver()
    assert (result.sent, len(result.later), result.dead) == (1, 1, [])
    office.postman.answers.clear()
    assert (await office.deliver(timedelta(minutes=1))).sent == 1
    first, second = office.to(LEAD)
    assert first == second


@pytest.mark.asyncio
async def test_a_message_waits_for_as_long_as_its_receiver_asks(office: Office) -> None:
    office.postman.answers[LEAD] = Outcome(Status.RETRY, "429", retry_after=timedelta(hours=1))
    await office.deliver()
    await office.deliver(timedelta(minutes=59))
    assert len(office.to(LEAD)) == 1
    await office.deliver(timedelta(minutes=1))
    assert len(office.to(LEAD)) == 2


@pytest.mark.asyncio
async def test_a_message_to_a_refused_recipient_is_a_dead_letter_at_once_and_the_operator_is_alerted(office: Office) -> None:
    office.postman.answers[LEAD] = Outcome(Status.REJECTED, "550 no such user")
    result = await office.deliver()
    assert len(result.dead) == 1 and "550" in result.dead[0]
    assert len(office.to(OPERATOR)) == 1
    await office.deliver(timedelta(days=2))
    assert len(office.to(LEAD)) == 1
    assert [one.state for one in office.store.dead_letters.unsent()] == ["dead"]


@pytest.mark.asyncio
async def test_after_a_day_of_attempts_a_message_fails_for_good_and_the_operator_is_alerted(
    office: Office
) -> None:
    office.postman.answers[LEAD] = Outcome(Status.RETRY, "no answer")
    began = office.now
    while not (await office.deliver(timedelta(minutes=10))).dead:
        assert office.now - began < timedelta(days=3)
    assert office.now - began > timedelta(hours=24)
    assert len(set(office.to(LEAD))) == 1
    await office.deliver(timedelta(minutes=10))
    overdue, given_up = office.operator_heard()
    assert overdue == given_up == f"cqc-monitor: {RING}"


@pytest.mark.asyncio
async def test_many_attempts_of_a_crashing_program_do_not_make_a_message_fail_for_good(office: Office) -> None:
    """After each start, the program claims the messages that are due, and dies before it gets an answer."""
    for _ in range(30):
        office.store.outbox.claim(office.now, 10)
        office.now += timedelta(minutes=6)
    office.postman.answers[LEAD] = Outcome(Status.RETRY, "451")
    for _ in range(20):
        assert (await office.deliver(timedelta(hours=1))).dead == []
    assert office.now - NOON < timedelta(hours=24)


@pytest.mark.asyncio
async def test_a_failed_message_to_the_operator_causes_no_further_operator_message(office: Office) -> None:
    office.postman.answers |= {LEAD: Outcome(Status.REJECTED, "550"), OPERATOR: Outcome(Status.REJECTED, "550")}
    await office.deliver()
    await office.deliver(timedelta(days=1))
    assert len(office.to(OPERATOR)) == 1


@pytest.mark.asyncio
async def test_a_retry_begins_after_the_parts_that_were_accepted(office: Office) -> None:
    office.postman.parts_of_each = 3
    office.postman.answers[f"{LEAD} 2"] = Outcome(Status.RETRY, "429")
    await office.deliver()
    office.postman.answers.clear()
    await office.deliver(timedelta(minutes=1))
    assert [part for address, _, part in office.postman.given if address == LEAD] == [1, 2, 2, 3]


@pytest.fixture(params=("sqlite", "postgresql"))
def each_office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """A new office, on each kind of database."""
    store = open_store(request.getfixturevalue(request.param), Vault("a secret"))
    yield Office(store)
    store.close()


def goes_away(engine: Engine, seconds: float) -> None:
    """Makes the database unavailable for some seconds from now on, as if its server restarted."""
    file = engine.url.database or ""
    if engine.dialect.name == "sqlite":
        Path(file).rename(f"{file}.away")
        back = threading.Timer(seconds, lambda: Path(f"{file}.away").rename(file))
    else:
        server = make_url(engine.url).set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)

        def tell(*statements: str) -> None:
            with psycopg.connect(server, autocommit=True) as connection:
                for statement in statements:
                    connection.execute(statement.encode())

        everybody = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{file}'"
        tell(f"ALTER DATABASE {file} ALLOW_CONNECTIONS false", everybody)
        back = threading.Timer(seconds, tell, [f"ALTER DATABASE {file} ALLOW_CONNECTIONS true"])
    back.start()


@pytest.mark.asyncio
@pytest.mark.parametrize("parts", [1, 2], ids=["a message of one part", "a message of two parts"])
async def test_a_message_that_was_accepted_while_the_database_was_unavailable_is_not_sent_again(
    each_office: Office, parts: int
) -> None:
    office = each_office
    office.store.subscriptions.unsubscribe("Leeds", OTHER, NOON, OPERATOR)
    await office.deliver()
    office.postman.given.clear()
    office.look(3)
    office.look(4, fall("another", NOON))
    office.postman.parts_of_each = parts
    once = iter([lambda: goes_away(office.store.engine, 0.3)])
    office.postman.while_sending = lambda: next(once, lambda: None)()
    with suppress(StoreError):  # the round fails
        await office.deliver()
    await office.deliver(timedelta(minutes=10))
    assert [part for address, _, part in office.postman.given if address == LEAD] == [*range(1, parts + 1)]
    assert len([one for one in office.store.delivery_log.since() if one.address == LEAD]) == 1 + 1


@pytest.mark.asyncio
async def test_if_the_number_of_parts_changes_before_a_retry_all_parts_are_sent_again(office: Office) -> None:
    office.postman.parts_of_each = 3
    office.postman.answers[f"{LEAD} 2"] = Outcome(Status.RETRY, "429")
    await office.deliver()
    office.postman.parts_of_each = 2
    office.postman.answers.clear()
    await office.deliver(timedelta(minutes=1))
    assert [part for address, _, part in office.postman.given if address == LEAD] == [1, 2, 1, 2]


@pytest.mark.asyncio
async def test_a_clock_that_was_a_year_ahead_does_not_keep_a_message_for_a_year(office: Office) -> None:
    office.postman.answers[LEAD] = Outcome(Status.RETRY, "451")
    office.now += timedelta(days=365)
    await office.deliver()
    office.postman.answers.clear()
    assert (await office.deliver(-timedelta(days=365))).sent == 2, "the alert and the digest of a year ahead must be sent now"


@pytest.mark.asyncio
async def test_a_digest_names_services_that_are_not_up_to_date_even_if_nothing_happened(office: Office) -> None:
    await office.deliver()
    office.postman.given.clear()
    assert (await office.deliver(timedelta(hours=47))).sent == 0
    hours = [(await office.deliver(timedelta(hours=1))).told for _ in range(48)]
    told = [line for lines in hours for line in lines if OPERATOR not in line]
    assert len(told) == 2 * 2, "one message a day to each of two addresses"
    assert all("1 service could not be read" in line for line in told)


@pytest.mark.asyncio
async def test_the_operator_is_alerted_once_when_the_level_of_the_judgement_changes(office: Office) -> None:
    office.deliverer.report_level()
    await office.deliver()
    assert office.operator_heard() == []
    office.now += timedelta(hours=49)
    said = office.judged().text
    for _ in range(3):
        office.deliverer.report_level()
        await office.deliver(timedelta(days=1))
    assert "no daemon is running and checks have been due since" in said
    assert office.operator_heard() == [f"cqc-monitor: {said}".removesuffix(".")]
    assert any("1 service has not been read for too long: Home (1-2235535718)" in text for text in office.postman.texts)
    office.look(3)
    for _ in range(2):
        office.deliverer.report_level()
        await office.deliver()
    assert office.operator_heard()[1:] == [f"cqc-monitor: {office.judged().text}".removesuffix(".")]
    assert office.judged().well


@pytest.mark.asyncio
async def test_two_processes_that_find_a_new_level_of_the_judgement_alert_the_operator_once(office: Office) -> None:
    office.now += timedelta(hours=49)
    await asyncio.gather(*(asyncio.to_thread(office.deliverer.report_level) for _ in range(4)))
    await office.deliver()
    assert len(office.operator_heard()) == 1


@pytest.mark.asyncio
async def test_the_operator_is_alerted_once_when_a_source_of_hints_fails_and_once_when_it_works_again(office: Office) -> None:
    def heard() -> list[str]:
        return [one for one in office.operator_heard() if "list of publications" in one]

    hints = office.store.hints
    hints.read("list", SourceState(), NOON)
    hints.failed("list", "CQC's list of publications is empty", NOON + timedelta(minutes=10))
    for _ in range(6):
        office.deliverer.report_level()
        await office.deliver(timedelta(hours=1))
    assert heard() == [], "no message in the first five hours"
    for _ in range(3):
        office.deliverer.report_level()
        await office.deliver(timedelta(hours=1))
    fails = "cqc-monitor: CQC's list of publications fails"
    assert heard() == [fails]
    assert any("It has not been read in full since 21 November 2026 at midday" in text for text in office.postman.texts)
    hints.read("list", SourceState(), office.now)
    for _ in range(2):
        office.deliverer.report_level()
        await office.deliver()
    assert heard() == [fails, "cqc-monitor: CQC's list of publications works again"]


# ── suspended receivers ──────────────────────────────────────────────────────────────────────────────────────────────────

REVOKED = Outcome(Status.BROKEN, "410 gone")
SIGN_IN_REFUSED = Outcome(Status.BROKEN, "535 wrong password", for_all=True)


@pytest.mark.asyncio
async def test_a_receiver_that_is_set_up_wrongly_is_suspended_alone_and_the_operator_is_alerted_once(office: Office) -> None:
    office.postman.answers[LEAD] = REVOKED
    result = await office.deliver()
    assert result.sent == 2 and len(result.off) == 1 and result.dead == []
    assert office.off() == [key_of(LEAD)]
    assert office.operator_heard() == [f"cqc-monitor: messages to {LEAD} can't be delivered, so the receiver was suspended"]
    await office.deliver(timedelta(minutes=1))
    assert len(office.to(LEAD)) == 1 and len(office.to(OPERATOR)) == 1


@pytest.mark.asyncio
async def test_a_suspended_receiver_is_tested_once_an_hour_and_its_messages_never_fail_for_good(
    office: Office
) -> None:
    office.postman.answers[LEAD] = REVOKED
    await office.deliver()
    for number in range(2, 7):
        office.look(2 * number - 1)
        office.look(2 * number, fall(f"fall {number}", NOON - timedelta(minutes=number)))
    hours = 36  # a message that is retried fails for good after thirty and a half hours
    for _ in range(6 * hours):
        assert (await office.deliver(timedelta(minutes=10))).dead == []
    tries = len(office.to(LEAD))
    assert hours <= tries <= hours + 6, "tests are made quickly at first, then each hour"
    assert [subject.removeprefix("cqc-monitor: ") for subject in office.operator_heard()[1:]] == [
        RING,
        f"{RING} (and 4 more alerts)",
    ]
    waiting = [one for one in office.store.dead_letters.unsent() if one.switched_off]
    assert sum(one.kind == "alert" for one in waiting) == 6 and {one.attempts for one in waiting} == {0}
    office.postman.answers.clear()
    result = await office.deliver(timedelta(hours=1))
    assert len(office.to(LEAD)) == tries + len(waiting) and not office.store.dead_letters.unsent(), "each message once"
    assert len(result.on) == 1 and office.off() == []
    assert office.operator_heard()[-1] == f"cqc-monitor: messages to {LEAD} can be delivered again"


@pytest.mark.asyncio
async def test_all_mail_is_suspended_and_no_webhook_waits_if_the_mail_server_refuses_us(office: Office) -> None:
    hook = "webhook:https://hooks.council.example/a-long-secret"
    subscribed(office, hook)
    office.look(3)
    office.look(4, fall("another", office.now))
    office.postman.answers |= dict.fromkeys((LEAD, OTHER, OPERATOR), SIGN_IN_REFUSED)
    await office.deliver()
    assert office.off() == ["mailto"] and len(office.to(hook)) == 1
    tried = len(office.postman.given)
    await office.deliver(timedelta(minutes=4))
    assert len(office.postman.given) == tried
    await office.deliver(timedelta(minutes=1))
    assert len(office.postman.given) == tried + 1, "one test for all waiting messages"
    office.postman.answers.clear()
    assert (await office.deliver(timedelta(minutes=6))).sent >= 4
    assert office.operator_heard()[-1] == "cqc-monitor: all email can be delivered again"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("answer", "off"),
    [
        pytest.param(Outcome(Status.RETRY, "451 not now"), True, id="“not now” proves nothing"),
        pytest.param(Outcome(Status.REJECTED, "550 no such user"), False, id="a refused recipient proves that the server works"),
    ],
)
async def test_the_answer_to_a_test_message_decides_whether_the_suspension_ends(
    office: Office, answer: Outcome, off: bool
) -> None:
    office.postman.answers |= dict.fromkeys((LEAD, OTHER), SIGN_IN_REFUSED)
    await office.deliver()
    office.postman.answers |= dict.fromkeys((LEAD, OTHER), answer)
    await office.deliver(timedelta(minutes=5))
    assert bool(office.off()) is off


@pytest.mark.asyncio
async def test_a_suspension_ends_only_if_a_persons_test_message_is_accepted(office: Office) -> None:
    office.postman.answers[LEAD] = REVOKED
    await office.deliver()
    assert (await office.deliverer.test(LEAD)).status is Status.BROKEN
    assert office.off() and not [one for one in office.store.dead_letters.unsent() if one.kind == "test"]
    office.postman.answers.clear()
    assert (await office.deliverer.test(LEAD)).status is Status.ACCEPTED
    assert office.off() == []
    assert (await office.deliver()).sent == 2, "the waiting message, and the message to the operator"


# ── alerts that don't get through ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Outcome(Status.RETRY, "451 not now"), id="the receiver defers the message"),
        pytest.param(
            Outcome(Status.RETRY, "429", retry_after=timedelta(days=1)), id="the receiver asks to be tried again tomorrow"
        ),
        pytest.param(REVOKED, id="the receiver is suspended"),
        pytest.param(RuntimeError("a fault of ours"), id="an error in the program"),
    ],
)
async def test_after_an_hour_without_delivery_the_operator_gets_the_whole_alert_once(
    office: Office, answer: Outcome | Exception
) -> None:
    office.postman.answers[LEAD] = answer
    for _ in range(5):
        await office.deliver(timedelta(minutes=10))
    assert not [one for one in office.operator_heard() if RING in one]
    assert Code.URGENT_LATE not in office.found()
    for _ in range(12):
        await office.deliver(timedelta(minutes=10))
    assert len([one for one in office.operator_heard() if RING in one]) == 1
    text = next(one for one in office.postman.texts if "Not delivered for an hour: 1 urgent alert." in one)
    assert "Overall rating fell from Good to Inadequate" in text and HOME in text
    assert f"Not delivered to {LEAD} since 21 November 2026 at 12:10pm" in " ".join(text.split())
    assert Code.URGENT_LATE in office.found() and office.judged().stops_heartbeat
    office.postman.answers.clear()
    assert (await office.deliver(timedelta(days=1))).sent == 1 + bool(office.operator_heard()[-1].endswith("again"))
    assert Code.URGENT_LATE not in office.found()


@pytest.mark.asyncio
async def test_after_days_of_standstill_the_alert_is_sent_and_the_operator_is_not_alerted(office: Office) -> None:
    await office.deliver(timedelta(days=3))
    assert office.operator_heard() == []


@pytest.mark.asyncio
async def test_the_heartbeat_stops_while_the_operators_own_address_is_suspended(office: Office) -> None:
    office.store.outbox.trouble("something", OPERATOR, "something", ["is wrong"], NOON)
    office.postman.answers[OPERATOR] = REVOKED
    await office.deliver()
    assert Code.OPERATOR_OFF in office.found() and office.judged().stops_heartbeat
    assert judge(office.store.judging.facts(SETUP, office.now, None), office.now).at(Level.WRONG) == ()


# ── no receiver delays another ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.asyncio
async def test_a_receiver_that_hangs_delays_no_message_to_other_receivers(office: Office) -> None:
    hooks = [f"webhook:https://hooks.council.example/a-long-secret-{number}" for number in range(10)]
    for hook in hooks:
        subscribed(office, hook)
    office.postman.hangs = {hook: asyncio.Event() for hook in hooks}
    for number in range(2, 6):
        office.look(2 * number - 1)
        office.look(2 * number, fall(f"fall {number}", NOON - timedelta(minutes=number)))
    under_way = asyncio.create_task(office.deliver())
    while len(office.to(LEAD)) < 5 or not all(map(office.to, hooks)):
        await asyncio.sleep(0.01)
    assert [len(office.to(hook)) for hook in hooks] == [1] * 10, "one message at a time to each webhook"
    office.look(11)
    office.look(12, fall("a later fall", office.now))
    while len(office.to(LEAD)) < 6:
        await asyncio.sleep(0.01)
    for hangs in office.postman.hangs.values():
        hangs.set()
    await under_way
    assert {len(office.to(hook)) for hook in hooks} == {5}


@pytest.mark.asyncio
async def test_many_webhooks_that_hang_delay_no_mail(office: Office) -> None:
    hooks = [f"webhook:https://hooks.council.example/a-long-secret-{number}" for number in range(40)]
    for hook in hooks:
        subscribed(office, hook)
    office.postman.hangs = {hook: asyncio.Event() for hook in hooks}
    office.look(3)
    office.look(4, fall("another", NOON - timedelta(minutes=1)))
    under_way = asyncio.create_task(office.deliver())
    while len(office.to(LEAD)) < 2:
        await asyncio.sleep(0.01)
    office.look(5)
    office.look(6, fall("a later fall", office.now))
    while len(office.to(LEAD)) < 3:
        await asyncio.sleep(0.01)
    for hangs in office.postman.hangs.values():
        hangs.set()
    await under_way
    assert {len(office.to(hook)) for hook in hooks} == {2}


@pytest.mark.asyncio
async def test_messages_for_one_mailbox_arrive_in_the_order_of_the_events(office: Office) -> None:
    for number, said in enumerate(["CQC's site can't be read", "CQC's site can be read again"]):
        office.store.outbox.trouble(said, OPERATOR, said, ["Since 11:00."], NOON + timedelta(seconds=number))
    office.now += timedelta(minutes=1)
    office.postman.hangs = {OPERATOR: asyncio.Event()}
    under_way = asyncio.create_task(office.deliver())
    while not office.to(OPERATOR):
        await asyncio.sleep(0.01)
    office.look(3)
    office.look(4, fall("a later fall", office.now))
    while len(office.to(LEAD)) < 2:
        await asyncio.sleep(0.01)
    assert len(office.to(OPERATOR)) == 1
    office.postman.hangs.pop(OPERATOR).set()
    await under_way
    assert [said.removeprefix("cqc-monitor: ") for said in office.operator_heard()] == [
        "CQC's site can't be read",
        "CQC's site can be read again",
    ]


# ── unreadable data delays nothing else ────────────────────────────────────────────────────────────────────────────────

HOOK = "webhook:https://hooks.council.example/a-long-secret"
_subscription, _message, _watchlist = table(SubscriptionRow), table(MessageRow), table(WatchlistRow)


@pytest.mark.asyncio
@pytest.mark.parametrize("when", ["before the message is made", "after the message is made"])
async def test_an_address_that_cannot_be_decrypted_delays_nobody_and_the_operator_gets_its_messages(
    office: Office, when: str
) -> None:
    await office.deliver()
    subscribed(office, HOOK)
    office.look(3)
    office.look(4, fall("another", NOON))
    if when == "after the message is made":
        office.store.outbox.compose(office.now, office.now - timedelta(days=9))
    encrypted = "encrypted by nobody"
    with writing(office.store.engine) as connection:
        for one in (_subscription, _message):
            mine = one.c.address_key == key_of(HOOK)
            connection.execute(update(one).where(mine).values(address=encrypted))
    office.look(5)
    office.look(6, fall("a third", office.now - timedelta(minutes=1)))
    assert (await office.deliver()).sent == 2 * 2, "both other addresses were alerted about both falls"
    for _ in range(8):
        await office.deliver(timedelta(minutes=10))
    (text,) = [one for one in office.postman.texts if "Not delivered for an hour" in one]
    assert "Overall rating fell from Good to Inadequate" in text and "another SECRET_KEY" in text
    assert encrypted not in text


@pytest.mark.asyncio
async def test_a_second_address_that_cannot_be_decrypted_delays_no_alert_and_the_operator_is_alerted(sqlite: str) -> None:
    store = open_store(sqlite, Vault("a secret"))
    office = Office(store, escalate_after=timedelta(hours=1))
    with writing(store.engine) as connection:
        connection.execute(update(_watchlist).values(second_address="encrypted by nobody"))
    office.now += timedelta(hours=2)
    await office.deliver()
    assert len(office.to(LEAD)) == len(office.to(OTHER)) == 1
    assert office.operator_heard() == ["Nobody has acknowledged: Inadequate: Home"]
    store.close()


@pytest.mark.asyncio
async def test_mail_is_resumed_if_the_server_accepts_the_sign_in_but_refuses_the_tested_mailbox(
    office: Office
) -> None:
    office.postman.answers |= dict.fromkeys((LEAD, OTHER), SIGN_IN_REFUSED)
    await office.deliver()
    office.postman.answers = dict.fromkeys((LEAD, OTHER), Outcome(Status.BROKEN, "550 5.7.1 not from you"))
    await office.deliver(timedelta(minutes=6))
    assert "mailto" not in office.off() and len(office.off()) == 2
    assert "cqc-monitor: all email can be delivered again" in office.operator_heard()
