import pytest
from django.urls import reverse

from courses.models import Rubric
from courses.rubrics.actions import drafts_of
from courses.writeups.actions import grade
from tests.factories.practice import NINE, enrolled, handed_in, rubric, verdict, write_up_unit
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
LINES = "4 | 优秀 | 完整而准确\n2｜合格\n0 | 缺失"


@pytest.fixture
def browse(as_, hire):
    return as_(hire(Role.ASSESSOR, locale="en"))


def sent(*weights, bands=LINES, **more):
    data = {"title": "投诉处理", "summary": "", "c-TOTAL_FORMS": len(weights), "c-INITIAL_FORMS": 0}
    for number, weight in enumerate(weights):
        data |= {f"c-{number}-title": f"方面 {number}", f"c-{number}-weight": weight, f"c-{number}-bands": bands}
    return data | more


def errors(page):
    found = [{name: list(said) for name, said in page.context["form"].errors.items()}]
    return found + [dict(each.errors) for each in page.context["criteria"]]


def test_rubric_is_made_of_lines(browse):
    browse.post(reverse("rubric-new"), sent(70, 30))

    made = Rubric.objects.get()
    bands = [(4, "优秀", "完整而准确"), (2, "合格", ""), (0, "缺失", "")]
    kept = [(c.title, c.weight, [(b.points, b.title, b.description) for b in c.bands]) for c in drafts_of(made)]
    assert kept == [("方面 0", 70, bands), ("方面 1", 30, bands)]


@pytest.mark.parametrize(
    ("weights", "bands", "place"),
    [
        ((70, 20), LINES, "whole"),
        ((100,), "4 | 优秀", "whole"),
        ((100,), "viel | 优秀\n0 | 差", "criterion"),
        ((100,), "101 | 优秀\n0 | 差", "criterion"),
        ((101,), LINES, "criterion"),
    ],
)
def test_bad_input_is_said_where_it_is(browse, weights, bands, place):
    page = browse.post(reverse("rubric-new"), sent(*weights, bands=bands))

    whole, first, *_others = errors(page)
    assert (page.status_code, bool(whole), bool(first)) == (422, place == "whole", place == "criterion")
    assert not Rubric.objects.exists()


def test_steps_add_and_remove_and_keep_what_was_typed(browse):
    added = browse.post(reverse("rubric-new"), sent(70, 30, step="add"))
    removed = browse.post(reverse("rubric-new"), sent(70, 30, step="remove-0"))

    def titles(page):
        return [each["title"].value() for each in page.context["criteria"]]

    assert (titles(added), titles(removed)) == (["方面 0", "方面 1", None], ["方面 1"])
    assert added.context["form"]["title"].value() == "投诉处理"


def test_one_that_graded_is_copied_to_be_changed(browse, hire):
    made, unit = rubric(), write_up_unit()
    grade(handed_in(enrolled(hire(), unit), unit), verdict(), by=hire(Role.HR), at=NINE)

    refused = browse.post(reverse("rubric-edit", args=[made.pk]), sent(100))
    copied = browse.post(reverse("rubric-copy", args=[made.pk]))

    assert (refused.status_code, browse.get(reverse("rubric", args=[made.pk])).context["frozen"]) == (422, True)
    copy = Rubric.objects.exclude(pk=made.pk).get()
    assert copied.headers["Location"] == reverse("rubric-edit", args=[copy.pk])


def test_retired_one_leaves_the_list(browse):
    made = rubric()
    before = [r.title for r in browse.get(reverse("rubrics"), {"q": "投诉"}).context["page"]]

    browse.post(reverse("rubric-retire", args=[made.pk]))

    assert (before, list(browse.get(reverse("rubrics")).context["page"])) == ([made.title], [])


@pytest.mark.parametrize("rows", [1, 25])
def test_list_takes_as_many_queries_for_one_as_for_many(browse, rows, django_assert_max_num_queries):
    for number in range(rows):
        rubric(title=f"标准 {number}")

    with django_assert_max_num_queries(6):
        browse.get(reverse("rubrics"))
