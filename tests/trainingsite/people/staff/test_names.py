import pytest

from trainingsite.people.models import User
from trainingsite.people.staff.names import initials, search_key, sort_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("张伟", "zhang wei"),
        ("曾小明", "zeng xiao ming"),
        ("单雄信", "shan xiong xin"),
        ("尉迟恭", "yu chi gong"),
        ("Ada Lovelace", "ada lovelace"),
    ],
)
def test_sort_key_reads_surnames_as_surnames(name, key):
    assert sort_key(name) == key


def test_initials_are_those_of_the_pinyin():
    assert initials("曾小明") == "zxm"


def test_search_key_holds_every_beginning():
    assert search_key("张伟明", "E017", None, "zhangwm") == " 张伟明 zhangweiming weiming ming zwm e017 zhangwm"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张", ["张伟明"]),
        ("伟明", ["张伟明"]),
        ("ZhangWei", ["张伟明"]),
        ("zhang wei", ["张伟明"]),
        ("ming", ["曾明", "张伟明"]),
        ("zwm", ["张伟明"]),
        ("zm", ["曾明"]),
        ("e017", ["张伟明"]),
        ("ang", []),
        ("%", []),
        ("", ["曾明", "张伟明"]),
    ],
)
def test_people_are_found_by_the_beginning_of_what_they_are_called(hire, text, found):
    hire(name="张伟明", employee_number="E017", username="u1")
    hire(name="曾明", employee_number="E018", username="u2")

    assert list(User.objects.called(text).by_name().values_list("name", flat=True)) == found
