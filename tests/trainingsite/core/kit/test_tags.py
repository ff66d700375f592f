"""The tags and filters of the kit, rendered."""

from datetime import date
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template, TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import translation

from trainingsite.core.nodes import KEPT


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def render(source: str, query: str = "", **context: object) -> str:
    request = RequestFactory().get("/courses/" + query)
    return " ".join(engines["django"].from_string(source).render(context, request).split())


def test_icon_is_hidden_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% icon "home" %}')
    assert "sprite.svg#home" in render('{% icon "home" %}')
    assert 'role="img" aria-label="Locked"' in render('{% icon "lock" label="Locked" %}')


def test_label_of_an_icon_is_escaped() -> None:
    assert "<b>" not in render('{% icon "lock" label=label %}', label='"><b>')


def test_status_is_an_icon_and_a_word() -> None:
    page = render('{% status "bad" "Overdue" %}')
    assert page.startswith('<span class="k-status k-bad">')
    assert "#alert-circle" in page
    assert "Overdue" in page


def test_unknown_level_fails_loudly() -> None:
    with pytest.raises(KeyError):
        render('{% status "purple" "?" %}')


def test_card_wraps_what_the_page_renders() -> None:
    page = render("{% card title=title %}<p>{{ text }}</p>{% endcard %}", title="A < B", text="x & y")
    assert '<h2 class="k-card-title">A &lt; B</h2>' in page
    assert '<div class="k-card-body"><p>x &amp; y</p></div>' in page


def test_again_repeats_the_block_of_the_page() -> None:
    page = render('{% extends "base_error.html" %}{% block title %}Lost{% endblock %}')
    assert "<title>Lost ·" in page
    assert "<h1>Lost</h1>" in page


def test_breadcrumbs_take_addresses_and_names_of_views() -> None:
    page = render('{% breadcrumbs "Home" "home" "Course" "/courses/7/" %}')
    assert '<a href="/">Home</a>' in page
    assert '<a href="/courses/7/">Course</a>' in page


def test_breadcrumbs_in_odd_number_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        render('{% breadcrumbs "Home" "home" "Course" %}')


@pytest.mark.parametrize(
    ("query", "address", "state"),
    [
        ("", "?sort=due", ""),
        ("?sort=due&page=4&q=a", "?sort=-due&amp;q=a", 'aria-sort="ascending"'),
        ("?sort=-due", "?sort=due", 'aria-sort="descending"'),
    ],
)
def test_heading_sorts_and_turns(query: str, address: str, state: str) -> None:
    page = render('{% sort_header "due" "Due" %}', query)
    assert f'href="{address}"' in page
    assert (state in page) if state else ("aria-sort" not in page)


def test_heading_shows_the_order_the_view_took_by_itself() -> None:
    assert 'aria-sort="descending"' in render('{% sort_header "due" "Due" %}', sort="-due")


def test_pages_keep_the_rest_of_the_address() -> None:
    page = render('{% include "kit/pagination.html" %}', "?q=a&page=2", page=Paginator(range(60), 20).page(2))
    assert 'href="?q=a&amp;page=1"' in page
    assert 'href="?q=a&amp;page=3"' in page
    assert "21–40 of 60" in page
    assert page.count("aria-current") == 1


def test_one_page_has_no_links_and_none_no_bar() -> None:
    one = render('{% include "kit/pagination.html" %}', page=Paginator(range(3), 20).page(1))
    assert "<ul>" not in one
    assert render('{% include "kit/pagination.html" %}', page=Paginator([], 20).page(1)) == ""


def test_filter_bar_keeps_the_order() -> None:
    class Filter(forms.Form):
        q = forms.CharField(label="Search", required=False)

    page = render("{% filter_bar f %}", "?sort=-due&q=a&page=2", f=SimpleNamespace(form=Filter({"q": "a"})))
    assert '<input type="hidden" name="sort" value="-due">' in page
    assert 'name="page"' not in page
    assert 'value="a"' in page
    assert "hx-get" not in page


def test_chart_carries_its_option_safely_and_a_table() -> None:
    option = {
        "xAxis": {"type": "category", "data": ["</script>"]},
        "series": [{"type": "bar", "name": "n", "data": [1]}],
    }
    page = render('{% chart option "People" "s" %}', option=option)
    assert 'data-height="s"' in page
    assert "</script><" not in page.replace("</script> </figure>", "")
    assert '<th scope="row">&lt;/script&gt;</th>' in page


def test_tile_shows_zero_as_a_number() -> None:
    page = render('{% include "kit/tile.html" with label="Overdue" value=0 n=0 target=0 only %}')
    assert '<span class="k-tile-value">0</span>' in page
    assert "Target 0" in page
    assert "n = 0" in page


def test_tile_without_a_value_shows_a_dash_and_no_target() -> None:
    page = render('{% include "kit/tile.html" with label="Rate" value=None only %}')
    assert "–" in page
    assert "Target" not in page


def test_when_is_exact_on_hover() -> None:
    assert render("{{ moment|when }}", moment=None) == "–"
    assert "<time" in render("{{ moment|when }}", moment=date(2020, 1, 2))


def test_language_of_the_page_is_written_as_html_wants_it() -> None:
    assert render("{{ 'zh-hans'|html_lang }} {{ 'zh-hant'|html_lang }} {{ 'en'|html_lang }}") == "zh-Hans zh-Hant en"


def test_progress_is_a_number_for_machines_in_every_language() -> None:
    with translation.override("de"):
        assert 'value="1234"' in render('{% include "kit/progress.html" with value=1234 max=2000 only %}')


def test_steps_that_are_done_can_be_revisited() -> None:
    page = render(
        '{% include "kit/steps.html" with steps=s now=2 only %}', s=[("A", "/a/"), ("B", "/b/"), ("C", "/c/")]
    )
    assert '<a href="/a/">A</a>' in page
    assert 'href="/c/"' not in page
    assert page.count('aria-current="step"') == 1


def test_unknown_tag_is_not_swallowed() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% card %}")


def test_once_renders_once_for_each_language_and_key() -> None:
    calls: list[str] = []
    template = Template("{% once key %}{{ say }}{% endonce %}")

    def show(key: str) -> str:
        context = {"key": key, "say": lambda: calls.append(key) or f"{key}!"}
        return template.render(RequestContext(RequestFactory().get("/"), context))

    assert [show("a"), show("a"), show("b")] == ["a!", "a!", "b!"]
    with translation.override("zh-hans"):
        assert show("a") == "a!"
    assert calls == ["a", "b", "a"]


def test_once_keeps_no_more_than_it_may() -> None:
    template = Template("{% once key %}{{ key }}{% endonce %}")
    for key in range(KEPT + 10):
        assert template.render(RequestContext(RequestFactory().get("/"), {"key": key})) == str(key)
    assert len(template.nodelist[0].kept) == KEPT


def test_navigation_follows_the_place_though_it_is_kept() -> None:
    def menu(active: str) -> str:
        items = [SimpleNamespace(label=url, icon="home", url=url, active=url == active) for url in ("/a/", "/b/")]
        return render(
            '{% include "kit/shell/sidebar.html" %}', navigation=[SimpleNamespace(label="Learn", items=items)]
        )

    assert 'href="/a/" aria-current="page"' in menu("/a/")
    assert 'href="/b/" aria-current="page"' in menu("/b/")
    assert 'href="/a/" aria-current="page"' in menu("/a/")
