"""Making, changing, retiring profiles: what is refused, and that nothing is changed then."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from assessments.models import ProfileNeed, ProfileVersion, RoleProfile
from assessments.profiles.actions import Need, publish_needs, restore_profile, retire_profile, save_profile
from courses.competencies.actions import retire_competency
from tests.assessments.conftest import NOON
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.profiles import MAY, competency, need, profile_of, version_of
from trainingsite.core.errors import Refused

JUNE = date(2026, 6, 1)


@pytest.fixture
def typing(db):
    return competency("打字速度", levels=4)


@pytest.fixture
def empathy(db):
    return competency("共情能力")


@pytest.fixture
def agent(db):
    return PositionFactory(name="客服专员")


@pytest.fixture
def profile(agent, typing, empathy):
    return profile_of(need(typing, 2, 60), need(empathy, 3, 40), position=agent, grade="P1")


def publish(profile, *needs, **fields):
    given = {"valid_from": JUNE, "reason": "直播咨询量上涨", "by": None, "on": JUNE, **fields}
    return publish_needs(profile, needs, **given)


def asked(version):
    return list(version.needs.order_by("pk").values_list("competency", "level", "weight"))


def test_a_new_version_is_kept_beside_the_old_one(profile, typing, empathy):
    by = PersonFactory()
    made = publish(profile, need(typing, 2, 40), need(empathy, 4, 60), by=by)
    assert (made.number, made.valid_from, made.reason, made.by) == (2, JUNE, "直播咨询量上涨", by)
    assert asked(made) == [(typing.pk, 2, Decimal(40)), (empathy.pk, 4, Decimal(60))]
    assert asked(profile.versions.get(number=1)) == [(typing.pk, 2, Decimal(60)), (empathy.pk, 3, Decimal(40))]


def test_a_version_may_be_planned_and_another_made_before_it_begins(profile, typing, empathy):
    publish(profile, need(typing, 4, 100), valid_from=date(2026, 9, 1))
    publish(profile, need(typing, 3, 100))
    days = [JUNE - timedelta(days=1), JUNE, date(2026, 9, 1)]
    assert [ProfileVersion.objects.standing(day).get().number for day in days] == [1, 3, 2]


REFUSALS = {
    "no needs": ([], {}, "needs_missing", "needs"),
    "weights below a hundred": ([(2, "60"), (3, "39.99")], {}, "weights_sum", "needs"),
    "weights above a hundred": ([(2, "60"), (3, "40.01")], {}, "weights_sum", "needs"),
    "a day in the past": (
        [(2, "50"), (3, "50")],
        {"valid_from": JUNE - timedelta(days=1)},
        "valid_from_past",
        "valid_from",
    ),
    "no reason": ([(2, "50"), (3, "50")], {"reason": "  "}, "reason_missing", "reason"),
    "nothing new": ([(2, "60.0"), (3, "40")], {}, "nothing_new", "needs"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_stand_is_refused_and_changes_nothing(profile, typing, empathy, case):
    levels, fields, code, field = REFUSALS[case]
    needs = [Need(of, level, Decimal(weight)) for of, (level, weight) in zip([typing, empathy], levels, strict=False)]
    with pytest.raises(Refused) as refused:
        publish(profile, *needs, **fields)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert (ProfileVersion.objects.count(), ProfileNeed.objects.count()) == (1, 2)


def test_everything_wrong_with_the_rows_is_told_at_once(profile, typing, empathy):
    gone = retire_competency(competency("旧系统操作"), at=NOON)
    rows = [need(typing, 5, 50), need(empathy, 3, 0), need(typing, 4, 20), need(gone, 2, 29.999)]
    with pytest.raises(Refused) as refused:
        publish(profile, *rows)
    assert refused.value.code == "needs_wrong"
    assert [(row, field) for row, field, _text in refused.value.rows] == [
        (1, "level"),
        (2, "weight"),
        (3, "competency"),
        (4, "competency"),
        (4, "weight"),
    ]
    assert profile.versions.count() == 1


def test_the_same_needs_in_another_order_are_nothing_new(profile, typing, empathy):
    with pytest.raises(Refused) as refused:
        publish(profile, need(empathy, 3, 40), need(typing, 2, 60))
    assert refused.value.code == "nothing_new"


def test_what_a_planned_version_asks_already_is_nothing_new_from_its_day_on(profile, typing):
    publish(profile, need(typing, 3, 100), valid_from=date(2026, 9, 1))
    with pytest.raises(Refused):
        publish(profile, need(typing, 3, 100), valid_from=date(2026, 9, 2))
    assert publish(profile, need(typing, 3, 100), valid_from=date(2026, 8, 1)).number == 3


def test_a_profile_is_made_for_a_position_and_grade(agent):
    made = save_profile(None, position=agent, grade=" P2 ", summary=" 独立接待 ")
    assert (made.position, made.grade, made.summary) == (agent, "P2", "独立接待")


@pytest.mark.parametrize("grade", ["P1", ""])
def test_a_second_profile_for_the_same_grade_is_refused(agent, grade):
    save_profile(None, position=agent, grade=grade, summary="")
    with pytest.raises(Refused) as refused:
        save_profile(None, position=agent, grade=grade, summary="另一份")
    assert (refused.value.code, refused.value.field) == ("profile_taken", "grade")
    assert RoleProfile.objects.get().summary == ""


def test_the_summary_changes_and_the_grade_stays(profile, agent):
    assert save_profile(profile, position=agent, grade="P1", summary="新的说明").summary == "新的说明"
    with pytest.raises(Refused) as refused:
        save_profile(profile, position=agent, grade="P2", summary="")
    assert refused.value.code == "profile_moved"
    assert RoleProfile.objects.get().grade == "P1"


def test_retiring_twice_keeps_the_first_moment_and_restoring_puts_it_back(profile):
    assert retire_profile(profile, at=NOON).retired_at == NOON
    assert retire_profile(profile, at=NOON + timedelta(days=1)).retired_at == NOON
    assert restore_profile(profile).retired_at is None
    assert restore_profile(profile).retired_at is None


def test_a_retired_profile_is_not_changed(profile, typing):
    retire_profile(profile, at=NOON)
    with pytest.raises(Refused) as refused:
        publish(profile, need(typing, 4, 100))
    assert refused.value.code == "profile_retired"


def test_the_database_keeps_versions_and_needs_as_they_were_made(profile):
    with pytest.raises(DatabaseError), transaction.atomic():
        ProfileVersion.objects.update(reason="改写历史")
    with pytest.raises(DatabaseError), transaction.atomic():
        ProfileNeed.objects.update(level=1)


def test_the_database_takes_no_competency_twice_in_a_version(profile, typing):
    version = profile.versions.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileNeed.objects.create(version=version, competency=typing, level=1, weight=1)


def test_who_makes_two_versions_at_once_gets_two_numbers(profile, typing, empathy):
    numbers = [version_of(profile, need(typing, 2, n), need(empathy, 3, 100 - n)).number for n in (10, 20, 30)]
    assert numbers == [2, 3, 4]
    assert profile.versions.latest("number").valid_from == MAY
