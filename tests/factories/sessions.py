from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from courses.models import Instructor, Room, Series, SessionTemplate, Teaching
from courses.sessions.teaching import cost_of


class RoomFactory(DjangoModelFactory):
    """培训室 1, 2, … in the main building, with nobody saying how many it holds."""

    class Meta:
        model = Room
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda n: f"培训室 {n}")
    building = "总部"


class OutsideInstructorFactory(DjangoModelFactory):
    """A counsellor from outside, at 800 yuan an hour."""

    class Meta:
        model = Instructor

    name = factory.Sequence(lambda n: f"外聘讲师 {n}")
    company = "心晴咨询"
    hourly_cost = Decimal(800)


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = Series

    title = "晨会演练"
    rrule = "FREQ=WEEKLY;BYDAY=TU;COUNT=4"
    starts_on = date(2026, 12, 1)


class SessionTemplateFactory(DjangoModelFactory):
    """An hour, in a room of its own."""

    class Meta:
        model = SessionTemplate

    title = "情绪与压力管理工作坊"
    room = factory.SubFactory(RoomFactory)


def instructor_of(person):
    """The instructor that a person of the company is."""
    (found,) = Instructor.objects.of([person.pk])
    return found


def let_teach(session, *instructors):
    """People and instructors from outside give the whole session."""
    for each in instructors:
        found = each if isinstance(each, Instructor) else instructor_of(each)
        cost = cost_of(found, session.minutes)
        Teaching.objects.create(session=session, instructor=found, minutes=session.minutes, cost=cost)
