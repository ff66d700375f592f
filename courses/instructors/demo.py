"""The demo company's instructors: its own cost what an hour of theirs costs, experts come from outside."""

from decimal import Decimal

from courses.instructors.actions import Contact, save_inside, save_outside
from courses.instructors.models import Instructor
from trainingsite.core.demo import Story
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

INSIDE = Decimal(120)
OUTSIDE: tuple[tuple[Contact, int, str], ...] = (
    (
        {"name": "林静怡", "company": "心晴心理咨询", "email": "lin@xinqing.example.com", "phone": "021-5550-1180"},
        1200,
        "国家二级心理咨询师，每季度的情绪与压力管理工作坊",
    ),
    (
        {"name": "周海峰", "company": "明澈谈判学院", "email": "zhou@mingche.example.com", "phone": "010-5550-2276"},
        950,
        "投诉谈判与升级处理",
    ),
    (
        {"name": "何雨桐", "company": "声线工作室", "email": "he@shengxian.example.com", "phone": ""},
        600,
        "语音语调、朗读与录音点评",
    ),
)


def tell(story: Story) -> None:  # noqa: ARG001 - told on the first day, whenever that is
    hr = User.objects.get(username="hr")
    people = User.objects.with_role(Role.INSTRUCTOR).order_by("pk")
    for instructor in Instructor.objects.of(people.values_list("pk", flat=True)):
        save_inside(instructor, hourly_cost=INSIDE, note="", by=hr)
    for contact, cost, note in OUTSIDE:
        save_outside(None, contact, hourly_cost=Decimal(cost), note=note, by=hr)
