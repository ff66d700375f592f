import pytest

from tests.factories.people import PositionFactory
from trainingsite.core.errors import Refused
from trainingsite.core.outcome import Outcome, RowsRefused
from trainingsite.people.models import Position
from trainingsite.people.positions.actions import delete_position, save_position, upsert_positions

pytestmark = pytest.mark.django_db


def test_upsert_creates_renames_and_repeats_without_change():
    rows = [{"external_id": "P1", "name": "售前客服"}, {"external_id": "P2", "name": "售后客服"}]
    outcomes = [upsert_positions(rows), upsert_positions(rows), upsert_positions([rows[0] | {"name": "售前顾问"}])]

    assert outcomes == [Outcome(created=2), Outcome(unchanged=2), Outcome(changed=1)]
    assert dict(Position.objects.values_list("external_id", "name")) == {"P1": "售前顾问", "P2": "售后客服"}


def test_faulty_rows_are_named_and_nothing_is_kept():
    with pytest.raises(RowsRefused) as caught:
        upsert_positions([{"external_id": "P1", "name": "售前客服"}, {"external_id": "P1", "name": ""}])

    assert [(p.row, p.field, p.code) for p in caught.value.problems] == [
        (2, "name", "required"),
        (2, "external_id", "duplicate"),
    ]
    assert not Position.objects.exists()


def test_taken_id_is_refused():
    PositionFactory(external_id="P1")

    with pytest.raises(Refused) as caught:
        save_position(None, name="质检", external_id="P1")
    assert caught.value.field == "external_id"


def test_held_position_stays(hire):
    position = PositionFactory()
    hire(position=position)

    with pytest.raises(Refused, match="售后客服"):
        delete_position(position)
