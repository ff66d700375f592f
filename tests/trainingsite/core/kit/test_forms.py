"""How `{{ form }}` is drawn."""

import re

import pytest
from django import forms
from django.forms import formset_factory
from django.utils import translation

from trainingsite.core.forms import kit_class


class EnrolForm(forms.Form):
    half_width = ("starts_on",)
    more_fields = ("note",)

    title = forms.CharField(label="名称", help_text="学员会看到。")
    starts_on = forms.DateField(label="开始", required=False)
    place = forms.ChoiceField(label="地点", choices=[("a", "一楼"), ("b", "二楼")])
    remind = forms.BooleanField(label="提醒", required=False)
    days = forms.MultipleChoiceField(
        label="星期", choices=[("1", "周一"), ("2", "周二")], widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label="备注", required=False, max_length=3)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def html(form: forms.BaseForm) -> str:
    return re.sub(r"\s+", " ", str(form))


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("widget", "expected"),
    [
        (forms.TextInput(), "form-control"),
        (forms.Textarea(), "form-control"),
        (forms.FileInput(), "form-control"),
        (forms.Select(), "form-select"),
        (forms.SelectMultiple(), "form-select"),
        (forms.CheckboxInput(), "form-check-input"),
        (forms.RadioSelect(), "form-check-input"),
        (forms.CheckboxSelectMultiple(), "form-check-input"),
        (forms.NumberInput(attrs={"type": "range"}), "form-range"),
    ],
)
def test_each_input_has_its_class(widget: forms.Widget, expected: str) -> None:
    assert kit_class(widget) == expected


def test_field_has_label_help_and_joins_them() -> None:
    page = html(EnrolForm())
    assert '<label class="form-label required" for="id_title">名称</label>' in page
    assert 'aria-describedby="id_title_helptext"' in page
    assert '<div class="form-hint" id="id_title_helptext">学员会看到。</div>' in page


def test_unbound_form_shows_no_summary() -> None:
    assert "k-errors" not in html(EnrolForm())


def test_error_stands_at_the_field_and_in_the_summary_that_leads_to_it() -> None:
    page = html(EnrolForm({"place": "a"}))
    assert '<a href="#id_title">名称</a> · This field is required.' in page
    assert 'id="id_title_error"' in page
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert re.search(r'name="title"[^>]*class="form-control is-invalid"', page)
    assert 'aria-invalid="true"' in page


def test_error_of_the_whole_form_stands_in_the_summary() -> None:
    form = EnrolForm({"place": "a"})
    form.add_error(None, "The room is taken.")
    assert "<li>The room is taken.</li>" in html(form)


def test_error_of_the_whole_form_alone_needs_no_title() -> None:
    form = EnrolForm({"title": "x", "place": "a"})
    form.add_error(None, "The room is taken.")
    assert "<div>The room is taken.</div>" in html(form)
    assert "Please correct" not in html(form)


def test_half_width_fields_share_a_row_and_others_do_not() -> None:
    page = html(EnrolForm())
    assert '<div class="col-md-6" data-field="starts_on">' in page
    assert '<div class="col-12" data-field="title">' in page


def test_more_fields_are_folded_away() -> None:
    before, _, after = html(EnrolForm()).partition('<details class="k-more">')
    assert 'data-field="note"' not in before
    assert 'data-field="note"' in after


def test_more_field_with_an_error_is_not_hidden() -> None:
    before, _, after = html(EnrolForm({"title": "x", "place": "a", "note": "too long"})).partition("<details")
    assert 'data-field="note"' in before
    assert 'data-field="note"' not in after


def test_form_without_more_fields_shows_all_and_no_fold() -> None:
    class Plain(forms.Form):
        name = forms.CharField()

    page = html(Plain())
    assert 'data-field="name"' in page
    assert "<details" not in page


def test_box_stands_before_its_label() -> None:
    assert re.search(
        r'<input type="checkbox"[^>]*id="id_remind"[^>]*> <label class="form-check-label"', html(EnrolForm())
    )


def test_list_of_boxes_is_a_fieldset_with_a_legend() -> None:
    page = html(EnrolForm())
    assert '<fieldset class="k-fieldset" id="id_days" tabindex="-1"> <legend class="form-label">星期</legend>' in page
    assert page.count('name="days"') == 2
    assert re.search(r'name="days"[^>]*class="form-check-input"', page)


def test_summary_leads_to_a_fieldset_too() -> None:
    assert '<a href="#id_days">星期</a>' in html(EnrolForm({"title": "x", "place": "a", "days": ["9"]}))


def test_field_drawn_alone_has_the_class_and_keeps_its_own() -> None:
    form = EnrolForm()
    form.fields["title"].widget.attrs["class"] = "wide"
    assert 'class="form-control wide"' in str(form["title"])
    assert 'class="form-control wide"' in str(form["title"])  # drawing it twice adds nothing


def test_hidden_field_has_no_label_and_no_class() -> None:
    page = html(EnrolForm())
    assert '<input type="hidden" name="token" id="id_token">' in page


def test_rows_of_a_formset_are_named() -> None:
    rows = formset_factory(EnrolForm, extra=2)()
    page = html(rows)
    assert page.count('<fieldset class="k-formset-row">') == 2
    assert "Row 2" in page
    assert 'name="form-TOTAL_FORMS"' in page
