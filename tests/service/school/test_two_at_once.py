"""Many people at once, in processes of their own, on SQLite and on PostgreSQL: nothing is lost and nothing doubled."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from service.postgres import create_database
from service.running import Server

PEOPLE, CELLS = 4, 30


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Server:
    """An installation with an empty, migrated database of either kind."""
    database = {}
    if request.param == "postgresql":
        address = request.getfixturevalue("postgresql")
        database = {"KEYSTAGE_DATABASE": create_database(address, f"two_{tmp_path.name[-20:]}")}
    server = Server(tmp_path, database)
    server.seed("builtins:list", migrate=True)
    return server


def test_of_people_who_save_the_same_cells_at_once_one_wins_each_and_the_others_are_told(installation: Server) -> None:
    made = installation.seed("service.seeds:school_of", pupils=CELLS)
    together = time.time() + 15

    def save_as(code: str) -> dict[str, Any]:
        return installation.seed("service.seeds:save_all", key=made["return"], code=code, at=together)

    with ThreadPoolExecutor(PEOPLE) as pool:
        outcomes = list(pool.map(save_as, ["GDS", "EXS", "WTS", "PK6"]))
    stored = installation.seed("service.seeds:stored", key=made["return"])
    won = Counter(code for outcome in outcomes for code in outcome["saved"].values())
    assert won == Counter(stored["codes"].values())
    assert won.total() == CELLS
    assert all(stored["codes"][pupil] == code for outcome in outcomes for pupil, code in outcome["saved"].items())
    assert sum(outcome["conflicts"] for outcome in outcomes) == (PEOPLE - 1) * CELLS
    assert stored["events"] == CELLS
    assert stored["version"] == sum(outcome["acts"] for outcome in outcomes)


def test_an_event_cannot_be_changed_on_either_database(installation: Server) -> None:
    installation.seed("service.seeds:school_of", pupils=1)
    assert installation.seed("service.seeds:try_to_change_events") == {"refused": ["update", "delete"]}


def at_once(installation: Server, what: str, key: str, people: list[str]) -> list[dict[str, Any]]:
    """Let several people do the same thing to the same thing at the same moment."""
    together = time.time() + 15
    with ThreadPoolExecutor(len(people)) as pool:
        asked = [pool.submit(installation.seed, what, key=key, who=who, at=together) for who in people]
        return [each.result() for each in asked]


def test_of_people_who_make_the_file_at_once_one_makes_it_and_the_others_are_told(installation: Server) -> None:
    school = installation.seed("service.seeds:ready_school", number="9992001", signed=True)
    outcomes = at_once(installation, "service.seeds:make_file_at", school["return"], school["people"][:3])
    assert [each["made"] for each in outcomes if "made" in each] == [1]
    assert [each for each in outcomes if "refused" not in each and "made" not in each] == []
    assert installation.seed("service.seeds:files_made") == {"serials": [1], "whole": True, "events": 1}


def test_of_people_who_accept_the_same_roll_at_once_one_does_and_nobody_is_added_twice(installation: Server) -> None:
    made = installation.seed("service.seeds:school_with_a_roll", pupils=CELLS)
    outcomes = at_once(installation, "service.seeds:accept_at", made["incoming"], made["people"][:3])
    assert [each["added"] for each in outcomes if each.get("added")] == [CELLS]
    assert installation.seed("service.seeds:pupils_kept") == {"pupils": CELLS, "events": CELLS}
