pytest_plugins = ["tests.plugins.database", "tests.plugins.people", "tests.plugins.browser"]
