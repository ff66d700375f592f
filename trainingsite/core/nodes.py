"""Template nodes of the page kit that no simple tag can be."""

from collections import OrderedDict
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 256


class AgainNode(template.Node):
    """Renders a block of the page a second time."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
        block = blocks and blocks.get_block(self.name)
        return SafeString(block.render(context).strip()) if block else SafeString("")


class OnceNode(template.Node):
    """Renders its content once for each language and each value of its keys, and keeps the text in this process."""

    def __init__(self, content: NodeList, keys: list[FilterExpression]) -> None:
        self.content = content
        self.keys = keys
        self.kept: OrderedDict[Any, SafeString] = OrderedDict()

    def render(self, context: template.Context) -> SafeString:
        key = (get_language(), *(expression.resolve(context) for expression in self.keys))
        text = self.kept.get(key)
        if text is None:
            text = self.kept[key] = self.content.render(context)
            if len(self.kept) > KEPT:
                self.kept.popitem(last=False)
        return text
