"""Acts that begin at the same instant, in threads with connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from trainingsite.core.errors import Refused


def at_once(*acts: Callable[[], Any]) -> list[str | None]:
    """Run the acts in threads that begin together; a refusal counts as its code."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str | None:
        try:
            connection.ensure_connection()
            ready.wait()
            act()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
