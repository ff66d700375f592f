"""Ports and passwords between starts."""

import socket
from pathlib import Path

import pytest

from trainingsite.embedded.state import EmbeddedError, State, is_free, pick_port


def test_state_is_the_same_after_a_restart(tmp_path: Path) -> None:
    state = State.load(tmp_path)
    state.postgres_port = 4321
    state.save(tmp_path)
    assert State.load(tmp_path) == state


def test_two_places_have_different_passwords(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert State.load(tmp_path).owner_password != State.load(tmp_path / "other").owner_password


@pytest.mark.parametrize("text", ["{", '{"unknown": 1}', "[]"])
def test_damaged_state_is_named_and_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "embedded.json"
    path.write_text(text)
    with pytest.raises(EmbeddedError, match=r"embedded\.json is damaged"):
        State.load(tmp_path)
    assert path.read_text() == text


def test_remembered_port_is_kept_while_it_is_free() -> None:
    port = pick_port(0)
    assert pick_port(port) == port


def test_taken_port_is_replaced() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        assert not is_free(taken)
        assert pick_port(taken) != taken
