"""What this app plugs into the registries of the lower ones; imported when Django starts."""

from importlib import import_module

FEATURES = ("enrolment.notices",)

for feature in FEATURES:
    import_module(f"courses.{feature}")
