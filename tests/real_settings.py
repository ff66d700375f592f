"""The tests' settings for a web server in a process of its own, on the database of the test that starts it."""

import os

from tests.settings import *  # noqa: F403

DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]  # noqa: F405
WHITENOISE_USE_FINDERS = True
