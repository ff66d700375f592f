from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone

from trainingsite.core import clock

LATE = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)


def test_clock_is_the_databases(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        before = cursor.fetchone()[0]

    assert 0 <= (clock.now() - before).total_seconds() < 5


def test_clock_moves_on_inside_a_transaction(db):
    with transaction.atomic():
        assert clock.now() < clock.now()


def test_frozen_clock_stands_and_is_given_back(db):
    with clock.frozen(LATE):
        inside = (clock.now(), clock.now())

    assert inside == (LATE, LATE)
    assert clock.now() != LATE


def test_today_is_that_of_the_active_zone(db):
    with clock.frozen(LATE):
        with timezone.override(ZoneInfo("Asia/Shanghai")):
            there = clock.today()
        with timezone.override(ZoneInfo("Europe/London")):
            here = clock.today()

    assert (there, here) == (date(2026, 3, 3), date(2026, 3, 2))
