"""A client that keeps a copy of our data misses nothing: cursors, `modified_since`, `as_of`, tombstones."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils.dateparse import parse_datetime

from tests.factories.people import PositionFactory
from trainingsite.core import clock
from trainingsite.core.models import Tombstone
from trainingsite.people.models import Position

URL = "/api/v1/positions/"


def follow(rest, url):
    """Every row from `url` on to the last page, and the moment to ask from next time."""
    found, as_of = [], set()
    while url:
        answer = rest("get", url).json()
        found += answer["results"]
        as_of.add(answer["as_of"])
        url = answer["next"]
    assert len(as_of) == 1
    return found, as_of.pop()


def test_cursor_goes_once_through_rows_with_one_stamp(rest):
    Position.objects.bulk_create([Position(name="客服", external_id=f"P{n}") for n in range(2500)])
    assert Position.objects.values("modified_at").distinct().count() == 1

    found, _as_of = follow(rest, f"{URL}?page_size=400")
    assert [row["id"] for row in found] == list(Position.objects.order_by("pk").values_list("pk", flat=True))


def test_changed_since_gives_what_changed(rest):
    old, changed = PositionFactory(), PositionFactory(name="客服")
    Position.objects.update(modified_at=clock.now() - timedelta(days=1))  # the stamp trigger puts the present here
    moment = clock.now()
    Position.objects.filter(pk=changed.pk).update(name="质检")

    answer = rest("get", f"{URL}?modified_since={moment.isoformat()}").json()
    assert [(row["id"], row["name"]) for row in answer["results"]] == [(changed.pk, "质检")]
    assert old.pk != changed.pk


def test_row_changed_between_two_pages_is_not_lost(rest):
    rows = PositionFactory.create_batch(3)
    first = rest("get", f"{URL}?page_size=2").json()
    Position.objects.filter(pk=rows[0].pk).update(name="改名")
    rest_of_it, _as_of = follow(rest, first["next"])

    assert [row["id"] for row in rest_of_it] == [rows[2].pk, rows[0].pk]


@pytest.mark.parametrize(
    ("query", "status", "attr"),
    [
        ("cursor=nonsense", 404, None),
        ("cursor=MjAyNnwx", 404, None),
        ("page_size=0", 400, "page_size"),
        ("page_size=1001", 400, "page_size"),
        ("page_size=%C2%B2", 400, "page_size"),
        ("modified_since=yesterday", 400, "modified_since"),
        ("modified_since=2026-01-01", 400, "modified_since"),
        ("modified_since=2026-13-01T00:00:00Z", 400, "modified_since"),
        ("modified_since=0001-01-01T00:00:00%2B14:00", 400, "modified_since"),
    ],
)
def test_bad_query_is_named(rest, query, status, attr):
    answer = rest("get", f"{URL}?{query}")

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (status, attr)


def test_deleted_row_leaves_a_tombstone(rest):
    position = PositionFactory(external_id="P9")
    moment = clock.now()
    assert rest("delete", f"{URL}{position.pk}/").status_code == 204

    answer = rest("get", f"/api/v1/tombstones/?resource=positions&modified_since={moment.isoformat()}").json()
    deleted_at = Tombstone.objects.get().deleted_at
    assert [{**row, "deleted_at": parse_datetime(row["deleted_at"])} for row in answer["results"]] == [
        {"resource": "positions", "id": position.pk, "external_id": "P9", "deleted_at": deleted_at}
    ]


def test_tombstones_of_unknown_resource_are_none(rest):
    assert rest("get", "/api/v1/tombstones/?resource=secrets").json()["results"] == []


@pytest.mark.parametrize("wrote_before", [True, False], ids=["wrote", "not yet wrote"])
@pytest.mark.django_db(transaction=True)
def test_open_transaction_holds_back_the_moment_to_ask_from(rest, wrote_before):
    """Its rows bear the moment it began: a client that asked meanwhile must ask from before that."""
    began, go_on = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with transaction.atomic():
            Position.objects.count() if not wrote_before else PositionFactory()
            began.set()
            go_on.wait(20)
            PositionFactory(name="晚到")
        connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    began.wait(20)
    _found, as_of = follow(rest, URL)
    go_on.set()
    writer.join()

    late = rest("get", URL + "?modified_since=" + as_of.replace("+", "%2B")).json()["results"]
    assert "晚到" in [row["name"] for row in late]


def test_moments_are_all_in_one_time_zone(rest):
    PositionFactory()
    answer = rest("get", URL).json()

    assert {text[-6:] for text in (answer["as_of"], answer["results"][0]["modified_at"])} == {"+08:00"}
