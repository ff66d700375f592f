"""One line of JSON a request and an event, with the request's id; an error page shows the same id."""

import logging
import re
from typing import Any

import structlog
from structlog.typing import EventDict

LONG_SECRET = re.compile(r"[\w-]{40,}")


def without_secrets(text: str) -> str:
    """An address without the secret that is part of it, if one is."""
    return LONG_SECRET.sub("…", text)


class WithoutSecrets(logging.Filter):
    """Django names the address of whatever it refuses; what is secret in it stays out of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(without_secrets(each) if isinstance(each, str) else each for each in record.args)
        return True


def _without_starts(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """A request is logged once, when it is finished; its start says nothing more."""
    if event.get("event") in {"request_started", "task_enqueued", "task_started"}:
        raise structlog.DropEvent
    return event


def configure(level: str) -> None:
    """Set up structlog for events of `level` and above."""
    structlog.configure(
        processors=[
            _without_starts,
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.stdlib.LoggerFactory(),  # so that LOGGING decides where it goes
        cache_logger_on_first_use=True,
    )
