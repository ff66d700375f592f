from datetime import timedelta

import pytest
from django.urls import reverse

from courses.attendance import files
from courses.attendance.codes import code_at
from courses.attendance.panels import today
from courses.models import SessionPlace
from tests.courses.attendance.conftest import MINUTE
from tests.factories.planning import HOUR, NINE
from trainingsite.core import clock

HTMX = {"HX-Request": "true"}
SECOND = timedelta(seconds=1)
EARLY = NINE - 5 * MINUTE


@pytest.fixture(autouse=True)
def five_to_nine():
    """The clock stands at five to nine."""
    with clock.frozen(EARLY):
        yield


def address(name, session, query=""):
    return reverse(name, args=[session.pk]) + query


def facts(place):
    place.refresh_from_db()
    return (bool(place.attended_at), place.late_minutes, place.excused_reason, place.noted_by)


def test_screen_shows_the_code_its_qr_and_who_came_last_first(as_, teacher, session, seat):
    seat(name="韩梅梅", attended_at=EARLY - MINUTE, noted_by="code")
    seat(name="李雷", attended_at=EARLY, noted_by="code")
    seat(name="王小明")

    page = as_(teacher).get(address("session-screen", session))

    assert page.context["code"] == code_at(session.secret, EARLY)
    assert (page.context["names"], page.context["count"].present, page.context["count"].expected) == (
        ["李雷", "韩梅梅"],
        2,
        3,
    )
    assert "<svg" in page.context["qr"]
    assert "k-sidebar" not in page.content.decode()


def test_part_that_is_asked_for_again_is_the_same_without_the_frame(as_, teacher, session):
    content = as_(teacher).get(address("session-screen-now", session)).content.decode()

    assert "<html" not in content
    assert "data-code" in content


@pytest.mark.parametrize(
    ("moment", "shown"), [(NINE - 15 * MINUTE - SECOND, False), (NINE - 15 * MINUTE, True), (NINE + HOUR, False)]
)
def test_screen_shows_no_code_before_it_opens_and_after_the_end(as_, teacher, session, moment, shown):
    with clock.frozen(moment):
        content = as_(teacher).get(address("session-screen-now", session)).content.decode()

    assert ("data-code" in content) == shown


@pytest.mark.parametrize("people", [1, 30])
def test_polled_part_takes_six_queries_whoever_is_here(
    as_, teacher, session, seat, people, django_assert_max_num_queries
):
    for number in range(people):
        seat(name=f"客服{number}", attended_at=EARLY, noted_by="code")
    browse = as_(teacher)
    browse.get(address("session-screen-now", session))

    with django_assert_max_num_queries(6):
        browse.get(address("session-screen-now", session))


def test_link_of_the_qr_leads_to_the_login_and_back(client, session):
    link = address("session-check-in", session, "?code=123456")

    assert client.get(link).url == f"/login/?next={link.replace('?', '%3F').replace('=', '%3D')}"


def test_code_of_the_link_is_sent_by_itself_and_checks_in_once(as_, session, seat):
    place = seat()
    browse = as_(place.person)
    code = code_at(session.secret, EARLY)

    opened = browse.get(address("session-check-in", session, f"?code={code}"))
    sent = browse.post(address("session-check-in", session), {"code": code})
    done = browse.get(sent.url)

    assert (opened.context["by_itself"], opened.context["form"]["code"].value()) == (True, code)
    assert facts(place) == (True, None, "", "code")
    assert (done.context["by_itself"], done.context["place"].attended_at) == (False, EARLY)


def test_who_logs_in_first_may_take_five_minutes(client, as_, session, seat):
    place = seat()
    code = code_at(session.secret, EARLY)
    client.get(address("session-check-in", session, f"?code={code}"))

    with clock.frozen(EARLY + 8 * MINUTE):
        browse = as_(place.person)
        browse.get(address("session-check-in", session, f"?code={code}"))
        browse.post(address("session-check-in", session), {"code": code})

    place.refresh_from_db()
    assert (place.attended_at, place.late_minutes) == (EARLY, None)


@pytest.mark.parametrize("cookie", ["", "x", "/sessions/1/check-in/ 123456 2026-12-01T00:55:00+00:00:forged"])
def test_forged_memory_of_a_link_is_worth_nothing(as_, session, seat, cookie):
    place = seat()
    browse = as_(place.person)
    code = code_at(session.secret, EARLY - 3 * MINUTE)
    browse.cookies["seen_code"] = cookie

    answer = browse.post(address("session-check-in", session), {"code": code})

    assert (answer.status_code, facts(place)[0]) == (422, False)


def test_typed_code_finds_its_session(as_, session, seat):
    place = seat()

    answer = as_(place.person).post(reverse("check-in"), {"code": code_at(session.secret, EARLY)})

    assert answer.url == address("session-check-in", session)
    assert facts(place) == (True, None, "", "code")


