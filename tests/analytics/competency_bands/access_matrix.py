"""Who gets through at bands of figures."""

from analytics.competency_bands.actions import add_band
from tests.access.matrix import Row
from tests.analytics.competency_bands.conftest import BEGUN, USUAL
from tests.factories.analytics import ready_metrics
from tests.factories.profiles import competency

READERS = "hr auditor api_client"


def band(world, _person):
    def make():
        metric, of = ready_metrics()["satisfaction"], competency("共情能力")
        return add_band(metric, of, USUAL, minimum_cases=1, at=BEGUN)

    return {"pk": world.make("kpi band", make).pk}


ROWS = {
    "kpi-bands": Row("hr supervisor auditor"),
    "kpi-band-new": Row("hr", methods="GET POST"),
    "kpi-bands-ready": Row("hr", methods="POST"),
    "kpi-band-edit": Row("hr", methods="GET POST", own=band),
    "kpi-band-retire": Row("hr", methods="POST", own=band),
    "GET /api/v1/kpi-bands/": Row(READERS),
    "GET /api/v1/kpi-bands/{pk}/": Row(READERS, own=band),
}
