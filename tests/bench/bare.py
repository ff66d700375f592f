"""Settings of the yardstick: the product's own, without middleware, with one view."""

from trainingsite.settings import *  # noqa: F403

MIDDLEWARE = []
ROOT_URLCONF = "tests.bench.bare_urls"
