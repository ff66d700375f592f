"""What this app plugs into the registries of the lower ones; imported when Django starts."""

import analytics.competency_bands.plugs
import analytics.dashboards.plugs
import analytics.ramp_figures.plugs
import analytics.readings.plugs
import analytics.targets.plugs  # noqa: F401 - all of them register themselves
