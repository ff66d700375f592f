"""What this app plugs into the registries of the lower ones; imported when Django starts."""

import analytics.dashboards.plugs
import analytics.readings.plugs
import analytics.targets.plugs  # noqa: F401 - all three register themselves
