"""Uploads at the same moment, in processes of their own: none is lost, and no pupil counts twice."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from service.postgres import create_database
from service.running import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Server:
    """An installation with an empty, migrated database of either kind."""
    database = {}
    if request.param == "postgresql":
        address = request.getfixturevalue("postgresql")
        database = {"KEYSTAGE_DATABASE": create_database(address, f"files_{tmp_path.name[-20:]}")}
    server = Server(tmp_path, database)
    server.seed("builtins:list", migrate=True)
    return server


def send_together(installation: Server, codes: list[str]) -> dict[str, Any]:
    """Send a file for each code, all at the same moment; return what the database holds afterwards."""
    school = installation.seed("service.sending_seeds:school_with_files", codes=sorted(set(codes)))
    together = time.time() + 6
    with ThreadPoolExecutor(len(codes)) as pool:
        sent = [
            pool.submit(installation.seed, "service.sending_seeds:send_at", **school["files"][code], at=together)
            for code in codes
        ]
        assert [each.result()["refused"] for each in sent] == [""] * len(codes)
    return dict(installation.seed("service.sending_seeds:what_arrived"))


def test_different_files_at_once_are_all_kept_and_no_pupil_counts_twice(installation: Server) -> None:
    arrived = send_together(installation, ["EXS", "GDS", "WTS"])
    assert sorted(arrived["serials"]) == [1, 2, 3]
    assert arrived["held"] == 3
    # One came first and counts; each other waits to be confirmed.
    assert sorted(arrived["stages"]) == ["applied", "difference to confirm", "difference to confirm"]


def test_the_same_file_several_times_at_once_is_one_submission(installation: Server) -> None:
    arrived = send_together(installation, ["EXS", "EXS", "EXS"])
    assert arrived == {"serials": [1], "stages": ["applied"], "held": 3, "receipts": 1}
