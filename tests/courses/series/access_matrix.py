from tests.access.matrix import Row
from tests.courses.sessions.access_matrix import session
from tests.factories.planning import HOUR, NINE, SessionFactory, SessionPlaceFactory
from tests.factories.sessions import SeriesFactory, SessionTemplateFactory, let_teach


def a_template(world, _person):
    return {"pk": world.make("session-template", SessionTemplateFactory).pk}


def a_series(world, _person):
    """A series whose session the instructor gives and the agent has a place in."""

    def made():
        series = SeriesFactory()
        found = SessionFactory(series=series, number=1, starts_at=NINE + 4 * 24 * HOUR)
        let_teach(found, world.people["instructor"])
        SessionPlaceFactory(session=found, person=world.agent)
        return series

    return {"pk": world.make("series", made).pk}


ROWS = {
    "series-list": Row("hr auditor supervisor instructor"),
    "series": Row("hr auditor supervisor instructor", own=a_series),
    "series-new": Row("hr", methods="GET POST"),
    "session-keep": Row("hr", own=session, methods="GET POST"),
    "session-templates": Row("hr auditor"),
    "session-template-new": Row("hr", methods="GET POST"),
    "session-template-edit": Row("hr", own=a_template, methods="GET POST"),
    "session-template-retire": Row("hr", own=a_template, methods="POST"),
}
