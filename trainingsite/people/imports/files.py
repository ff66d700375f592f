"""Files of people as HR has them: Excel or CSV, with Chinese headings or ours."""

from trainingsite.core.tables import Layout, Sheet, read_table
from trainingsite.people.hr_sync.batch import MAX_ROWS

HEADINGS = {
    "employee_number": ("工号", "工號", "员工编号", "员工号"),
    "name": ("姓名", "名字"),
    "department": ("部门", "部門", "所属部门", "部门编号"),
    "position": ("岗位", "职位", "崗位", "職位"),
    "hired_on": ("入职日期", "入職日期", "入职时间"),
    "status": ("员工状态", "状态", "在职状态", "狀態"),
    "email": ("邮箱", "电子邮箱", "邮件", "郵箱", "e-mail"),
    "manager": ("上级", "直属上级", "上級", "直属上级工号", "上级工号"),
    "grade": ("职级", "職級", "级别"),
    "tags": ("标签", "標籤"),
    "left_on": ("离职日期", "離職日期"),
    "username": ("用户名", "登录名", "帳號", "账号"),
    "name_latin": ("英文名", "拼音名"),
    "locale": ("语言", "語言"),
    "time_zone": ("时区", "時區"),
    "external_id": ("人事系统编号", "人事系統編號"),
}
NEEDED = ("employee_number", "name", "department")
STATUSES = {
    "试用期": "probation", "试用": "probation", "正式": "regular", "在职": "regular", "转正": "regular",
    "休假": "on_leave", "请假": "on_leave", "停薪留职": "on_leave", "离职": "left",
}  # fmt: skip
LAYOUT = Layout(HEADINGS, NEEDED, MAX_ROWS)


def read(data: bytes) -> Sheet:
    """The people in the file; raises Refused, which says what to do, when it is not such a file."""
    sheet = read_table(data, LAYOUT)
    sheet.rows = [_person(row) for row in sheet.rows]
    return sheet


def _person(row: dict[str, str]) -> dict[str, str]:
    """The row with every field that must be there, and the status by our name."""
    status = {"status": STATUSES.get(row["status"], row["status"])} if "status" in row else {}
    return {name: row.get(name, "") for name in NEEDED} | row | status
