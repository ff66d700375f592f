from datetime import date

import pytest

from mentoring.mentors.actions import describe, save_mentor, set_active
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


def test_who_leaves_later_may_still_become_a_mentor(rules):
    profile = save_mentor(PersonFactory(left_on=date(2026, 6, 2)), competencies=[rules], capacity=1, on=MONDAY)

    assert list(MentorProfile.objects.active(MONDAY)) == [profile]
    assert list(MentorProfile.objects.active(date(2026, 6, 2))) == []


def test_who_may_not_log_in_takes_nobody(rules):
    profile = MentorProfileFactory(person__is_active=False)

    assert profile not in MentorProfile.objects.active(MONDAY)


def test_texts_are_kept_without_spaces_around_them(rules):
    profile = save_mentor(
        PersonFactory(), competencies=[rules], capacity=1, experience=" 六年售后\n", note=" 早班 ", on=MONDAY
    )

    assert (profile.experience, profile.note) == ("六年售后", "早班")


def test_describing_oneself_changes_nothing_else_and_a_repeat_nothing_at_all(rules):
    profile = save_mentor(PersonFactory(), competencies=[rules], capacity=2, note="早班", on=MONDAY)
    describe(profile, experience=" 带过九位新人 ")
    profile.refresh_from_db()
    before = profile.modified_at

    describe(profile, experience="带过九位新人")

    profile.refresh_from_db()
    assert (profile.experience, profile.note, profile.capacity) == ("带过九位新人", "早班", 2)
    assert profile.modified_at == before


def test_a_rested_mentor_who_is_saved_again_stays_rested(rules):
    profile = MentorProfileFactory(is_active=False)

    save_mentor(profile.person, competencies=[rules], capacity=3, on=MONDAY)

    profile.refresh_from_db()
    assert (profile.is_active, profile.capacity) == (False, 3)


def test_who_changed_a_profile_is_kept_in_history(rules):
    profile = save_mentor(PersonFactory(), competencies=[rules], capacity=2, on=MONDAY)
    save_mentor(profile.person, competencies=[rules], capacity=4, on=MONDAY)

    assert list(profile.events.order_by("pgh_id").values_list("capacity", flat=True).distinct()) == [3, 2, 4]
