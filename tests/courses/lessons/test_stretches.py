from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from courses.lessons.stretches import fewer, first_of, joined, length, without

pairs = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)))


def moments(stretches):
    """Every millisecond in them: slow, and plainly right."""
    return {moment for begin, end in stretches for moment in range(begin, end)}


@given(pairs)
def test_joined_holds_the_same_moments_without_overlaps(given_pairs):
    result = joined(given_pairs)

    assert moments(result) == moments(given_pairs)
    assert length(result) == len(moments(given_pairs))
    assert all(a[1] < b[0] for a, b in pairwise(result))


@given(st.integers(0, 200), st.integers(0, 200), pairs)
def test_without_leaves_what_lies_outside(begin, end, taken):
    assert moments(without([begin, end], joined(taken))) == moments([(begin, end)]) - moments(taken)


@given(pairs, st.integers(-5, 300))
def test_first_of_is_the_beginning(given_pairs, most):
    stretches = joined(given_pairs)

    assert sorted(moments(first_of(stretches, most))) == sorted(moments(stretches))[: max(most, 0)]


@given(pairs, st.integers(1, 5))
def test_fewer_loses_nothing_and_keeps_the_newest_apart(given_pairs, most):
    stretches = joined(given_pairs)
    result = fewer(stretches, most)

    assert len(result) <= most or not stretches
    assert moments(stretches) <= moments(result)
    assert result[1:] == stretches[len(stretches) - len(result) + 1 :]
