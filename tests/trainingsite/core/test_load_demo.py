"""The command that loads the demo company, and when it does not."""

import pytest
from django.core.management import CommandError, call_command


def test_a_database_with_people_is_not_touched(hire, settings):
    hire()

    with pytest.raises(CommandError, match="needs an empty one"):
        call_command("load_demo")


def test_published_logins_are_not_loaded_outside_of_a_demo(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="published"):
        call_command("load_demo")
