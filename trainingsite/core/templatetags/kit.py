"""The tags and filters of the page kit; `templates/kit/README.md` shows them at work."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

import structlog
from django import template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import to_locale

from trainingsite.core import display
from trainingsite.core import markdown as texts
from trainingsite.core.charts import table_of
from trainingsite.core.chips import chips_of, without
from trainingsite.core.nodes import AgainNode, OnceNode

register = template.Library()

HUES = 8
LEVEL_ICONS = {
    "good": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-circle",
    "info": "info-circle",
    "neutral": "circle-dashed",
}
OWN_NAMES = {"zh-hans": "简体", "zh-hant": "繁體", "en": "English"}


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; with a `label` it speaks for itself, without one it is hidden from screen readers."""
    sprite = static("vendor/tabler-icons/sprite.svg")
    if not label:
        return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name)
    drawing = '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>'
    return format_html(drawing, label, sprite, name)


@register.simple_tag
def request_id() -> str:
    """The id under which the log keeps this request."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


@register.tag
def again(_parser: template.base.Parser, token: template.base.Token) -> AgainNode:
    """`{% again title %}` shows the block `title` once more, so that <title> and <h1> say the same."""
    return AgainNode(token.split_contents()[1])


@register.tag
def once(parser: template.base.Parser, token: template.base.Token) -> OnceNode:
    """`{% once key … %}…{% endonce %}`: rendered once for each language and key; nothing personal, no blocks."""
    keys = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    content = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(content, keys)


@register.inclusion_tag("kit/breadcrumbs.html")
def breadcrumbs(*pairs: str) -> dict[str, Any]:
    """`{% breadcrumbs label url label url %}`: the pages above this one; a url is an address or the name of a view."""
    urls = (url if "/" in url else reverse(url) for url in pairs[1::2])
    return {"crumbs": list(zip(pairs[::2], urls, strict=True))}


@register.simple_block_tag(takes_context=True, end_name="endcard")
def card(context: template.Context, content: str, **options: Any) -> SafeString:
    """A card around its content. Options: title, icon, subtitle, link, link_text, flush, id, css."""
    engine = context.template.engine if context.template else template.engine.Engine.get_default()
    return engine.get_template("kit/card.html").render(template.Context({**options, "body": content}))


@register.inclusion_tag("kit/sort_header.html", takes_context=True)
def sort_header(context: template.Context, name: str, label: str, css: str = "") -> dict[str, Any]:
    """A table heading that sorts by `name` through the address: first ascending, then descending."""
    request: HttpRequest = context["request"]
    asked = str(request.GET.get("sort") or context.get("sort", ""))
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{name}" if asked == name else name
    state = {name: "ascending", f"-{name}": "descending"}.get(asked, "")
    return {"label": label, "state": state, "url": f"?{query.urlencode()}", "css": css, "target": context.get("target")}


@register.inclusion_tag("kit/chart.html")
def chart(option: dict[str, Any], title: str, height: str = "m", table: dict[str, Any] | None = None) -> dict[str, Any]:
    """An ECharts chart with its numbers as a table behind it; `height` is s, m or l."""
    key = f"chart-{uuid4().hex[:8]}"
    table = table or table_of(option)
    return {"option": option, "title": title, "height": height, "id": key, "script_id": f"{key}-data", "table": table}


@register.inclusion_tag("kit/status.html")
def status(level: str, text: str, icon_name: str = "") -> dict[str, str]:
    """A state as icon and word; `level` is good, warn, bad, info or neutral."""
    return {"level": level, "text": text, "icon_name": icon_name or LEVEL_ICONS[level]}


@register.inclusion_tag("kit/filter_bar.html", takes_context=True)
def filter_bar(context: template.Context, filterset: Any, target: str = "") -> dict[str, Any]:
    """The inputs of a django-filter set, its `more_fields` folded away.

    What is chosen stands in the address; the sort order stays.
    """
    request: HttpRequest = context["request"]
    kept = [
        (name, value) for name, value in request.GET.items() if name not in filterset.form.fields and name == "sort"
    ]
    folded = getattr(filterset, "more_fields", ())
    fields = filterset.form.visible_fields()
    return {
        "form": filterset.form,
        "target": target,
        "path": request.path,
        "kept": kept,
        "fields": [field for field in fields if field.name not in folded],
        "more": [field for field in fields if field.name in folded],
        "more_set": any(request.GET.get(name) for name in folded),
    }


@register.inclusion_tag("kit/filter_chips.html", takes_context=True)
def filter_chips(context: template.Context, filterset: Any) -> dict[str, Any]:
    """What is filtered at present, each with a way to take it away."""
    request: HttpRequest = context["request"]
    chips = chips_of(filterset.form, request.GET)
    return {"chips": chips, "clear_url": without(request.GET, filterset.form.fields)}


@register.filter
def elided(page: Page[Any]) -> Iterator[str | int]:
    """The page numbers worth a link: the ends and the neighbours."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def percent(ratio: float | None, decimals: int = 1) -> str:
    """0.892 → 89.2%."""
    return display.percent(ratio, decimals)


@register.filter
def thousands(number: int) -> str:
    """2722 → 2,722."""
    return f"{number:,}"


@register.filter
def duration_minutes(minutes: float | None) -> str:
    """95 → 1 h 35 min."""
    return display.duration(minutes)


@register.filter
def when(value: date | datetime | None) -> str:
    """A date or time as people say it, the exact one on hover. The web host's clock does: nothing is judged by it."""
    if value is None:
        return display.NOTHING
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        value.isoformat(),
        display.absolute(value),
        display.moment(value, timezone.now()),
    )


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as safe HTML, with its pictures."""
    return texts.render(text or "")


@register.filter
def plain(text: str) -> str:
    """Markdown as words alone, for lists."""
    return texts.plain(text or "")


@register.filter
def initials(person: object) -> str:
    return display.initials(str(person))


@register.filter
def hue(key: int | None) -> int:
    """A colour number for an avatar, the same for a person everywhere."""
    return (key or 0) % HUES


@register.filter
def own_name(code: str) -> str:
    """The name of a language in that language."""
    return OWN_NAMES.get(code, code)


@register.filter
def anchor(field: BoundField) -> str:
    """The id that a link in an error summary leads to."""
    return field.id_for_label or str(field.auto_id)


@register.filter
def html_lang(code: str) -> str:
    """zh-hans → zh-Hans, as the attribute `lang` wants it."""
    return to_locale(code).replace("_", "-")


@register.filter
def look(items: list[Any]) -> tuple[tuple[str, bool, int], ...]:
    """What decides how entries of the navigation look, as a key for `once`."""
    return tuple((item.url, item.active, getattr(item, "badge", 0)) for item in items)


@register.filter
def all_items(sections: list[Any]) -> list[Any]:
    return [item for section in sections for item in section.items]
