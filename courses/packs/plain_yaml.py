"""YAML that people write, read as plain values: no aliases, no objects, no name twice."""

from typing import Any

import yaml
from django.utils.translation import gettext as _

# What reading may raise; a YAMLError may know the line by its `problem_mark`.
BROKEN = (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # chosen at run time
    """Plain values only; a name that is repeated in a mapping is an error."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _value in node.value:
            if str(key.value) in seen:
                problem = _("“%(value)s” stands here twice") % {"value": key.value}
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


def load(text: str) -> Any:
    """The values in the text; an alias is an error, since a few lines of them make gigabytes."""
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            mark: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem=_("aliases are not taken"), problem_mark=mark)
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - built on SafeLoader
