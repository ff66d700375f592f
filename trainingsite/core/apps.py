from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "trainingsite.core"
    label = "core"

    def ready(self) -> None:
        import_module("trainingsite.core.health.signals")  # a worker's signs of life
        import_module("trainingsite.core.reach")  # of the days in forms and in REST
