"""HR's and the administrator's daily ways through the pages of people, clicked in a real browser."""

import pytest
from playwright.sync_api import expect

from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

pytestmark = pytest.mark.browser
FILE = "工号,姓名,部门,入职日期\nE1,张威,售后服务部,2025-03-03\nE7,王芳,售前服务部,2026-03-02\n"


@pytest.fixture
def hr(transactional_db, hire):
    person = hire(Role.HR, name="安宁", department="centre", username="hr")
    person.set_password("kefu-test-2026")
    person.save()
    hire(name="张伟", employee_number="E1")
    hire(name="曾小明", employee_number="E2", department="disputes")
    return person


def test_log_in_and_out(open_as, hr):
    page = open_as(None, "/people/")
    page.get_by_label("用户名").fill("hr")
    page.get_by_label("密码").fill("kefu-test-2026")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="人员", level=1)).to_be_visible()

    page.get_by_role("button", name="安宁").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login/**")
    page.goto("/people/")
    page.wait_for_url("**/login/?next=/people/")


def test_wrong_password_says_so(open_as, hr):
    page = open_as(None, "/login/")
    page.get_by_label("用户名").fill("hr")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("alert").first).to_be_visible()


def test_chosen_language_stays(open_as, hr):
    page = open_as(hr, "/people/")
    page.get_by_role("button", name="安宁").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="People", level=1)).to_be_visible()

    again = open_as(hr, "/departments/")
    expect(again.get_by_role("heading", name="Departments", level=1)).to_be_visible()


def test_search_by_pinyin_narrows_the_list_and_stays_in_the_address(open_as, hr):
    page = open_as(hr, "/people/")
    page.get_by_role("searchbox", name="搜索").fill("zengx")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("曾小明")

    page.reload()
    expect(page.locator("tbody tr")).to_have_count(1)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize(
    "path", ["/people/", "/people/new/", "/people/import/", "/departments/", "/positions/", "/history/", "/profile/"]
)
def test_pages_are_accessible_and_fit(open_as, axe, hr, path, phone):
    page = open_as(hr, path, phone=phone)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_person_page_is_accessible_in_the_dark(open_as, axe, hr):
    assert axe(open_as(hr, f"/people/{hr.pk}/", theme="dark")) == []


def test_import_is_looked_at_and_applied(open_as, axe, hr, tmp_path):
    file = tmp_path / "人员.csv"
    file.write_bytes(FILE.encode("gb18030"))
    page = open_as(hr, "/people/import/")
    page.get_by_label("文件").set_input_files(file)
    page.get_by_role("button", name="继续").click()
    expect(page.locator("tbody tr").first).to_contain_text("张伟 → 张威")
    assert axe(page) == []
    page.get_by_role("button", name="新增 1 人").click()
    expect(page.locator("tbody")).to_contain_text("王芳")

    assert set(User.objects.values_list("name", flat=True)) == {"安宁", "张威", "曾小明", "王芳"}


def test_faulty_file_names_the_row_and_offers_no_apply(open_as, hr, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(FILE.replace("售前服务部", "不存在"), "utf-8")
    page = open_as(hr, "/people/import/")
    page.get_by_label("文件").set_input_files(file)
    page.get_by_role("button", name="继续").click()

    expect(page.locator("tbody tr").last).to_contain_text("没有编号为“不存在”的部门")
    expect(page.get_by_role("button", name="新增")).to_have_count(0)


def test_administrator_gives_and_takes_a_role(open_as, axe, hr, hire):
    page = open_as(hire(Role.ADMIN, name="管理"), "/access/?person=E1")
    assert axe(page) == []
    page.locator("#grant_role").select_option("mentor")
    page.get_by_role("button", name="授予").click()
    row = page.get_by_role("row").filter(has_text="张伟").filter(has_text="导师")
    expect(row).to_have_count(1)

    row.get_by_role("button", name="收回").click()
    page.locator("[data-confirm-yes]").click()
    expect(row).to_have_count(0)


def test_department_below_itself_is_told_at_the_field(open_as, axe, hr, company):
    page = open_as(hr, f"/departments/{company['care'].pk}/edit/")
    page.get_by_label("上级部门").select_option(str(company["disputes"].pk))
    page.get_by_role("button", name="保存").click()

    expect(page.locator(".k-field-error")).to_contain_text("不能设在自己或自己的下级部门之下")
    assert axe(page) == []
