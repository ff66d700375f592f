pytest_plugins = [
    "tests.plugins.database",
    "tests.plugins.people",
    "tests.plugins.rest",
    "tests.plugins.browser",
    "tests.plugins.no_skips",
    "tests.plugins.slow_first",
]
