"""What an installation is told from outside, and what becomes of it."""

import time
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler
from psycopg_pool import PoolTimeout

from keystage.service.config.environment import Environment


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
