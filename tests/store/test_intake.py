"""Tests that CQC's files are loaded into the register. The order in which the files are loaded makes no difference to the
register and its history."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from random import Random

import pytest
from sqlalchemy import Engine, select

from monitor.cqc.files import read_file
from monitor.errors import UsageError
from monitor.ratings import KeyQuestion
from monitor.register.entries import Entry, FileKind, MonthlyFile
from monitor.store import Store, open_store
from monitor.store.database import reading
from monitor.store.intake import Extent, Source
from monitor.store.tables import RegisterFileRow, RegisterHistoryRow, RegisterRow, metadata, table
from monitor.store.vault import Vault
from monitor.views.register import taken_text
from tests.registered import asked
from tests.simulated.register import SURNAMES, England, entry_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ENGLAND = England(seed=5, services=400)
MONTHS = (0, 1, 2)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[MonthlyFile, MonthlyFile, MonthlyFile]]:
    """Three files for each of three months: directory, active locations, ratings."""
    folder = tmp_path_factory.mktemp("files")
    read = [[read_file(path, today=NOON.date()) for path in ENGLAND.write(folder, month)] for month in MONTHS]
    return [(one, two, three) for one, two, three in read]


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with closing(open_store(database, Vault("a secret of some length"))) as opened:
        yield opened


def take(store: Store, *files: MonthlyFile) -> None:
    for file in files:
        store.intake.take(file, at=NOON)


def everything(engine: Engine) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Returns the full contents of the register and of its history."""
    with reading(engine) as connection:
        now, history = table(RegisterRow), table(RegisterHistoryRow)
        return (
            [tuple(row) for row in connection.execute(select(now).order_by(now.c.location_id))],
            [tuple(row) for row in connection.execute(select(history).order_by(history.c.location_id, history.c.as_of))],
        )


def registered(store: Store) -> list[Entry]:
    with reading(store.engine) as connection:
        ids = connection.execute(select(table(RegisterRow).c.location_id)).scalars().all()
    held = [store.register.entry(one) for one in ids]
    return sorted((one for one in held if one and one.left_on is None), key=lambda one: one.location_id)


def known_then(entries: Iterable[Entry]) -> list[Entry]:
    """Returns the entries without the fields that the history does not keep."""
    gone = {"also_known_as": None, "address": None, "postcode": None, "latitude": None, "longitude": None, "specialisms": ()}
    return [replace(one, **gone, groups=(), listed_on=date.min) for one in entries]  # type: ignore[arg-type]


def test_the_register_equals_cqcs_files_month_by_month(
    store: Store, files: list[tuple[MonthlyFile, MonthlyFile, MonthlyFile]]
) -> None:
    for month, (directory, active, ratings) in zip(MONTHS, files, strict=True):
        taken = [store.intake.take(file, at=NOON) for file in (active, ratings, directory)]
        assert registered(store) == ENGLAND.entries(month)
        if month:
            changes = ENGLAND.changes(month)
            new = {*changes.joined, *(new for _, new in changes.moved)}
            gone = {*changes.left, *(old for old, _ in changes.moved)}
            assert (set(taken[0].joined), set(taken[0].left)) == (new, gone)
            assert [(one.joined, one.left) for one in taken[1:]] == [((), ()), ((), ())]
            rated = {*changes.fell, *changes.rose, *changes.first_rated}
            assert (taken[0].changed, taken[2].changed) == (len(rated), 0)
            for location_id in gone:
                left = store.register.entry(location_id)
                assert left is not None
                assert left.left_on == active.as_of
    for month, (directory, *_) in zip(MONTHS, files, strict=True):
        assert known_then(store.register.as_at(directory.as_of)) == known_then(ENGLAND.entries(month))
    assert store.register.as_at(date(2026, 5, 4)) == []
    assert store.intake.extent() == Extent(registered=400, left=store.intake.extent().left, since=date(2026, 5, 5))


def test_the_history_contains_only_differences(store: Store, files: list[tuple[MonthlyFile, MonthlyFile, MonthlyFile]]) -> None:
    take(store, *(file for _, active, ratings in files for file in (active, ratings)))
    _, history = everything(store.engine)
    moved = sum(
        len(one.fell) + len(one.rose) + len(one.first_rated) + len(one.joined) + len(one.left) + 2 * len(one.moved)
        for one in map(ENGLAND.changes, MONTHS[1:])
    )
    assert len(history) == 400 + moved


