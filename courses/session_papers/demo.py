"""Papers of the demo company's sessions: what to prepare, minutes of the reviews, a recording, and feedback."""

from datetime import timedelta

from django.utils import timezone

from courses.media.models import Media, MediaKind
from courses.session_papers.actions import (
    Paper,
    ToDo,
    add_material,
    ask_feedback_due,
    save_minutes,
    tell_who_was_there,
    tick,
    who_was_there,
)
from courses.session_papers.models import When
from courses.sessions.models import Session
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
REVIEW = "复盘"
TEXT = """# 数据回顾

本期共收到升级投诉 **42** 件，较上期减少 9 件；首次响应平均 38 秒，比目标慢 8 秒。

# 典型案例

- 退款到账时间前后两位客服说法不一，客户二次进线
- 物流停滞超过 72 小时，没有主动告知
- 补偿金额超出权限，审批等了两天

# 讨论

大家认为问题集中在 **交接** 和 **口径**：交接单缺少已承诺事项，补偿口径没有写进知识库。
"""
DECISIONS = """- 退款到账时间统一答复为“1 至 3 个工作日”，即日起执行
- 物流停滞 48 小时即主动联系客户，由夜班组长抽查
- 50 元以内的补偿由一线客服直接决定，当天登记
"""
TASKS = ("把补偿口径写进知识库", "更新投诉交接单，加上“已承诺事项”一栏", "下次例会抽查 10 条物流停滞会话")
SUMMARY = "现场练习录像和要点见下方；没有到场的同事请自行学习。"


def tell(story: Story) -> None:
    instructor = User.objects.get(username="instructor")
    with silence():
        for session in Session.objects.standing().order_by("starts_at", "pk"):
            _prepared(session, instructor)
            if session.ends_at < moment(story.today, 0):
                _written(session, instructor)
                ask_feedback_due(at=session.ends_at + DAY)


def _prepared(session: Session, instructor: User) -> None:
    """What there is to read before; a real document of the library where there is one."""
    document = Media.objects.filter(kind=MediaKind.DOCUMENT).order_by("pk").first()
    if document:
        add_material(session, title="讲义", media=document, by=instructor)
    add_material(session, title="课前阅读：相关制度", url="https://wiki.example.com/kefu/policy", by=instructor)


def _written(session: Session, instructor: User) -> None:
    """Minutes with decisions of the reviews, the recording of the others; those who were there are told."""
    at = session.ends_at + HOUR
    add_material(
        session, title="课后幻灯片", url="https://wiki.example.com/kefu/slides", when=When.AFTER, by=instructor
    )
    there = who_was_there(session)
    if REVIEW in session.title:
        due = timezone.localdate(session.ends_at) + 7 * DAY
        todos = [ToDo(text, person, due) for text, person in zip(TASKS, there, strict=False)]
        save_minutes(session, Paper(TEXT, DECISIONS, todos=todos), by=instructor, at=at)
        for todo in session.todos.all()[:1]:
            tick(todo, done=True, at=at + 3 * DAY)
    else:
        clip = Media.objects.filter(kind=MediaKind.VIDEO).order_by("pk").first()
        save_minutes(session, Paper(SUMMARY, recording=clip), by=instructor, at=at)
    if there:
        tell_who_was_there(session, by=instructor, at=at + HOUR)
