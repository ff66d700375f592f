import pytest

from trainingsite.notices.models import Notice

FACTS = {"course": "七天无理由退货", "body": ""}


def tell(person, number=1, **fields):
    rows = [Notice(person=person, kind="test-due", key=f"k{n}", facts=FACTS, **fields) for n in range(number)]
    return Notice.objects.bulk_create(rows)[0]


def listed(response):
    return [notice.pk for notice in response.context["page"]]


def test_own_notices_newest_first_and_nobody_elses(as_, hire):
    person = hire()
    first = tell(person)
    second = Notice.objects.create(person=person, kind="test-due", key="later", facts=FACTS)
    tell(hire())

    assert listed(as_(person).get("/notices/")) == [second.pk, first.pk]


def test_unread_filter_leaves_out_what_was_read(as_, hire):
    person = hire()
    tell(person, read_at="2026-01-01T00:00:00Z")
    fresh = Notice.objects.create(person=person, kind="test-due", key="fresh", facts=FACTS)

    assert listed(as_(person).get("/notices/?show=unread")) == [fresh.pk]


def test_opening_leads_there_and_marks_read_once(as_, hire):
    person = hire()
    notice = tell(person, url="/profile/")
    client = as_(person)
    answers = [client.get(f"/notices/{notice.pk}/open/")["Location"]]
    notice.refresh_from_db()
    first = notice.read_at
    answers.append(client.get(f"/notices/{notice.pk}/open/")["Location"])
    notice.refresh_from_db()

    assert (answers, notice.read_at) == (["/profile/", "/profile/"], first)
    assert first is not None


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_opening_never_leaves_the_house(as_, hire, url):
    person = hire()

    assert as_(person).get(f"/notices/{tell(person, url=url).pk}/open/")["Location"] == "/notices/"


def test_all_read_leaves_those_of_others(as_, hire):
    person, other = hire(), hire()
    tell(person, 3)
    tell(other)
    as_(person).post("/notices/read/")

    assert list(Notice.objects.unread().values_list("person", flat=True)) == [other.pk]


def test_bell_counts_the_unread(as_, hire):
    person = hire()
    tell(person, 3)

    assert as_(person).get("/notices/").context["notices_unread"] == 3


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_a_fixed_number_of_queries(as_, hire, rows, django_assert_num_queries):
    person = hire()
    tell(person, rows)
    client = as_(person)
    client.get("/notices/")
    with django_assert_num_queries(3):
        client.get("/notices/")