def test_wrong_code_is_told_at_its_field_and_the_pause_too(as_, session, seat):
    browse = as_(seat().person)
    code = code_at(session.secret, EARLY - HOUR)

    answers = [browse.post(reverse("check-in"), {"code": code}) for _try in range(7)]

    assert {answer.status_code for answer in answers} == {422}
    said = [str(answer.context["form"].errors["code"][0]) for answer in answers]
    assert len(set(said[:6])) == 1
    assert "09:05" in said[6]


def test_stranger_learns_nothing_of_the_session(as_, session, hire):
    page = as_(hire()).get(address("session-check-in", session)).content.decode()

    assert session.title not in page


def test_tap_notes_one_person_and_answers_with_the_row_and_the_numbers(as_, teacher, session, seat):
    place, other = seat(), seat()

    answer = as_(teacher).post(
        address("session-attendance", session), {"person": place.person_id, "presence": "present"}, headers=HTMX
    )

    content = answer.content.decode()
    assert (facts(place), facts(other)) == ((True, None, "", "roster"), (False, None, "", ""))
    assert (f"person-{place.person_id}" in content, f"person-{other.person_id}" in content) == (True, False)
    assert "hx-swap-oob" in content


def test_tap_without_scripts_leads_back_to_the_roster(as_, teacher, session, seat):
    place = seat()

    answer = as_(teacher).post(
        address("session-attendance", session), {"person": place.person_id, "presence": "excused", "reason": "病假"}
    )

    assert (answer.url, facts(place)) == (address("session-roster", session), (False, None, "病假", "roster"))


def test_minutes_that_were_not_touched_stay_as_the_code_noted_them(as_, teacher, session, seat):
    place = seat(attended_at=EARLY, late_minutes=4, noted_by="code")
    sent = {"person": place.person_id, "presence": "present", "late": "", "late_was": "", "left": "10", "left_was": ""}

    as_(teacher).post(address("session-attendance", session), sent, headers=HTMX)

    place.refresh_from_db()
    assert (place.late_minutes, place.left_early_minutes) == (4, 10)


@pytest.mark.parametrize(("late", "left", "field"), [("12", "5", "late"), ("4", "-5", "left"), ("x", "", "late")])
def test_minutes_that_are_refused_stay_in_their_fields_with_the_reason(as_, teacher, session, seat, late, left, field):
    session.ends_at = NINE + 10 * MINUTE
    session.save()
    place = seat(attended_at=EARLY, late_minutes=3, noted_by="code")
    sent = {"person": place.person_id, "presence": "present", "late": late, "late_was": "3", "left": left}

    answer = as_(teacher).post(address("session-attendance", session), {**sent, "left_was": ""}, headers=HTMX)

    assert (answer.status_code, answer.context["at"]) == (422, field)
    assert answer.context["row"]["typed"] == {"late": late, "left": left, "reason": ""}
    content = answer.content.decode()
    assert f'name="late" value="{late}"' in content
    assert content.count(str(answer.context["refusal"].message)) == 1
    assert facts(place)[1] == 3


def test_refused_reason_of_the_roster_keeps_what_was_typed(as_, hr, session, seat):
    place = seat()
    sent = {"person": place.person_id, "presence": "excused", "reason": "婚假"}
    with clock.frozen(NINE + 200 * HOUR):
        answer = as_(hr).post(address("session-attendance", session), sent, headers=HTMX)

    assert (answer.status_code, answer.context["row"]["typed"]["reason"]) == (422, "婚假")
    assert 'value="婚假"' in answer.content.decode()


def test_who_is_excused_by_one_tap_has_no_reason_and_is_said_so_once(as_, teacher, session, seat):
    place = seat(name="王小明")
    browse, sent = as_(teacher), {"person": place.person_id, "presence": "excused"}

    answer = browse.post(address("session-attendance", session), sent, headers=HTMX)
    row = answer.context["row"]
    assert (row["presence"], row["reason"], answer.context["count"].excused) == ("excused", "", 1)
    assert 'name="reason" maxlength="200" value=""' in answer.content.decode()

    lines = b"".join(browse.get(address("session-roster-export", session))).decode("utf-8-sig").splitlines()
    assert lines[1].count("请假") == 1
    browse.post(address("session-attendance", session), {**sent, "reason": "婚假"}, headers=HTMX)
    assert facts(place)[2] == "婚假"


def test_roster_counts_who_left_early(as_, teacher, session, seat):
    seat(attended_at=EARLY, left_early_minutes=5, noted_by="roster")

    answer = as_(teacher).get(address("session-roster", session))

    assert answer.context["count"].left == 1
    assert "早退 1 人" in answer.content.decode()


