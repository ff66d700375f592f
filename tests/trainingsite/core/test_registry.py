import pytest

from trainingsite.core.registry import Registry


def test_things_are_kept_by_name_in_order():
    registry: Registry[str] = Registry("kind")
    registry.register("b", "two")
    registry.registers("a")("one")

    assert (registry.items(), list(registry), registry["a"], "c" in registry) == (
        [("b", "two"), ("a", "one")],
        ["b", "a"],
        "one",
        False,
    )


def test_same_thing_twice_is_harmless_another_is_refused():
    registry: Registry[object] = Registry("kind")
    thing = object()
    registry.register("a", thing)
    registry.register("a", thing)

    with pytest.raises(ValueError, match="kind 'a' is registered twice"):
        registry.register("a", object())