def _in_any_order(seed: int, files: list[tuple[MonthlyFile, MonthlyFile, MonthlyFile]]) -> list[MonthlyFile]:
    """Returns the files in a random order, except that the ratings of a month come after its list of active locations."""
    order = [file for month in files for file in month]
    Random(seed).shuffle(order)
    placed: list[MonthlyFile] = []
    for _, active, ratings in files:
        first, second = sorted((order.index(active), order.index(ratings)))
        order[first], order[second] = active, ratings
    placed += order
    return placed


@pytest.fixture(scope="module")
def in_order(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[MonthlyFile, MonthlyFile, MonthlyFile]]
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The register and its history, with the files loaded in the order of their publication."""
    folder = tmp_path_factory.mktemp("in_order")
    with closing(open_store(f"sqlite:///{folder}/monitor.db", Vault("a secret of some length"))) as store:
        take(store, *(file for directory, active, ratings in files for file in (active, ratings, directory)))
        return everything(store.engine)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_the_order_in_which_files_are_loaded_does_not_matter(
    sqlite: str,
    files: list[tuple[MonthlyFile, MonthlyFile, MonthlyFile]],
    in_order: tuple[list[tuple[object, ...]], list[tuple[object, ...]]],
    seed: int,
) -> None:
    with closing(open_store(sqlite, Vault("a secret of some length"))) as other:
        take(other, *_in_any_order(seed, files))
        now, history = everything(other.engine)
    assert history == in_order[1]
    present = [row for row in now if row[-1] is None]
    assert present == [row for row in in_order[0] if row[-1] is None]


def entry(location_id: str, on: date, **said: object) -> Entry:
    return Entry(location_id=location_id, name=f"Home {location_id}", listed_on=on, types=("Residential homes",), **asked(said))


def file_of(kind: FileKind, on: date, *entries: Entry) -> MonthlyFile:
    digest = f"{kind} {on} {entries!r}"
    return MonthlyFile(kind=kind, name=f"{kind}.csv", as_of=on, digest=digest, entries=entries, ratings=len(entries))


def _on(month: int) -> date:
    return date(2026, month, 5)


def _rated(kind: FileKind, month: int, overall: str | None) -> MonthlyFile:
    rated = {} if overall is None else {"overall": overall, "published": date(2026, month, 1)}
    return file_of(kind, _on(month), entry("1-100", _on(month), **rated))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_register_as_at_each_date_is_the_same_whatever_the_order_of_loading(store: Store, order: tuple[int, ...]) -> None:
    said = ["good", "inadequate", "good"]
    months = [_rated(FileKind.ACTIVE, n + 3, rating) for n, rating in enumerate(said)]
    take(store, *(months[n] for n in order))
    assert [one.overall for month in (3, 4, 5, 9) for one in store.register.as_at(_on(month))] == [*said, "good"]
    now = store.register.entry("1-100")
    assert now is not None
    assert (now.overall, now.published, now.listed_on) == ("good", date(2026, 5, 1), _on(5))


def test_ratings_that_were_loaded_too_early_are_all_stored_when_loaded_again_after_the_services(store: Store) -> None:
    """The rating of a service that no file lists cannot be stored. The program says that the file of ratings must be loaded
    again. When somebody does this, the program does not refuse the file as already loaded."""
    bad, home = {"overall": "inadequate", "safe": "inadequate"}, entry("1-100", _on(6), overall="good")
    june = [file_of(FileKind.ACTIVE, _on(6), home), file_of(FileKind.RATINGS, _on(6), home)]
    listed = file_of(FileKind.ACTIVE, _on(5), entry("1-100", _on(5)), entry("1-200", _on(5)))
    rated = file_of(FileKind.RATINGS, _on(5), entry("1-100", _on(5), **bad), entry("1-200", _on(5), **bad))
    take(store, *june, rated)
    taken = store.intake.take(listed, at=NOON)
    assert taken.left_out == (_on(5),)
    assert "ratings of 5 May 2026 were imported before this list" in taken_text(taken)
    assert not store.intake.take(rated, at=NOON).again
    then = store.register.as_at(_on(5))
    assert [(one.overall, one.rating(KeyQuestion.SAFE)) for one in then] == [("inadequate", "inadequate")] * 2
    assert [(one.location_id, one.overall) for one in store.register.as_at(_on(6))] == [("1-100", "good")]
    assert store.intake.take(rated, at=NOON).again
    later = file_of(FileKind.DIRECTORY, date(2026, 5, 13), entry("1-100", _on(5)), entry("1-200", _on(5)))
    assert store.intake.take(later, at=NOON).left_out == ()


def test_a_service_that_is_listed_again_is_registered_again(store: Store) -> None:
    here, other = entry("1-100", _on(3)), entry("1-200", _on(3))
    take(store, file_of(FileKind.ACTIVE, _on(3), here, other), file_of(FileKind.ACTIVE, _on(4), other))
    gone = store.register.entry("1-100")
    assert gone is not None
    assert (gone.left_on, gone.listed_on) == (_on(4), _on(3))
    taken = store.intake.take(file_of(FileKind.ACTIVE, _on(5), here, other), at=NOON)
    back = store.register.entry("1-100")
    assert back is not None
    assert (back.left_on, back.listed_on, taken.joined) == (None, _on(5), ("1-100",))
    assert [len(store.register.as_at(_on(month))) for month in (3, 4, 5)] == [2, 1, 2]


def test_an_older_list_removes_no_service_and_the_result_of_the_import_says_so(store: Store) -> None:
    take(store, file_of(FileKind.DIRECTORY, _on(5), entry("1-100", _on(5)), entry("1-200", _on(5))))
    taken = store.intake.take(file_of(FileKind.DIRECTORY, _on(4), entry("1-100", _on(4), provider_name="Former Ltd")), at=NOON)
    assert (taken.present, taken.joined, taken.left, taken.changed) == (False, (), (), 0)
    assert [(one.location_id, one.provider_name) for one in registered(store)] == [("1-100", None), ("1-200", None)]
    assert [(one.location_id, one.provider_name) for one in store.register.as_at(_on(4))] == [("1-100", "Former Ltd")]


def test_fields_that_a_file_does_not_have_keep_their_values(store: Store) -> None:
    full = entry("1-100", _on(3), beds=30, brand="Larch Group", latitude=52.5, longitude=-1.0, overall="good")
    take(store, file_of(FileKind.ACTIVE, _on(3), full))
    take(store, file_of(FileKind.DIRECTORY, _on(4), replace(entry("1-100", _on(4)), name="New Name", also_known_as="Larches")))
    now = store.register.entry("1-100")
    assert now == replace(full, name="New Name", also_known_as="Larches", listed_on=_on(4))


def test_a_service_rated_by_group_keeps_its_rating_if_the_list_says_not_rated(store: Store) -> None:
    take(store, _rated(FileKind.ACTIVE, 3, "good"))
    groups = (("Homecare", "good"), ("Supported living", "requires improvement"))
    rated = replace(entry("1-100", _on(3)), overall="requires improvement", groups=groups, published=date(2026, 2, 1))
    take(store, file_of(FileKind.RATINGS, _on(3), rated), _rated(FileKind.ACTIVE, 4, None))
    now = store.register.entry("1-100")
    assert now is not None
    assert (now.overall, now.groups) == ("requires improvement", groups)


def test_a_rating_that_neither_file_states_any_more_is_removed(store: Store) -> None:
    take(store, _rated(FileKind.ACTIVE, 3, "good"), _rated(FileKind.RATINGS, 3, "good"))
    other = replace(entry("1-200", _on(4)), overall="good")
    take(store, _rated(FileKind.ACTIVE, 4, None), file_of(FileKind.RATINGS, _on(4), other))
    now = store.register.entry("1-100")
    assert now is not None
    assert (now.overall, now.published, now.rating(KeyQuestion.SAFE)) == (None, None, None)
    assert [one.overall for one in store.register.as_at(_on(3))] == ["good"]


def test_loading_a_file_again_changes_nothing(store: Store, files: list[tuple[MonthlyFile, MonthlyFile, MonthlyFile]]) -> None:
    take(store, files[0][1])
    before = everything(store.engine)
    source = Source(url="https://www.cqc.org.uk/file.ods", etag='"2"', last_modified=None)
    taken = store.intake.take(files[0][1], at=NOON, source=source)
    assert taken.again
    assert everything(store.engine) == before
    (kept,) = store.intake.files()
    assert (kept.as_of, kept.locations, kept.joined, kept.source) == (date(2026, 5, 5), 400, 400, source)


def test_two_imports_at_once_run_one_after_the_other(
    store: Store, files: list[tuple[MonthlyFile, MonthlyFile, MonthlyFile]]
) -> None:
    take(store, files[0][1])
    ready, wrong = threading.Barrier(4), []

    def taking(file: MonthlyFile) -> None:
        ready.wait()
        try:
            store.intake.take(file, at=NOON)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=taking, args=(one,)) for one in (files[1][1], files[1][1], files[0][2], files[1][2])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    take(store, files[0][0], files[1][0])
    assert registered(store) == ENGLAND.entries(1)
    with reading(store.engine) as connection:
        digests = connection.execute(select(table(RegisterFileRow).c.digest)).scalars().all()
    assert len(digests) == len(set(digests)) == 6


def test_ratings_are_refused_until_a_list_of_services_is_loaded(
    store: Store, files: list[tuple[MonthlyFile, MonthlyFile, MonthlyFile]]
) -> None:
    with pytest.raises(UsageError, match="ratings need a directory or active locations file first"):
        take(store, files[0][2])
    assert store.intake.files() == []


def test_ratings_of_services_that_are_not_listed_are_left_out_and_counted(store: Store) -> None:
    take(store, _rated(FileKind.ACTIVE, 3, "good"))
    stranger = replace(entry("1-900", _on(3)), overall="inadequate")
    taken = store.intake.take(file_of(FileKind.RATINGS, _on(3), stranger), at=NOON)
    assert taken.unplaced == 1
    assert store.register.entry("1-900") is None


@pytest.mark.parametrize(
    ("before", "after", "taken"),
    [
        pytest.param(1_000, 940, False, id="sixty of a thousand are missing"),
        pytest.param(1_000, 960, True, id="forty of a thousand are missing"),
        pytest.param(100, 60, True, id="forty of a hundred are missing"),
        pytest.param(2_000, 1_930, True, id="seventy of two thousand are missing"),
    ],
)
def test_only_a_list_that_seems_cut_short_is_refused(sqlite: str, before: int, after: int, taken: bool) -> None:
    with closing(open_store(sqlite, Vault("a secret of some length"))) as store:
        all_ = [entry(f"1-{n}", _on(3)) for n in range(100_000, 100_000 + before)]
        take(store, file_of(FileKind.ACTIVE, _on(3), *all_))
        fewer = file_of(FileKind.ACTIVE, _on(4), *all_[:after])
        if taken:
            take(store, fewer)
        else:
            with pytest.raises(UsageError, match=f"{before - after} of {before} services that were registered are missing"):
                take(store, fewer)
            assert len(registered(store)) == before
            store.intake.take(fewer, at=NOON, although_fewer=True)
        assert store.intake.extent().registered == after


def test_a_file_with_only_a_part_of_the_ratings_is_refused(sqlite: str) -> None:
    with closing(open_store(sqlite, Vault("a secret of some length"))) as store:
        rated = [entry(f"1-{n}", _on(3), overall="good", safe="good") for n in range(100_000, 100_200)]
        take(store, file_of(FileKind.ACTIVE, _on(3), *rated))
        take(store, file_of(FileKind.RATINGS, _on(3), *rated))
        with pytest.raises(UsageError, match="190 of 200 services that were rated are missing"):
            take(store, file_of(FileKind.RATINGS, _on(4), *rated[:10]))
        last = store.register.entry(rated[-1].location_id)
        assert last is not None and last.rating(KeyQuestion.SAFE) == "good"


def test_no_name_of_a_manager_reaches_the_database(
    store: Store, files: list[tuple[MonthlyFile, MonthlyFile, MonthlyFile]]
) -> None:
    take(store, files[0][1], files[0][2], files[0][0])
    with reading(store.engine) as connection:
        held = "".join(
            repr(tuple(row))
            for name in metadata().tables
            for row in connection.execute(metadata().tables[name].select())
        )
    assert ENGLAND.places()[0].location_id in held
    assert not [name for name in SURNAMES if name in held]


def test_an_entry_has_the_data_of_the_simulated_service(files: list[tuple[MonthlyFile, MonthlyFile, MonthlyFile]]) -> None:
    place = next(one for one in ENGLAND.places() if one.divided)
    said = next(one for one in files[0][2].entries if one.location_id == place.location_id)
    assert (said.overall, said.groups) == (entry_of(place, _on(5)).overall, entry_of(place, _on(5)).groups)
