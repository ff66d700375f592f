"""What this app plugs into the registries of the lower ones; imported when Django starts."""

from importlib import import_module

FEATURES = (
    "attendance",
    "audiences",
    "calendar",
    "checklists",
    "competencies",
    "curriculum",
    "discussions",
    "enrolment",
    "feeds",
    "instructors",
    "invitations",
    "lessons",
    "media",
    "planning",
    "player",
    "programmes",
    "refreshers",
    "releases",
    "rooms",
    "rubrics",
    "seats",
    "session_papers",
    "series",
    "sessions",
    "topics",
    "workdays",
    "writeups",
)

for feature in FEATURES:
    import_module(f"courses.{feature}.plugs")
