from tests.courses.planning.conftest import now
from tests.courses.series.conftest import browse, hr

__all__ = ["browse", "hr", "now"]
