"""What an installation is told from outside, and what becomes of it."""

import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.db.utils import ConnectionHandler
from psycopg_pool import PoolTimeout

from keystage.service.config.environment import Environment
from service.running import a_server


def test_a_postgresql_that_does_not_answer_is_not_waited_for_as_long_as_a_browser_would(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL", logger="psycopg.pool")
    known = Environment(data=tmp_path, database="postgresql://nobody@127.0.0.1:1/none")
    connection = ConnectionHandler(known.databases)["default"]
    before = time.monotonic()
    try:
        with pytest.raises(PoolTimeout):
            connection.get_new_connection(connection.get_connection_params())
    finally:
        connection.close_pool()
    assert time.monotonic() - before < 12


@pytest.mark.parametrize("said", ["", "schools", "school, gate", "school;gateway"])
def test_a_side_that_is_none_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("KEYSTAGE_SIDES", said)
    with pytest.raises(ValueError, match="must be school, gateway, or both"):
        Environment()


def test_a_side_that_is_not_served_has_no_addresses_and_is_not_offered(
    empty_installation: Path, tmp_path: Path
) -> None:
    with a_server(tmp_path / "data", empty_installation, KEYSTAGE_SIDES="gateway") as server:
        made = server.seed("service.seeds:practice_school_at_gateway")
        assert made["places"] == ["Gateway"]
        for path, status in ((f"schools/{made['key']}/", 404), (f"gateway/{made['key']}/", 200)):
            assert status_of(f"{server.address}{path}", made["session"]) == status, path


def status_of(address: str, session: str) -> int:
    asked = Request(address, headers={"Cookie": f"keystage_session={session}"})  # noqa: S310 - of this machine
    try:
        with urlopen(asked) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as refused:
        with refused:
            return refused.code
