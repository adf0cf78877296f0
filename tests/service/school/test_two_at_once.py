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
    together = time.time() + 6

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
