"""The demo company's rooms: in two buildings, one given up."""

from courses.rooms.actions import retire_room, save_room
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment
from trainingsite.people.models import User

ROOMS = (
    ("培训室 A", "总部大楼", 24, "投影、白板、12 个坐席耳麦"),
    ("培训室 B", "总部大楼", 16, "投影、白板"),
    ("复盘室", "总部大楼", 12, "大屏、录音回放"),
    ("模拟坐席间", "客服中心", 12, "12 个模拟坐席"),
    ("多功能厅", "客服中心", 80, "舞台、音响、投影"),
    ("旧培训室", "客服中心", 20, ""),
)


def tell(story: Story) -> None:
    hr, at = User.objects.get(username="hr"), moment(story.first_day)
    for name, building, seats, equipment in ROOMS:
        room = save_room(None, name=name, building=building, seats=seats, equipment=equipment, by=hr, at=at)
    retire_room(room, by=hr, at=moment(story.today, 9))
