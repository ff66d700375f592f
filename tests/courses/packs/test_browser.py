import pytest
from playwright.sync_api import expect

from courses.models import Course, Topic
from trainingsite.people.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def zip_of(data: bytes) -> dict[str, object]:
    return {"name": "pack.zip", "mimeType": "application/zip", "buffer": data}


def test_hr_uploads_a_pack_looks_at_it_and_takes_it(open_as, hire, axe, files, zipped):
    page = open_as(hire(Role.HR), "/courses/")
    page.get_by_role("link", name="内容包", exact=True).click()
    assert axe(page) == []
    page.get_by_label("内容包 zip 文件").set_input_files(zip_of(zipped(files)))
    page.get_by_role("button", name="先预览变化").click()

    expect(page.get_by_text("课程：新增 1，修改 0，未变 0")).to_be_visible()
    assert axe(page) == []
    assert not Topic.objects.exists()

    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_role("link", name="七天无理由退货")).to_be_visible()
    assert list(Course.objects.values_list("code", "status")) == [("returns", "published")]


@pytest.mark.parametrize("phone", [False, True])
def test_problems_are_shown_with_file_and_place(open_as, hire, axe, files, zipped, phone):
    files["rules/topic.yaml"] += "colour: red\n"
    page = open_as(hire(Role.HR), "/courses/packs/", phone=phone)

    page.get_by_label("内容包 zip 文件").set_input_files(zip_of(zipped(files)))
    page.get_by_role("button", name="先预览变化").click()

    expect(page.get_by_role("alert")).to_contain_text("内容包有 1 处问题")
    expect(page.get_by_role("row", name="rules/topic.yaml")).to_contain_text("这里没有“colour”这一项。")
    assert axe(page) == []
