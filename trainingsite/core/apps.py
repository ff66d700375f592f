from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "trainingsite.core"
    label = "core"
