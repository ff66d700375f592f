"""HR's walk from an empty company to a running quarter, clicked at the desk: topics, seasons, courses, a programme that
newcomers get by themselves, a session that keeps clear of Double 11."""

from datetime import timedelta
from functools import partial

import pytest

from tests.factories.people import PositionFactory
from tests.walk import curriculum, joining, quarter
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff(hire):
    """Five agents, of whom one is three days in the house, their supervisor, who writes courses, and HR."""
    agent = PositionFactory(name="售后客服")
    old = partial(hire, position=agent)
    return {
        "hr": hire(Role.HR, name="陈人力", department="centre"),
        "supervisor": hire(Role.SUPERVISOR, Role.INSTRUCTOR, name="赵主管", department="centre"),
        "newcomer": old(name="王小明", department="disputes", hired_on=clock.today() - timedelta(days=3)),
        "helper": old(name="林小雨", department="sales"),
        "others": [old(name=name) for name in ("孙倩", "周凯", "吴敏")],
    }


def test_hr_walks_from_an_empty_company_to_a_running_quarter(open_as, axe, staff, rest, tmp_path):
    hr = open_as(staff["hr"])
    curriculum.take_topics(hr)
    quarter.load_seasons(hr)
    curriculum.take_pack(hr, tmp_path)
    curriculum.write_course(open_as(staff["supervisor"]))
    curriculum.publish_course(hr)
    curriculum.make_certification(hr)

    joining.build_programme(hr)
    quarter.look_ahead(hr)
    joining.choose_audience(hr)
    joining.publish_and_assign(hr)
    joining.see_audience(hr)

    quarter.make_room(hr)
    quarter.plan_session(hr)
    quarter.open_board(hr)
    assert axe(hr) == []
    quarter.refuse_double_11(hr)
    quarter.move_clear(hr)
    quarter.hear_of_it(open_as(staff["helper"], "/notices/"))

    joining.join(rest)
    joining.see_who_joined(hr)
    joining.begin(open_as(joining.newcomer()))
