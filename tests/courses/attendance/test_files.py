from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook

from courses.attendance.actions import CLOSES_AFTER
from courses.attendance.files import apply, changes, read_rows, save_attendance, upload
from courses.models import AttendanceImport
from tests.courses.attendance.conftest import MINUTE, refused
from tests.factories.planning import HOUR, NINE
from trainingsite.core import clock
from trainingsite.core.outcome import Outcome, RowsRefused

LATER = NINE + 2 * HOUR


def facts(place):
    place.refresh_from_db()
    noted = (place.late_minutes, place.left_early_minutes, place.excused_reason, place.noted_by)
    return (bool(place.attended_at), *noted)


def csv(*lines):
    return "\n".join(lines).encode()


def test_file_names_people_by_number_or_name_in_the_words_of_the_country(session, seat, teacher):
    first, second, third = seat(name="王小明"), seat(name="李雷"), seat(name="韩梅梅")
    data = csv(
        "工号,姓名,出勤,迟到,早退,备注",
        f"{first.person.employee_number},,到场,5分钟,,",
        ",李雷,病假,,,",
        f",韩梅梅,√,,10,{''}",
    )

    waiting = upload(session, data, "出勤.csv", by=teacher)
    assert facts(first) == (False, None, None, "", "")
    outcome = apply(waiting, at=LATER)

    assert (outcome.created, outcome.changed, outcome.unchanged) == (3, 0, 0)
    assert [facts(place) for place in (first, second, third)] == [
        (True, 5, None, "", "import"),
        (False, None, None, "病假", "import"),
        (True, None, 10, "", "import"),
    ]


def test_applied_twice_changes_nothing(session, seat, teacher):
    seat(name="王小明")
    waiting = upload(session, csv("姓名,出勤", "王小明,是"), "出勤.csv", by=teacher)

    assert [apply(waiting, at=LATER).created for _twice in range(2)] == [1, 0]


def test_excel_is_read(session, seat, teacher):
    place = seat(name="王小明")
    book, data = Workbook(), BytesIO()
    book.active.append(["姓名", "出勤", "迟到（分钟）"])
    book.active.append(["王小明", "到场", 7])
    book.save(data)

    apply(upload(session, data.getvalue(), "出勤.xlsx", by=teacher), at=LATER)

    assert facts(place)[:2] == (True, 7)


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        ({"name": "无此人", "presence": "是"}, "name", "has no seat"),
        ({"employee_number": "E404", "presence": "是"}, "employee_number", "has no seat"),
        ({"presence": "是"}, "employee_number", "is needed"),
        ({"name": "王小明", "presence": "也许"}, "presence", "neither present"),
        ({"name": "王小明"}, "presence", "Present, absent or excused?"),
        ({"name": "王小明", "presence": "是", "late": "五"}, "late", "no number of minutes"),
        ({"name": "王小明", "presence": "是", "late": "60"}, "late", "takes 60 minutes"),
        ({"name": "王小明", "presence": "否", "late": "5"}, "late", "Only who was there"),
        ({"name": "王小明", "presence": "请假", "reason": "长" * 201}, "reason", "At most 200"),
        ({"name": "李雷", "presence": "是"}, "name", "Several people"),
        ({"person": ["x"], "presence": {}}, "person", "has no seat"),
        ({}, "employee_number", "is needed"),
    ],
)
def test_wrong_row_is_named_and_nothing_is_changed(session, seat, teacher, row, field, said):
    good = seat(name="韩梅梅")
    seat(name="王小明")
    for _same_name in range(2):
        seat(name="李雷")

    with override("en"), pytest.raises(RowsRefused) as refusal:
        save_attendance(session, [{"name": "韩梅梅", "presence": "是"}, row], by=teacher, at=LATER)

    (problem,) = refusal.value.problems
    assert (problem.row, problem.field, said in problem.message) == (2, field, True)
    assert facts(good)[0] is False


