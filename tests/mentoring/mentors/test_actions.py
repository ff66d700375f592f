from datetime import date

import pytest

from mentoring.mentors.actions import save_mentor, set_active
from mentoring.models import MentorProfile
from tests.factories.courses import MONDAY, CompetencyFactory
from tests.factories.mentoring import MentorProfileFactory
from tests.factories.people import PersonFactory
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role


def competencies_of(profile):
    return {one.code for one in profile.competencies.all()}


@pytest.fixture
def rules(db):
    return CompetencyFactory(code="rules")


def test_becoming_a_mentor_brings_competencies_and_the_role(rules):
    person = PersonFactory()

    profile = save_mentor(person, competencies=[rules], capacity=3, note="早班", on=MONDAY)

    assert (profile.capacity, profile.note, profile.is_active, competencies_of(profile)) == (3, "早班", True, {"rules"})
    assert person.roles == {Role.MENTOR}


def test_saving_again_changes_the_one_profile(rules):
    person, tools = PersonFactory(), CompetencyFactory(code="tools")
    save_mentor(person, competencies=[rules], capacity=3, on=MONDAY)

    save_mentor(person, competencies=[tools], capacity=1, on=MONDAY)

    profile = MentorProfile.objects.get()
    assert (profile.capacity, competencies_of(profile), person.grants.count()) == (1, {"tools"}, 1)


def test_capacity_below_the_present_load_is_refused_and_changes_nothing(rules):
    profile = MentorProfileFactory(capacity=2, full=True)

    with pytest.raises(Refused) as refusal:
        save_mentor(profile.person, competencies=[rules], capacity=1, on=MONDAY)

    profile.refresh_from_db()
    assert (refusal.value.field, refusal.value.code, profile.capacity) == ("capacity", "below_load", 2)
    assert competencies_of(profile) == set()


def test_who_has_left_cannot_become_a_mentor(rules):
    with pytest.raises(Refused) as refusal:
        save_mentor(PersonFactory(left_on=date(2026, 5, 1)), competencies=[rules], capacity=1, on=MONDAY)

    assert (refusal.value.code, MentorProfile.objects.count()) == ("not_employed", 0)


def test_resting_mentor_is_no_longer_active_and_keeps_the_mentees(rules):
    profile = MentorProfileFactory(full=True)

    set_active(profile, False)

    assert list(MentorProfile.objects.active(MONDAY)) == []
    assert profile.person.guided_pairings.open().count() == 2


def test_load_counts_open_pairings_and_room_is_what_is_left(db):
    full, free = (
        MentorProfileFactory(full=True, competencies=[CompetencyFactory(), CompetencyFactory()]),
        MentorProfileFactory(),
    )

    loads = {profile.pk: profile.load for profile in MentorProfile.objects.with_load()}

    assert loads == {full.pk: 2, free.pk: 0}
    assert list(MentorProfile.objects.with_room()) == [free]
