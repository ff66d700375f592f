from decimal import Decimal

import pytest

from courses.models import Rubric
from courses.rubrics.actions import BandDraft, CriterionDraft, copy_rubric, drafts_of, retire_rubric, save_rubric
from courses.rubrics.grading import marks_of, percent_of
from courses.writeups.actions import grade
from tests.factories.practice import BANDS, NINE, enrolled, handed_in, rubric, verdict, write_up_unit
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


def chosen(found, *points):
    return {criterion.pk: point for criterion, point in zip(found.criteria.all(), points, strict=True)}


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def save(criteria, **fields):
    return save_rubric(None, **({"title": "新标准"} | fields), criteria=criteria, by=None)


class TestSave:
    def test_keeps_criteria_and_bands_in_their_order(self):
        made = rubric()

        kept = [(c.title, c.weight, [(b.points, b.title) for b in c.bands.all()]) for c in made.criteria.all()]
        bands = [(4, "优秀"), (2, "合格"), (0, "缺失")]
        assert kept == [("事实梳理", 60, bands), ("改进建议", 40, bands)]

    def test_changed_rubric_has_the_new_criteria_only(self):
        made = rubric()

        save_rubric(made, title="只看表达", criteria=[CriterionDraft("表达", 100, "", BANDS)], by=None)

        assert [(r.title, [c.title for c in r.criteria.all()]) for r in Rubric.objects.all()] == [
            ("只看表达", ["表达"])
        ]

    @pytest.mark.parametrize(
        ("criteria", "code"),
        [
            ([], "no_criteria"),
            ([CriterionDraft("表达", 90, "", BANDS)], "weights_not_whole"),
            ([CriterionDraft("表达", 50, "", BANDS)] * 2, "criterion_twice"),
            ([CriterionDraft("表达", 100, "", BANDS[:1])], "bad_bands"),
            ([CriterionDraft("表达", 100, "", [BandDraft(3, "好"), BandDraft(3, "差")])], "bad_bands"),
            ([CriterionDraft("表达", 100, "", [BandDraft(101, "好"), BandDraft(0, "差")])], "too_many_points"),
        ],
    )
    def test_what_cannot_grade_is_refused_and_nothing_is_kept(self, criteria, code):
        assert refusal(save, criteria) == code
        assert not Rubric.objects.exists()

    def test_second_rubric_of_a_title_is_refused(self):
        rubric()

        assert refusal(rubric) == "title_taken"

    def test_one_that_has_graded_is_frozen_and_can_be_copied(self, hire):
        made = rubric()
        unit = write_up_unit()
        write_up = handed_in(enrolled(hire(), unit), unit)
        grade(write_up, verdict(), by=hire(Role.HR), at=NINE)

        assert refusal(save_rubric, made, title="新", criteria=drafts_of(made), by=None) == "rubric_frozen"
        copies = [copy_rubric(made, by=None) for _n in range(2)]
        assert [drafts_of(copy) == drafts_of(made) for copy in copies] == [True, True]
        assert len({copy.title for copy in copies}) == 2

    def test_retired_one_is_offered_no_more_and_its_title_is_free(self):
        made = rubric()

        for _repeat in range(2):
            retire_rubric(made, at=NINE)

        assert not Rubric.objects.in_use().exists()
        assert rubric().title == made.title


class TestMarks:
    @pytest.mark.parametrize(
        ("points", "percent"), [((4, 4), "100.00"), ((4, 0), "60.00"), ((2, 4), "70.00"), ((0, 0), "0.00")]
    )
    def test_percent_weighs_each_criterion(self, points, percent):
        made = rubric()

        assert percent_of(marks_of(made, chosen(made, *points), {})) == Decimal(percent)

    def test_missing_or_unknown_level_is_refused_at_its_field(self):
        made = rubric()
        first = made.criteria.first()

        for points in ({}, chosen(made, 3, 4)):
            with pytest.raises(Refused) as caught:
                marks_of(made, points, {})
            assert (caught.value.field, caught.value.code) == (f"criterion-{first.pk}", "level_missing")
