from tests.mentoring.ramp.conftest import APRIL
from trainingsite.people.access.roles import Role


def test_ramps_name_people_by_the_hr_systems_ids(hire, as_, rule, earlier, newcomer, reckoned):
    person = newcomer("王小明", APRIL, [60, 60, 60, 95, 95, 95, 95, 95], external_id="hr-n")
    reckoned()
    client = as_(hire(Role.API_CLIENT))

    (row,) = client.get("/api/v1/ramp/", {"person__external_id": "hr-n"}).json()["results"]

    assert (row.pop("modified_at"), row.pop("id")) > ("2026", 0)
    assert row == {
        "person": "hr-n",
        "first_contact_on": "2026-04-06",
        "proficient_on": "2026-04-10",
        "days": 5,
        "left": False,
        "reckoned_at": "2026-06-01T00:00:00+08:00",
    }
    assert person.ramp.days == 5


def test_filters_by_quarter_and_who_left(hire, as_, rule, earlier, newcomer, reckoned):
    newcomer("李走", APRIL, [60] * 3, external_id="hr-l", left_on=APRIL.replace(day=20))
    reckoned()
    client = as_(hire(Role.API_CLIENT))

    def whose(**query):
        return [row["person"] for row in client.get("/api/v1/ramp/", query).json()["results"]]

    assert whose(left=True) == ["hr-l"]
    assert whose(first_contact_on__gte="2026-04-01") == ["hr-l"]
    assert len(whose(first_contact_on__lte="2026-03-31")) == 6
