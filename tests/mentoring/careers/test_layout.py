from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.careers.layout import depths, lay_out

graphs = st.integers(2, 12).flatmap(
    lambda n: st.lists(
        st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda edge: edge[0] < edge[1]),
        max_size=20,
        unique=True,
    ).map(lambda edges: (list(range(n)), edges))
)


def test_a_job_stands_above_all_that_lead_to_it():
    assert depths("abcd", [("a", "b"), ("b", "c"), ("a", "c"), ("a", "d")]) == {"a": 0, "b": 1, "c": 2, "d": 1}


def test_an_edge_over_two_layers_bends_in_the_one_between_and_does_not_cross_a_box():
    found = lay_out("abc", [("a", "b"), ("b", "c"), ("a", "c")])

    assert found.layers == (("a",), ("b",), ("c",))
    [bend] = found.bends["a", "c"]
    assert (abs(bend - found.across["b"]) >= 1, found.bends["a", "b"]) == (True, ())


def test_crossed_edges_are_untangled():
    found = lay_out("abxy", [("a", "y"), ("b", "x")])

    assert found.layers == (("a", "b"), ("y", "x"))


def test_nothing_is_laid_out_as_nothing():
    assert lay_out([], []).layers == ()


def test_what_goes_round_in_a_circle_does_not_hang():
    assert lay_out("ab", [("a", "b"), ("b", "a")]).layers == (("a", "b"),)


@given(graphs)
@settings(max_examples=50, deadline=None)
def test_every_edge_leads_up_and_no_two_boxes_of_a_layer_overlap(graph):
    nodes, edges = graph
    found = lay_out(nodes, edges)

    layer = {node: level for level, row in enumerate(found.layers) for node in row}
    assert sorted(layer) == nodes
    assert all(layer[begin] < layer[end] for begin, end in edges)
    assert all(len(found.bends[edge]) == layer[edge[1]] - layer[edge[0]] - 1 for edge in edges)
    for row in found.layers:
        places = sorted(found.across[node] for node in row)
        assert all(after - before > 0.99 for before, after in pairwise(places))
    assert min(found.across.values()) >= 0
