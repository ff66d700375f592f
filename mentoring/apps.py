from importlib import import_module

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "mentoring"

    def ready(self) -> None:
        import_module("mentoring.plugs")
