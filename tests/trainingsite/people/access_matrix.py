"""Who gets through at the pages and operations of people and access."""

from tests.access.matrix import HUMANS, Row
from tests.factories.people import PositionFactory
from trainingsite.people.clients.actions import create_client
from trainingsite.people.models import PeopleImport

READERS = "hr auditor api_client"


def department(world, _person):
    return {"pk": world.departments["sales"].pk}


def position(world, _person):
    return {"pk": world.make("position", PositionFactory).pk}


VIEWERS = "hr supervisor auditor admin mentor"


def agent(world, _person):
    return {"pk": world.agent.pk}


def stranger(world, _person):
    return {"pk": world.stranger.pk}


def grant(world, _person):
    return {"pk": world.agent.grants.get().pk}


def upload_of(world, person):
    how = lambda: PeopleImport.objects.create(owner=person, file_name="a.csv")  # noqa: E731 - made once a person
    return {"pk": world.make(f"import {person.pk}", how).pk}


def upload_of_stranger(world, _person):
    return upload_of(world, world.stranger)


def service(world, _person):
    return {"pk": world.make("client", lambda: create_client("matrix-client", by=world.agent)[0]).pk}


ROWS = {
    "people": Row(VIEWERS),
    "people-csv": Row(VIEWERS),
    "person": Row(VIEWERS, own=agent, foreign=stranger, sees_foreign="hr auditor admin", unseen="mentor"),
    "person-new": Row("hr", methods="GET POST"),
    "person-edit": Row("hr", own=agent, foreign=stranger, sees_foreign="hr", methods="GET POST"),
    "person-password": Row("hr admin", own=agent, foreign=stranger, sees_foreign="hr admin", methods="POST"),
    "people-import": Row("hr", methods="GET POST"),
    "people-import-sample": Row("hr"),
    "people-import-preview": Row("hr", own=upload_of, foreign=upload_of_stranger),
    "people-import-apply": Row("hr", own=upload_of, foreign=upload_of_stranger, methods="POST"),
    "departments": Row(VIEWERS),
    "department-new": Row("hr", methods="GET POST"),
    "department-edit": Row("hr", own=department, methods="GET POST"),
    "department-delete": Row("hr", own=department, methods="POST"),
    "positions": Row(VIEWERS),
    "position-new": Row("hr", methods="GET POST"),
    "position-edit": Row("hr", own=position, methods="GET POST"),
    "position-delete": Row("hr", own=position, methods="POST"),
    "access": Row("admin", methods="GET POST"),
    "clients": Row("admin", methods="GET POST"),
    "client-switch": Row("admin", own=service, methods="POST"),
    "access-take": Row("admin", own=grant, methods="POST"),
    "history": Row("hr auditor"),
    "profile": Row(HUMANS, methods="GET POST"),
    "password-change": Row(HUMANS, methods="GET POST"),
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
