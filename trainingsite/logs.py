"""One line of JSON a request and an event, with the request's id; an error page shows the same id."""

import logging
from typing import Any

import structlog
from structlog.typing import EventDict


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
