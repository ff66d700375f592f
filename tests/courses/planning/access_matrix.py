from courses.models import BusyImport
from tests.access.matrix import Row
from tests.factories.planning import SeasonFactory


def season(world, _person):
    return {"pk": world.make("season", SeasonFactory).pk}


def upload(world, person):
    made = world.make(f"busy-{person.pk}", lambda: BusyImport.objects.create(owner=person, file_name="a.csv"))
    return {"pk": made.pk}


READERS = "hr auditor api_client"
ROWS = {
    "GET /api/v1/seasons/": Row(READERS),
    "GET /api/v1/seasons/{pk}/": Row(READERS, own=season),
    "GET /api/v1/busy-times/": Row(READERS),
    "PUT /api/v1/busy-times/bulk/": Row("hr api_client"),
    "board": Row("hr auditor"),
    "board-small": Row("hr auditor"),
    "board-export": Row("hr auditor"),
    "budgets": Row("hr", methods="GET POST"),
    "seasons": Row("hr auditor"),
    "season-new": Row("hr", methods="GET POST"),
    "planning-rule": Row("hr", methods="GET POST"),
    "season-ready": Row("hr", own=lambda _world, _person: {"year": 2027}, methods="GET POST"),
    "season": Row("hr auditor", own=season),
    "season-edit": Row("hr", own=season, methods="GET POST"),
    "season-remove": Row("hr", own=season, methods="POST"),
    "busy-upload": Row("hr", methods="GET POST"),
    "busy-sample": Row("hr"),
    "busy-preview": Row("hr", own=upload, foreign=lambda w, _p: upload(w, w.stranger)),
    "busy-apply": Row("hr", own=upload, foreign=lambda w, _p: upload(w, w.stranger), methods="POST"),
}
