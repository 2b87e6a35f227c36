"""Tests of the register's data for reports, on SQLite and PostgreSQL. For each month, the register gives the same numbers as
CQC's files of that month.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.cqc.files import read_file
from monitor.errors import UsageError
from monitor.ratings import Rating
from monitor.register.entries import Entry, Sector
from monitor.register.figures import ALL, AreaKind, figures
from monitor.register.movements import UNRATED
from monitor.reports.area import MARKS, Survey
from monitor.reports.asked import asked
from monitor.store import Store, open_store
from monitor.store.vault import Vault
from monitor.views.register import entry_json, entry_text
from tests.registered import care, take
from tests.simulated.register import England, save_ods

MAY, JUNE = date(2026, 5, 5), date(2026, 6, 5)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    store = open_store(database, Vault("a key for the tests"))
    yield store
    store.close()


def test_the_statements_of_each_file_are_stored_with_the_day_of_the_file(store: Store) -> None:
    changes: dict[str, Any] = {"name": "Larch Grove", "provider_id": "1-1", "provider_name": "Méridian Care"}
    unchanged, closed = care("1-300000002"), care("1-300000003")
    doctor = care("1-300000004", types=("Doctors/GPs",))
    before = [care("1-300000001", "good", **changes), unchanged, closed, doctor]
    after = [care("1-300000001", "inadequate", published=date(2026, 6, 1), **changes), unchanged, doctor]
    take(store.engine, [(MAY, before), (JUNE, after)])
    known = store.areas.known()
    assert (known.begins, known.files.newest) == (MAY, JUNE)
    assert {one.location_id: (one.overall, one.as_of) for one in known.present} == {
        "1-300000001": ("inadequate", JUNE),
        "1-300000002": ("good", MAY),
    }
    assert [(one.as_of, one.overall, one.listed) for one in known.timelines["1-300000001"]] == [
        (MAY, "good", True),
        (JUNE, "inadequate", True),
    ]
    assert [(one.as_of, one.listed) for one in known.timelines["1-300000003"]] == [(MAY, True), (JUNE, False)]
    first = known.timelines["1-300000001"][0]
    assert (first.name, first.types, first.key_questions) == ("Larch Grove", ("Residential homes",), ("good",) * 5)
    assert "1-300000004" not in known.timelines


def test_homes_registered_twice_and_inherited_ratings_are_recognised_from_the_files(store: Store, tmp_path: Path) -> None:
    england = England(seed=3, services=300)
    homes = [one.location_id for one in england.places() if "Care home service with nursing" in one.types and one.told][:2]
    sheets = [(name, [list(row) for row in rows]) for name, rows in england.active_sheets()]
    (columns, *rows) = sheets[1][1]
    for row in rows:
        if row[0] in homes:
            row[columns.index("Primary ID (Dual registration locations)")] = homes[0]
            row[columns.index("Inherited Rating (Y/N)")] = "Y"
    save_ods(tmp_path / "05_May_2026_HSCA_Active_Locations.ods", sheets)
    store.intake.take(read_file(tmp_path / "05_May_2026_HSCA_Active_Locations.ods", today=NOW.date()), at=NOW)
    known = store.areas.known()
    assert known.twice == {homes[1]: homes[0]}
    assert homes[1] not in {one.location_id for one in known.present} and homes[1] not in known.timelines
    assert [one.location_id for one in known.present if one.inherited] == homes[:1]
    (first, second) = (store.register.entry(one) for one in homes)
    assert first is not None and second is not None
    assert (first.inherited, first.primary_id, second.inherited, second.primary_id) == (True, None, True, homes[0])
    assert "(inherited), registered twice and counted as " + homes[0] in entry_text(second)
    assert (entry_json(second)["inherited"], entry_json(second)["primary_id"]) == (True, homes[0])


def test_a_home_registered_twice_is_counted_on_days_before_its_second_registration(store: Store) -> None:
    home = care("1-300000001", "inadequate")
    primary = care("1-300000002", "good", published=date(2026, 6, 1))
    take(store.engine, [(MAY, [home]), (JUNE, [primary, replace(home, primary_id=primary.location_id)])])
    for day in (MAY, JUNE):
        survey = Survey(store.areas.known(), [], asked(NOW.date(), at=day))
        mark = "inadequate" if day == MAY else "good"
        assert (survey.england().now[None].of, survey.england().now[None].number(mark)) == (1, 1), day
        assert [(one.services, one.overall) for one in store.areas.counted(day)] == [(1, mark)], day
    assert [one.of for one in Survey(store.areas.known(), [], asked(NOW.date())).moved() if one.of == "overall"] == ["overall"]


def test_a_service_is_counted_only_from_when_it_became_adult_social_care(store: Store) -> None:
    was, now = care("1-300000001", types=("Clinic",)), care("1-300000001", types=("Homecare agencies",))
    take(store.engine, [(MAY, [was]), (JUNE, [now])])
    survey = Survey(store.areas.known(), [], asked(NOW.date(), at=date(2026, 5, 20)))
    assert survey.england().now[None].of == 0
    assert Survey(store.areas.known(), [], asked(NOW.date())).england().now[Sector.COMMUNITY].of == 1


def test_a_provider_is_found_by_id_and_by_part_of_a_providers_or_brands_name(store: Store) -> None:
    one = care("1-300000001", name="Oak", provider_id="1-100000001", provider_name="Méridian Care Limited", brand="BRAND Acorn")
    other = care("1-300000002", name="Meridian House", provider_id="1-100000002", provider_name="Somebody Else")
    take(store.engine, [(MAY, [one, other]), (JUNE, [other])])
    for words, key in (("1-100000001", "1-100000001"), (" MÉRIDIAN  care ", "1-100000001"), ("acorn", "BRAND Acorn")):
        assert [(found.key, found.services) for found in store.areas.holders(words)] == [(key, 0)], words
    # the provider with the most services is first
    assert [one.key for one in store.areas.holders(" E ")] == ["1-100000002", "1-100000001"]
    for words in ("%", "nobody", "", "oak"):
        assert store.areas.holders(words) == []
    (brand,) = store.areas.holders("acorn")
    services = store.areas.of_holder(brand)
    assert [(each.location_id, each.listed) for each in services] == [("1-300000001", False)]
    assert [track.listed for track in store.areas.timelines(services)["1-300000001"]] == [True, False]


def test_a_renamed_provider_is_found_by_both_names_and_shown_with_the_new_name(store: Store) -> None:
    before = care("1-300000001", provider_id="1-100000001", provider_name="Zenith Care")
    since = care("1-300000002", provider_id="1-100000001", provider_name="Alpha Care")
    take(store.engine, [(MAY, [before, since]), (JUNE, [since])])
    for words in ("zenith", "alpha", "1-100000001"):
        assert [(one.name, one.services) for one in store.areas.holders(words)] == [("Alpha Care", 1)], words


def test_a_list_of_authorities_is_stored_under_the_name_of_the_list(store: Store) -> None:
    store.areas.save_list("CIPFA", ["Devon", "Bournemouth, Christchurch and Poole"], NOW)
    store.areas.save_list("CIPFA", ["Kent"], NOW)
    store.areas.save_list("Neighbours", ["Rutland", "Derby"], NOW)
    assert store.areas.lists() == {"CIPFA": ("Kent",), "Neighbours": ("Rutland", "Derby")}
    assert store.areas.remove_list("CIPFA") and not store.areas.remove_list("CIPFA")


def counted(entries: list[Entry]) -> Counter[tuple[Sector, str]]:
    """Counts the entries of each sector and rating."""
    care = [one for one in entries if one.sector is not Sector.OTHER]
    return Counter((one.sector, one.overall if one.overall in set(Rating) else UNRATED) for one in care)


def test_cqcs_files_of_three_months_give_each_months_numbers(sqlite: str, tmp_path: Path) -> None:
    """The newest month is loaded first, as if somebody found the older files later. CQC's directories are loaded last."""
    store = open_store(sqlite, Vault("a key for the tests"))
    england = England(seed=5, services=400)
    months = [england.write(tmp_path, month) for month in range(3)]
    files = [path for one in (months[2], months[0], months[1]) for path in (one.active, one.ratings)]
    for path in (*files, *(one.directory for one in months)):
        store.intake.take(read_file(path, today=NOW.date()), at=NOW)
    for month in range(3):
        survey = Survey(store.areas.known(), [], asked(NOW.date(), at=england.directory_on(month)))
        mixes = {sector: mix for sector, mix in survey.england().now.items() if sector is not None}
        found = {(sector, mark): n for sector, mix in mixes.items() for mark, n in zip(MARKS, mix.numbers, strict=True) if n}
        assert found == counted(england.entries(month)), month
        for one in figures(store.areas.counted(england.directory_on(month))):
            if one.sector != ALL and one.kind in (AreaKind.ENGLAND, AreaKind.AUTHORITY):
                area = survey.england() if one.kind is AreaKind.ENGLAND else survey.area(one.area, [one.area])
                assert dict(one.ratings) == {mark: area.now[Sector(one.sector)].number(mark) for mark in one.ratings}, one.key
    now = Survey(store.areas.known(), [], asked(NOW.date()))
    fallen = {one.location_id for one in now.moved() if one.way == "fell" and one.of == "overall"}
    listed = {one.location_id for month in range(3) for one in england.entries(month) if one.sector is not Sector.OTHER}
    assert {*england.changes(1).fell, *england.changes(2).fell} & listed <= fallen
    store.close()


def test_directories_alone_give_no_report_and_older_directories_change_no_ratings(sqlite: str, tmp_path: Path) -> None:
    store = open_store(sqlite, Vault("a key for the tests"))
    england = England(seed=6, services=200)
    first, second = england.write(tmp_path, 0), england.write(tmp_path, 1)
    store.intake.take(read_file(first.directory, today=NOW.date()), at=NOW)
    with pytest.raises(UsageError, match="no ratings yet"):
        store.areas.known()
    (provider, *_) = store.areas.holders("care")
    with pytest.raises(UsageError, match="no ratings yet"):
        store.areas.of_holder(provider)
    for path in (second.directory, second.active, second.ratings):
        store.intake.take(read_file(path, today=NOW.date()), at=NOW)
    known = store.areas.known()
    assert known.begins == england.monthly_on(1)
    between = Survey(known, [], asked(NOW.date(), at=date(2026, 5, 20))).england().now[None]
    now = Survey(known, [], asked(NOW.date())).england().now[None]
    assert 0 < between.number(UNRATED) <= now.number(UNRATED) + 2  # from the directory alone, all services would be unrated
    store.close()
