from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "trainingsite.notices"
    label = "notices"

    def ready(self) -> None:
        import_module("trainingsite.notices.plugs")