def test_person_named_twice_is_refused(session, seat, teacher):
    place = seat(name="王小明")
    rows = [{"name": "王小明", "presence": "是"}, {"person": place.person_id, "presence": "否"}]

    with override("en"), pytest.raises(RowsRefused) as refusal:
        save_attendance(session, rows, by=teacher, at=LATER)

    assert [problem.message for problem in refusal.value.problems] == ["王小明 stands in another row already."]


def test_late_file_needs_the_reason_of_hr(session, seat, hr, teacher):
    seat(name="王小明")
    rows, at = [{"name": "王小明", "presence": "是"}], NINE + HOUR + CLOSES_AFTER + MINUTE

    with refused("roster_closed"):
        save_attendance(session, rows, by=teacher, at=at, reason="补")
    with refused("reason_missing"):
        save_attendance(session, rows, by=hr, at=at)
    assert save_attendance(session, rows, by=hr, at=at, reason="补录") == Outcome(created=1)


def test_preview_says_what_each_row_does_and_what_goes_against_the_code(as_, session, seat, teacher):
    seat(name="王小明", attended_at=NINE, noted_by="code")
    seat(name="李雷")
    seat(name="韩梅梅", noted_by="roster")
    data = csv("姓名,出勤", "王小明,缺席", "李雷,到场", "韩梅梅,缺席")
    with clock.frozen(LATER):
        browse = as_(teacher)
        file = SimpleUploadedFile("出勤.csv", data)
        sent = browse.post(reverse("attendance-upload", args=[session.pk]), {"file": file})
        context = browse.get(sent.url).context
        assert [row["what"] for row in context["rows"]] == ["code", "new", "same"]
        assert (context["against_code"], context["changing"], context["wrong"]) == (1, 2, [])

        done = browse.post(reverse("attendance-apply", args=[context["upload"].pk]))

    assert done.url == reverse("session-roster", args=[session.pk])
    assert session.places.exclude(attended_at=None).count() == 1


def test_file_that_changes_only_the_reason_of_an_excuse_can_be_applied(session, seat, teacher):
    seat(name="王小明", excused_reason="病假", noted_by="roster")

    rows = [{"name": "王小明", "presence": "请假", "reason": "事假"}]
    (found,) = changes(read_rows(session, rows))

    assert found[3] == "changed"


def test_preview_names_the_lines_that_are_wrong_and_offers_nothing(as_, session, seat, teacher):
    seat(name="王小明")
    with clock.frozen(LATER):
        browse = as_(teacher)
        waiting = upload(session, csv("姓名,出勤", "王小明,到场", "", "无此人,到场"), "出勤.csv", by=teacher)
        page = browse.get(reverse("attendance-preview", args=[waiting.pk]))
        browse.post(reverse("attendance-apply", args=[waiting.pk]))

    assert [line for line, _problem in page.context["wrong"]] == [4]
    assert reverse("attendance-apply", args=[waiting.pk]) not in page.content.decode()
    assert not session.places.exclude(attended_at=None).exists()


@pytest.mark.parametrize("data", [b"", b"\x89PNG", b"a,b\n1,2", b"\xd3\xd0,\n"])
def test_file_that_is_no_such_table_is_refused_at_its_field(as_, session, teacher, data):
    answer = as_(teacher).post(
        reverse("attendance-upload", args=[session.pk]), {"file": SimpleUploadedFile("x.csv", data)}
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert not AttendanceImport.objects.exists()


def test_foreign_file_does_not_exist(as_, session, teacher, hr):
    waiting = AttendanceImport.objects.create(session=session, owner=hr)

    assert as_(teacher).get(reverse("attendance-preview", args=[waiting.pk])).status_code == 404


def test_sample_holds_the_people_of_the_session(as_, session, seat, teacher):
    place = seat(name="王小明")

    lines = b"".join(as_(teacher).get(reverse("attendance-sample", args=[session.pk]))).decode("utf-8-sig")

    assert lines.splitlines()[1] == f"{place.person.employee_number},王小明,,,,"