@pytest.mark.parametrize(("people", "cut"), [(2, False), (3, True)])
def test_preview_says_that_rows_are_cut_when_they_are(as_, teacher, session, seat, monkeypatch, people, cut):
    monkeypatch.setattr("courses.attendance.import_views.SHOWN", 2)
    rows = "".join(f"{seat(name=f'客服{number}').person.name},到场\n" for number in range(people))
    waiting = files.upload(session, f"姓名,出勤\n{rows}".encode(), "出勤.csv", by=teacher)

    content = as_(teacher).get(reverse("attendance-preview", args=[waiting.pk])).content.decode()

    assert ("仅显示前若干行" in content, "原记录" in content) == (cut, True)


def test_change_of_what_the_code_noted_is_asked_about(as_, teacher, session, seat):
    place = seat(attended_at=EARLY, noted_by="code")
    browse, sent = as_(teacher), {"person": place.person_id, "presence": "absent"}

    asked = browse.post(address("session-attendance", session), sent, headers=HTMX)
    assert (asked.status_code, asked.context["ask"], facts(place)[3]) == (422, True, "code")
    browse.post(address("session-attendance", session), {**sent, "anyway": "on"}, headers=HTMX)

    assert facts(place) == (False, None, "", "roster")


@pytest.mark.parametrize(
    "sent",
    [{"presence": "gone"}, {"person": "x"}, {"late": "-1"}, {"late": "60"}, {"person": "0"}, {"late": "²"}],
)
def test_bad_tap_changes_nothing(as_, teacher, session, seat, sent):
    place = seat()

    answer = as_(teacher).post(
        address("session-attendance", session), {"person": place.person_id, "presence": "present", **sent}, headers=HTMX
    )

    assert (answer.status_code in (404, 422), facts(place)) == (True, (False, None, "", ""))


def test_all_others_are_present_in_one_tap(as_, teacher, session, seat):
    away, fresh = seat(noted_by="roster"), seat()

    as_(teacher).post(address("session-everybody", session))

    assert (facts(away)[0], facts(fresh)[0]) == (False, True)


def test_roster_is_searched_by_pinyin_and_for_what_is_open(as_, teacher, session, seat):
    seat(name="王小明", noted_by="roster")
    seat(name="李雷")
    browse = as_(teacher)

    def names(query):
        rows = browse.get(address("session-roster", session, query)).context["rows"]
        return [row["place"].person.name for row in rows]

    assert names("") == ["李雷", "王小明"]
    assert names("?q=wxm") == ["王小明"]
    assert names("?open=1") == ["李雷"]
    assert names("?q=nobody") == []


def test_closed_roster_asks_hr_for_a_reason_and_keeps_it(as_, hr, session, seat):
    place = seat()
    sent = {"person": place.person_id, "presence": "present"}
    with clock.frozen(NINE + 200 * HOUR):
        browse = as_(hr)
        assert browse.post(address("session-attendance", session), sent, headers=HTMX).status_code == 422
        browse.post(address("session-attendance", session), {**sent, "why": "签到表漏记"}, headers=HTMX)
        page = browse.get(address("session-roster", session)).content.decode()

    assert facts(place)[0]
    assert "签到表漏记" in page


@pytest.mark.parametrize("people", [1, 30])
def test_roster_takes_ten_queries(as_, teacher, session, seat, people, django_assert_max_num_queries):
    for number in range(people):
        seat(name=f"客服{number}")
    browse = as_(teacher)
    for name in ("session-roster", "session-roster-print"):
        browse.get(address(name, session))
        with django_assert_max_num_queries(10):
            browse.get(address(name, session))


def test_paper_roster_has_everybody_and_a_column_to_sign_in(as_, teacher, session, seat):
    seat(name="王小明")
    seat(name="李雷", cancelled_at=NINE)

    content = as_(teacher).get(address("session-roster-print", session)).content.decode()

    assert ("王小明" in content, "李雷" in content, "a-sign" in content) == (True, False, True)


def test_export_holds_what_the_import_reads(as_, teacher, session, seat):
    place = seat(name="王小明", attended_at=NINE, late_minutes=3, noted_by="code")
    seat(name="李雷", excused_reason="=病假", noted_by="roster")

    lines = b"".join(as_(teacher).get(address("session-roster-export", session))).decode("utf-8-sig").splitlines()

    assert len(lines) == 3
    assert lines[1].startswith(lines[1].split(",")[0] + ",李雷,")
    assert "'=病假" in lines[1]
    assert lines[2].split(",")[:2] == [place.person.employee_number, "王小明"]
    assert SessionPlace.objects.count() == 2


def test_first_page_leads_to_checking_in_and_to_the_own_rosters(teacher, session, seat):
    person, done = seat().person, seat(attended_at=EARLY, noted_by="code").person
    day = session.starts_at.date()

    assert today(person, day) == {"coming": [session], "given": []}
    assert today(teacher, day) == {"coming": [], "given": [session]}
    assert today(done, day) == {}
    assert today(teacher, day + timedelta(days=1)) == {}
