"""Every notice of pairings says who and what, to each side in its own words."""

import pytest

from mentoring.evaluations.models import Moment
from trainingsite.notices.kinds import words

SIDES = [{"other": "李静", "as": "mentee"}, {"other": "王小明", "as": "mentor"}]


@pytest.mark.parametrize("kind", ["pairing_started", "pairing_ended"])
def test_both_read_who_the_other_is_and_what_for(kind):
    said = [words(kind, {**side, "goal": "独立上岗"}) for side in SIDES]

    assert [side["other"] in subject for (subject, _body, _icon), side in zip(said, SIDES, strict=True)] == [True] * 2
    assert [body for _subject, body, _icon in said] == ["带教目标：独立上岗"] * 2
    assert said[0][0] != said[1][0]


@pytest.mark.parametrize("stage", ["changed", "waits", "complete"])
def test_agreement_names_the_other(stage):
    assert "李静" in words("agreement", {**SIDES[0], "stage": stage})[0]


def test_extension_says_until_when_and_why():
    subject, body, _icon = words("pairing_extended", {**SIDES[0], "until": "2026-07-12", "note": "病假两周"})

    assert (subject, body) == ("与李静的带教延期至2026年7月12日", "病假两周")


@pytest.mark.parametrize("moment", Moment.values)
def test_evaluation_is_asked_for_by_name(moment):
    assert "李静" in words("pairing_evaluation", {**SIDES[0], "moment": moment})[0]
