import pytest

from trainingsite.notices.actions import Message, notify
from trainingsite.notices.models import Notice, Outgoing

FACTS = {"course": "七天无理由退货", "body": ""}


def tell(*people, key="due:1:7"):
    return notify([Message(person.pk, "test-due", key, FACTS, "/learn/1/") for person in people])


def test_told_twice_is_told_once(hire):
    person = hire()

    assert [tell(person), tell(person)] == [1, 0]
    assert (Notice.objects.count(), Outgoing.objects.count()) == (1, 1)


def test_another_key_is_another_notice(hire):
    person = hire()

    assert [tell(person), tell(person, key="due:1:3")] == [1, 1]


def test_only_who_is_new_among_many_is_told(hire):
    old, new = hire(), hire()
    tell(old)

    assert tell(old, new) == 1


def test_no_mail_without_an_address_or_after_leaving(hire):
    tell(hire(email=""), hire(is_active=False))

    assert (Notice.objects.count(), Outgoing.objects.count()) == (2, 0)


def test_unknown_kind_is_a_programming_error(hire):
    with pytest.raises(KeyError):
        notify([Message(hire().pk, "nothing", "key")])


@pytest.mark.parametrize("number", [1, 30])
def test_number_of_queries_does_not_grow(hire, number, django_assert_num_queries):
    people = [hire() for _person in range(number)]
    with django_assert_num_queries(3):
        tell(*people)
