"""What this app plugs into the registries of the lower ones; imported when Django starts."""

from importlib import import_module

FEATURES = ("curriculum.plugs", "player.plugs", "enrolment.notices", "audiences.plugs", "programmes.plugs")

for feature in FEATURES:
    import_module(f"courses.{feature}")
