"""Embedded servers of a test's own: nothing of the environment or of the test run's servers is used."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from trainingsite.embedded.services import stop

Ask = Callable[[str, str], Any]


@pytest.fixture(autouse=True, scope="module")
def _bare_environment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DJANGO_DB_ROLE", "DJANGO_SETTINGS_MODULE"):
            monkeypatch.delenv(name, raising=False)
        yield


@pytest.fixture
def var_dir(tmp_path: Path) -> Iterator[Path]:
    """A throw-away VAR_DIR; whatever runs in it is stopped at the end."""
    yield tmp_path / "var"
    stop(tmp_path / "var")


@pytest.fixture
def ask() -> Ask:
    """`ask(url, statement)`: the first value of the first row, or None."""

    def run(url: str, statement: str) -> Any:
        with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute(statement)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None

    return run
