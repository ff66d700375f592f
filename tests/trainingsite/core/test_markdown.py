import pytest
from django.utils import translation

from trainingsite.core.markdown import plain, render


def test_headings_lists_and_emphasis():
    assert render("## 规则\n\n- **七日**内\n- 商品完好") == (
        "<h2>规则</h2>\n<ul>\n<li><strong>七日</strong>内</li>\n<li>商品完好</li>\n</ul>\n"
    )


def test_first_heading_leaves_the_page_its_title():
    assert render("# 规则") == "<h2>规则</h2>\n"


def test_table_scrolls_by_itself_and_aligns_without_style():
    assert render("| 说 | 不说 |\n|:--|--:|\n| 您好 | 喂 |") == (
        '<div class="k-table-frame" role="group" tabindex="0"><table>\n<thead>\n<tr>\n'
        '<th class="k-start">说</th>\n<th class="k-end">不说</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<td class="k-start">您好</td>\n<td class="k-end">喂</td>\n</tr>\n</tbody>\n</table>\n</div>\n'
    )


@pytest.mark.parametrize(("kind", "word"), [("tip", "Tip"), ("warning", "Mind this"), ("example", "Example")])
def test_callout_says_its_kind_in_a_word(kind, word):
    with translation.override("en"):
        assert render(f"::: {kind} 先看订单\n**再**回答\n:::") == (
            f'<div class="k-callout k-callout-{kind}" role="note">'
            f'<p class="k-callout-title"><span class="k-callout-kind">{word}</span> 先看订单</p>\n'
            "<p><strong>再</strong>回答</p>\n</div>\n"
        )


def test_callout_of_unknown_kind_stays_text():
    assert render("::: danger\n小心\n:::") == "<p>::: danger<br>\n小心<br>\n:::</p>\n"


def test_title_of_a_callout_cannot_carry_markup():
    assert "<img" not in render("::: tip <img src=x onerror=alert(1)>\n:::")


def test_link_to_another_host_opens_beside_the_lesson():
    assert render("[规则](https://example.com/a)") == (
        '<p><a href="https://example.com/a" rel="noopener noreferrer" target="_blank">规则</a></p>\n'
    )


def test_link_of_our_own_stays_on_the_page():
    assert render("[课程](/courses/)") == '<p><a href="/courses/">课程</a></p>\n'


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<p style="position:fixed">x</p>',
        "<iframe src=//evil.example></iframe>",
    ],
)
def test_raw_html_is_shown_as_it_was_typed(text):
    html = render(text)

    assert "<script" not in html
    assert html.startswith("<p>&lt;")


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "&#106;avascript:x"]
)
def test_dangerous_address_makes_no_link(target):
    assert "href" not in render(f"[点我]({target})")
    assert "src=" not in render(f"![点我]({target})")


def test_attributes_cannot_be_smuggled_through_a_title():
    assert render('[x](/a "t\\" onmouseover=\\"alert(1)")') == (
        '<p><a href="/a" title="t&quot; onmouseover=&quot;alert(1)">x</a></p>\n'
    )


@pytest.mark.parametrize("text", ["[x](http://[)", "::: tip", "| a |\n|--", "\x00", "[" * 500])
def test_broken_markdown_is_no_error(text):
    assert isinstance(render(text), str)


def test_empty_text_gives_nothing():
    assert render("") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**客户**说：\n> 不行 & 退\n\n![截图](media:abc)", "客户说： 不行 & 退 [截图]"),
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("普通。\n第二行", "普通。 第二行"),
        ("1. 先查\n2. 再答", "先查 再答"),
        ("<script>x</script>好", "<script>x</script>好"),
        ("", ""),
    ],
)
def test_words_alone_for_lists(text, words):
    assert plain(text) == words
