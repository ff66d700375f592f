"""What this app plugs into the registries of the lower ones; imported when Django starts."""

import analytics.readings.plugs  # noqa: F401 - registers itself
