from tests.courses.planning.conftest import double_12, now, today

__all__ = ["double_12", "now", "today"]
