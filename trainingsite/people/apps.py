from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "trainingsite.people"
    label = "people"

    def ready(self) -> None:
        import_module("trainingsite.people.plugs")
