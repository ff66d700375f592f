"""Rubrics, write-ups, discussions and checklists, each in a published course with one unit of the kind."""

from datetime import UTC, datetime
from typing import Any

from courses.checklists.actions import ItemDraft, checklist_of, save_checklist
from courses.checklists.models import Checklist
from courses.discussions.actions import discussion_of
from courses.discussions.models import Discussion
from courses.models import CaseBrief, Enrolment, Rubric, Unit
from courses.rubrics.actions import BandDraft, CriterionDraft, save_rubric
from courses.writeups.actions import Verdict, Written, hand_in
from courses.writeups.models import WriteUp
from tests.factories.courses import EnrolmentFactory, UnitFactory
from trainingsite.people.models import User

NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)
BANDS = [BandDraft(4, "优秀", "完整而准确"), BandDraft(2, "合格", "有遗漏"), BandDraft(0, "缺失")]
TEXT = "客户收到破损商品，情绪激动。我先道歉并共情，再核对订单，给出退换两种方案，客户选择换货。" * 3


def rubric(title: str = "投诉处理案例分析", **fields: Any) -> Rubric:
    """Two criteria of 60 and 40 percent, each with 4, 2 or 0 points."""
    criteria = [CriterionDraft("事实梳理", 60, "时间线是否清楚", BANDS), CriterionDraft("改进建议", 40, "", BANDS)]
    return save_rubric(None, title=title, criteria=criteria, by=None, **fields)


def write_up_unit(**fields: Any) -> Unit:
    """A unit whose write-up passes from 60 percent, with 20 to 500 characters."""
    unit: Unit = UnitFactory(kind="write_up", title="破损商品投诉", body="", **fields)
    by = Rubric.objects.first() or rubric()
    CaseBrief.objects.create(unit=unit, brief="分析这个**案例**。", rubric=by, min_chars=20, max_chars=500)
    return unit


def handed_in(enrolment: Enrolment, unit: Unit, *, at: datetime = NINE, text: str = TEXT) -> WriteUp:
    return hand_in(enrolment, unit, Written(text), at=at)


def verdict(*, passes: bool = True, points: int = 4, comment: str = "") -> Verdict:
    """The same points for every criterion."""
    return Verdict(passes, {criterion.pk: points for criterion in Rubric.objects.get().criteria.all()}, {}, comment)


def discussion_unit(posts_needed: int = 2, **fields: Any) -> Discussion:
    unit = UnitFactory(kind="discussion", title="怎么道歉才有用", body="", **fields)
    discussion = discussion_of(unit)
    discussion.prompt, discussion.posts_needed = "说说你的经验。", posts_needed
    discussion.save()
    return discussion


def checklist_unit(*texts: str, **fields: Any) -> Checklist:
    """Items that are required, and an optional one 看一次复盘会."""
    unit = UnitFactory(kind="checklist", title="首周上岗实操", body="", **fields)
    items = [ItemDraft(text, "在工单系统里演示") for text in texts or ("登录工单系统", "登记一张退货工单")]
    made = checklist_of(unit)
    return save_checklist(made, introduction="", items=[*items, ItemDraft("看一次复盘会", "", is_required=False)])


def enrolled(person: User, unit: Unit) -> Enrolment:
    enrolment: Enrolment = EnrolmentFactory(person=person, course=unit.course)
    return enrolment
