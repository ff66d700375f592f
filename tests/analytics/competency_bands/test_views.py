"""The pages of bands and their door for machines."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics.competency_bands.actions import add_band, retire_band
from analytics.competency_bands.models import KpiBand
from courses.competencies.ready import load_ready_framework
from tests.analytics.competency_bands.conftest import BEGUN, SETTLED, USUAL
from tests.factories.profiles import competency
from trainingsite.people.access.roles import Role

URL = "/kpi-bands/"


@pytest.fixture
def hr(as_, hire):
    return as_(hire(Role.HR))


def typed(metric, of, *rows, cases=20):
    """What is sent: rows of where a band begins and its score."""
    data = {"metric": metric.pk, "competency": of.pk, "minimum_cases": cases}
    for number, (begins, score) in enumerate(rows, 1):
        data |= {f"from_{number}": begins, f"score_{number}": score}
    return data


def test_bands_are_read_in_words(hr, band):
    (row,) = hr.get(URL).context["rows"]
    assert [(words, step.score) for words, step in row[1]] == [("< 80%", 30), ("≥ 80%", 60), ("≥ 90%", 90)]


def test_a_supervisor_reads_and_does_not_write(as_, hire, band):
    client = as_(hire(Role.SUPERVISOR))
    page = client.get(URL)
    assert (page.status_code, page.context["may_edit"]) == (200, False)
    assert client.post(f"{URL}new/").status_code == 403


def test_hr_makes_bands(hr, metrics, empathy):
    data = typed(metrics["satisfaction"], empathy, ("", "30"), ("82.5", "60"), ("90", "90"))
    assert hr.post(f"{URL}new/", data)["Location"] == URL
    assert KpiBand.objects.get().bands[1] == {"from": "82.5", "score": "60"}


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ([("", "30"), ("90", "60"), ("80", "90")], ["from_3"]),
        ([("", "30"), ("80", "30")], ["score_2"]),
        ([("", "30"), ("101", "60")], ["from_2"]),
        ([("", "30"), ("80", "60"), ("90", "")], ["score_3"]),
        ([("", "30"), ("80", "60"), ("", ""), ("95", "99")], ["from_3", "score_3"]),
        ([("", "30")], ["from_2", "score_2"]),
        ([("", "x"), ("80", "1000")], ["score_1", "score_2"]),
    ],
)
def test_what_is_wrong_stands_at_its_row(hr, metrics, empathy, rows, fields):
    page = hr.post(f"{URL}new/", typed(metrics["satisfaction"], empathy, *rows))
    assert (page.status_code, sorted(page.context["form"].errors)) == (422, fields)
    assert KpiBand.objects.count() == 0


def test_two_bands_of_the_same_are_refused_at_the_competency(hr, band):
    data = typed(band.metric, band.competency, ("", "30"), ("80", "60"))
    assert list(hr.post(f"{URL}new/", data).context["form"].errors) == ["competency"]


def test_hr_changes_bands_and_keeps_their_metric(hr, band, metrics):
    data = typed(metrics["complaint-rate"], band.competency, ("", "20"), ("85", "70"))
    assert hr.post(f"{URL}{band.pk}/edit/", data).status_code == 302
    new = KpiBand.objects.in_use().get()
    assert (new.metric, new.bands[1]["from"], KpiBand.objects.count()) == (metrics["satisfaction"], "85", 2)


def test_the_form_shows_the_bands_that_are_there(hr, band):
    form = hr.get(f"{URL}{band.pk}/edit/").context["form"]
    assert [form[name].value() for name in ("from_2", "score_2", "from_3", "score_3")] == [80, 60, 90, 90]


def test_retired_bands_stand_with_the_earlier_ones(hr, band):
    hr.post(f"{URL}{band.pk}/retire/")
    assert hr.get(URL).context["rows"] == []
    assert [row[0] for row in hr.get(URL, {"retired": "1"}).context["rows"]] == [band]
    assert hr.get(f"{URL}{band.pk}/edit/").status_code == 404


def test_hr_takes_the_ready_bands(hr, metrics):
    load_ready_framework()
    assert hr.post(f"{URL}ready/").status_code == 302
    assert len(hr.get(URL).context["rows"]) == 3


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_a_fixed_number_of_queries(hr, metrics, number):
    for place in range(number):
        add_band(metrics["satisfaction"], competency(f"能力{place}"), USUAL, minimum_cases=1, at=BEGUN)
    hr.get(URL)
    with CaptureQueriesContext(connection) as made:
        hr.get(URL)
    assert len(made) <= 5


def test_machines_read_them(rest, band):
    retire_band(band, at=SETTLED)
    (row,) = rest("get", "/api/v1/kpi-bands/?metric__code=satisfaction").json()["results"]
    assert (row["metric"], row["competency"], row["bands"][1], row["minimum_cases"]) == (
        "satisfaction",
        "empathy",
        {"from": "80", "score": "60"},
        20,
    )
    assert row["retired_at"] is not None
    assert rest("get", "/api/v1/kpi-bands/?competency__code=typing").json()["results"] == []
