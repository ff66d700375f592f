"""Who gets through at the pages and operations of people and access."""

from tests.access.matrix import Row
from tests.factories.people import PositionFactory

READERS = "hr auditor api_client"


def department(world, _person):
    return {"pk": world.departments["sales"].pk}


def position(world, _person):
    return {"pk": world.make("position", PositionFactory).pk}


ROWS = {
    "login": Row(public=True, methods="GET POST"),
    "logout": Row(public=True, methods="POST", got="login"),
    "set_language": Row(public=True, methods="POST"),
    "GET /api/v1/departments/": Row(READERS),
    "GET /api/v1/departments/{pk}/": Row(READERS, own=department),
    "DELETE /api/v1/departments/{pk}/": Row("hr api_client", own=department),
    "POST /api/v1/departments/bulk/": Row("hr api_client"),
    "GET /api/v1/positions/": Row(READERS),
    "GET /api/v1/positions/{pk}/": Row(READERS, own=position),
    "DELETE /api/v1/positions/{pk}/": Row("hr api_client", own=position),
    "POST /api/v1/positions/bulk/": Row("hr api_client"),
    "GET /api/v1/people/": Row(READERS),
    "GET /api/v1/people/{pk}/": Row(READERS, own=lambda w, _p: {"pk": w.agent.pk}),
    "POST /api/v1/people/bulk/": Row("hr api_client"),
    "PUT /api/v1/people/by-external-id/{external_id}/": Row("hr api_client", own=lambda _w, _p: {"external_id": "X"}),
}
