from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate


class AnalyticsConfig(AppConfig):
    name = "analytics"

    def ready(self) -> None:
        import_module("analytics.plugs")
        post_migrate.connect(make_ready_metrics, sender=self)


def make_ready_metrics(**_facts: Any) -> None:
    """After every migration (and after a test has emptied the tables) the metrics that pages count on are there."""
    from analytics.metrics.actions import ensure_metrics

    if "analytics_target" in connection.introspection.table_names():
        ensure_metrics()
