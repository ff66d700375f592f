"""Questions that are answered by a file, a place on a screenshot, or typing against the clock."""

from typing import Any

from assessments.models import Question
from assessments.questions.types.base import type_of
from courses.media.actions import store
from courses.models import Topic
from tests.courses.media import samples
from tests.factories.assessments import QuestionFactory

TEXT = "亲,您好,7天内可退。"


def question(kind: str, content: dict[str, Any], *, topic: Topic, **fields: Any) -> Question:
    """A question of this kind, whose content is checked as an author's is."""
    made: Question = QuestionFactory(kind=kind, content=type_of(kind).check(content), topic=topic, **fields)
    return made


def upload_question(topic: Topic, **content: Any) -> Question:
    asked = {"endings": ["pdf", "csv"], "most_mb": 1, **content}
    return question("upload", asked, topic=topic, code="file", stem="请上传退货登记表。")


def typing_question(topic: Topic, **content: Any) -> Question:
    asked = {"text": TEXT, "seconds": 60, "goal": 20, "accuracy": 90, **content}
    return question("typing", asked, topic=topic, code="typing", stem="打字测试")


def hotspot_question(topic: Topic, *, width: int = 600, height: int = 400) -> Question:
    """The right place is the right half of a grey picture."""
    picture = store(samples.upload(samples.png(width, height, shade=200), "desk.png"), by=None)
    area = {"shape": "rect", "coords": [width // 2, 0, width, height], "label": "退款按钮"}
    asked = {"image": picture.short, "areas": [area]}
    return question("hotspot", asked, topic=topic, code="hotspot", stem="在哪里发起退款?")
