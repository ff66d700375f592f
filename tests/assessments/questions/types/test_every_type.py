"""What holds for every type, whatever it asks."""

import json
from contextlib import suppress
from html.parser import HTMLParser
from random import Random

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.types.base import type_of
from tests.assessments.questions.types.samples import SAMPLES, checked
from trainingsite.core.errors import Refused

KINDS = list(SAMPLES)
EVERYTHING = ("right", "solution", "feedback", "explanation", "answers", "marks")
every_kind = pytest.mark.parametrize("kind", KINDS)
seeds = st.one_of(st.none(), st.integers(0, 10_000))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text("ab1[]", max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab12", max_size=2), inner, max_size=4),
    max_leaves=8,
)


def order_of(kind, content, seed):
    return type_of(kind).order(content, None if seed is None else Random(seed))


def ask(kind, content, order, answer=None):
    parts = type_of(kind).asked(content, order, answer)
    return render_to_string(type_of(kind).ask_template, {"parts": parts, "name": "q-1"})


@every_kind
def test_what_is_checked_twice_stays_the_same(kind):
    content = checked(kind)
    assert type_of(kind).check(content) == content
    assert checked(kind) == content  # so that an import that changes nothing makes no version
    assert json.loads(json.dumps(content)) == content


@every_kind
@given(seed=seeds)
def test_all_right_earns_everything_and_nothing_earns_nothing(kind, seed):
    found, content = type_of(kind), checked(kind)
    order = order_of(kind, content, seed)
    kept = found.accept(content, order, json.loads(json.dumps(found.right(content))))
    assert (found.grade(content, kept), found.grade(content, None)) == (1, 0)
    assert found.accept(content, order, kept) == kept


@every_kind
@given(answer=json_values, seed=seeds)
def test_any_other_answer_is_refused_or_earns_a_part(kind, answer, seed):
    found, content = type_of(kind), checked(kind)
    kept = accepted(kind, content, order_of(kind, content, seed), answer)
    assert 0 <= found.grade(content, kept) <= 1
    assert isinstance(found.summary(content, kept), str)
    json.dumps(kept)


def accepted(kind, content, order, answer):
    """The answer as it is kept, None when it was refused; anything but a refusal is a fault."""
    with suppress(Refused):
        return type_of(kind).accept(content, order, answer)


def names_of_the_right(value, inside=""):
    """The paths in what is asked that say what is right."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from names_of_the_right(inner, f"{inside}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from names_of_the_right(inner, inside)
    elif inside.rpartition(".")[2] in {"correct", "credit", "match", "right", "feedback", "explanation", "answers"}:
        yield inside


@every_kind
@given(seed=seeds)
def test_what_is_asked_tells_nothing(kind, seed):
    content = checked(kind)
    order = order_of(kind, content, seed)
    assert list(names_of_the_right(type_of(kind).asked(content, order, None))) == []
    html = ask(kind, content, order)
    assert not any(
        word in html for word in ("correct", "credit", "a-right", "推卸责任", "先道歉", "看签收的天数", "原路")
    )


@every_kind
def test_another_right_answer_is_asked_with_the_same_words(kind):
    """Two contents that differ only in what is right look alike."""
    content = checked(kind)
    turned = turned_of(kind, content)
    assert turned != content
    order = order_of(kind, content, 5)
    assert ask(kind, turned, order) == ask(kind, content, order)


def turned_of(kind, content):
    """The content with another right answer and the same ids."""
    turned = json.loads(json.dumps(content))
    rows = turned.get("options", [])
    for row in rows:
        row.update({"correct": not row["correct"]} if "correct" in row else {"credit": 100 - row["credit"]})
    if kind == "matching":
        matches = [row["match"] for row in turned["stems"]]
        for row, match in zip(turned["stems"], [*matches[1:], matches[0]], strict=True):
            row["match"] = match
    for row in turned.get("answers", []):
        row["credit"] = 100 - row["credit"]
    turned.get("items", []).reverse()
    for gap in turned.get("gaps", []):
        for row in gap.get("options", []):
            row["correct"] = not row["correct"]
        for row in gap.get("answers", []):
            row["text"] += "!"
    for part in turned.get("parts", []):
        part["content"] = turned_of(part["kind"], part["content"])
    return turned


@every_kind
@given(seed=seeds)
def test_a_form_without_scripts_gives_the_shown_answer_back(kind, seed):
    found, content = type_of(kind), checked(kind)
    order = order_of(kind, content, seed)
    right = found.accept(content, order, found.right(content))
    assert found.accept(content, order, found.from_form(sent_by(ask(kind, content, order, right)), "q-1")) == right
    assert found.accept(content, order, found.from_form(sent_by(ask(kind, content, order)), "q-1")) is None


class FormReader(HTMLParser):
    """What a browser without scripts would send of a part of a form."""

    def __init__(self):
        super().__init__()
        self.pairs, self.select = {}, ""

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "select":
            self.select, self.pairs[at["name"]] = at["name"], [""]
        elif tag == "option" and "selected" in at:
            self.pairs[self.select] = [at["value"]]
        elif tag == "input" and (at["type"] in {"text", "hidden"} or "checked" in at):
            self.pairs.setdefault(at["name"], []).append(at["value"])


def sent_by(html):
    reader, data = FormReader(), QueryDict(mutable=True)
    reader.feed(html)
    for name, values in reader.pairs.items():
        data.setlist(name, values)
    return data


@every_kind
def test_texts_go_out_and_come_back(kind):
    found, content = type_of(kind), checked(kind)
    texts = found.texts(content)
    assert found.with_texts(content, texts) == content
    other = {path: text if "[[" in text else f"{text} (en)" for path, text in texts.items()}
    assert found.texts(found.with_texts(content, other)) == other
    assert found.with_texts(content, {}) == content


@every_kind
def test_every_choice_has_a_key_and_the_right_ones_earn_everything(kind):
    found, content = type_of(kind), checked(kind)
    keys = {(key.part, key.key): key for key in found.keys(content)}
    assert all(0 <= key.fraction <= 1 and key.text for key in keys.values())
    chosen = found.chosen(content, found.right(content))
    assert all(keys[pair].fraction > 0 for pair in chosen)
    assert chosen
    assert 0 < found.guess(content) < 1 or kind in {"short", "numerical"}  # nobody guesses what is typed


@every_kind
@pytest.mark.parametrize("answered", [True, False])
def test_the_review_shows_only_what_may_be_seen(kind, answered):
    found, content = type_of(kind), checked(kind)
    parts = found.told(content, order_of(kind, content, 3), found.right(content) if answered else None)
    shown = render_to_string(found.review_template, {"parts": parts, "see": EVERYTHING, "mine": True})
    hidden = render_to_string(found.review_template, {"parts": parts, "see": (), "mine": True})
    assert shown != hidden
    assert not any(mark in hidden for mark in ("a-right", "a-wrong", "a-half", "推卸责任", "看签收的天数"))


@every_kind
@pytest.mark.parametrize(
    "junk", [{}, {"options": "x"}, {"options": [3]}, {"parts": {}}, {"items": [[]]}, {"gaps": [""]}]
)
def test_a_content_of_another_shape_is_refused_in_words(kind, junk):
    with pytest.raises(Refused) as refusal:
        type_of(kind).check(junk)
    assert refusal.value.field in {"answers", "options", "stems", "choices", "items", "text", "gaps", "parts"}
