import pytest

from trainingsite.people.access.acts import VIEW_PEOPLE
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

pytestmark = pytest.mark.django_db


def test_who_may_is_found_once_and_only_while_active(hire):
    both, gone = hire(Role.HR, Role.MENTOR), hire(Role.HR)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    hire(Role.TRAINEE)
    assert list(User.objects.who_may(VIEW_PEOPLE)) == [both]


def test_a_role_can_be_left_out(hire):
    hr, mentor = hire(Role.HR), hire(Role.MENTOR)
    assert (list(User.objects.who_may(VIEW_PEOPLE, but=[Role.HR])), hr.may(VIEW_PEOPLE)) == ([mentor], True)
