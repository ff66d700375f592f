"""Where the jobs of a graph are drawn: in layers by the longest way to them, with few crossings (Sugiyama's method)."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
Edge = tuple[K, K]
SWEEPS = 8


@dataclass(frozen=True)
class Layout(Generic[K]):
    """`layers` from the lowest on, each in order; `across` is the place of each node from left to right, from 0 on.

    An edge over more than one layer bends at a place of its own in each layer between: `bends`, by the edge.
    """

    layers: tuple[tuple[K, ...], ...]
    across: Mapping[K, float]
    bends: Mapping[Edge[K], tuple[float, ...]]
    wide: float


def lay_out(nodes: Sequence[K], edges: Sequence[Edge[K]]) -> Layout[K]:
    """The layout of a graph without cycles; the same for the same nodes and edges in the same order."""
    depth = depths(nodes, edges)
    rows: list[list[object]] = [[] for _layer in range(max(depth.values(), default=-1) + 1)]
    for node in nodes:
        rows[depth[node]].append(node)
    links, chains = _chained(edges, depth, rows)
    _untangle(rows, links)
    across = _across(rows, links)
    return Layout(
        layers=tuple(tuple(node for node in row if node in depth) for row in rows),
        across={node: across[node] for node in nodes},
        bends={edge: tuple(across[bend] for bend in chain) for edge, chain in chains.items()},
        wide=max(across.values(), default=0.0),
    )


def depths(nodes: Sequence[K], edges: Sequence[Edge[K]]) -> dict[K, int]:
    """How many edges the longest way to each node has."""
    after: defaultdict[K, list[K]] = defaultdict(list)
    waits = dict.fromkeys(nodes, 0)
    for begin, end in edges:
        after[begin].append(end)
        waits[end] += 1
    depth = dict.fromkeys(nodes, 0)
    ready = [node for node in nodes if not waits[node]]
    for node in ready:  # grows while it is walked
        for end in after[node]:
            depth[end] = max(depth[end], depth[node] + 1)
            waits[end] -= 1
            if not waits[end]:
                ready.append(end)
    return depth


Links = list[tuple[object, object]]


def _chained(
    edges: Sequence[Edge[K]], depth: Mapping[K, int], rows: list[list[object]]
) -> tuple[Links, dict[Edge[K], list[object]]]:
    """Edges cut where they pass a layer; the bends take their places in the rows."""
    links: Links = []
    chains: dict[Edge[K], list[object]] = {}
    for begin, end in edges:
        between = range(depth[begin] + 1, depth[end])
        chain: list[object] = [("bend", begin, end, layer) for layer in between]
        for layer, bend in zip(between, chain, strict=True):
            rows[layer].append(bend)
        way = [begin, *chain, end]
        links += list(pairwise(way))
        chains[begin, end] = chain
    return links, chains


def _untangle(rows: list[list[object]], links: Links) -> None:
    """Put each row in the order of the middle of its neighbours, up and down some times."""
    below, above = _neighbours(links)
    for sweep in range(SWEEPS):
        upward = sweep % 2 == 0
        order = range(1, len(rows)) if upward else range(len(rows) - 2, -1, -1)
        near = below if upward else above
        for index in order:
            place = {node: at for at, node in enumerate(rows[index - 1 if upward else index + 1])}
            old = {node: at for at, node in enumerate(rows[index])}
            rows[index].sort(key=lambda node: _middle([place[n] for n in near[node]], old[node]))


def _across(rows: list[list[object]], links: Links) -> dict[object, float]:
    """Places from left to right: near the neighbours, at least one apart."""
    below, above = _neighbours(links)
    across = {node: float(at) for row in rows for at, node in enumerate(row)}
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = [_middle([across[n] for n in [*below[node], *above[node]]], across[node]) for node in row]
            across.update(zip(row, _apart(wanted), strict=True))
    left = min(across.values(), default=0.0)
    return {node: at - left for node, at in across.items()}


def _apart(wanted: Sequence[float]) -> list[float]:
    """The places nearest to those wanted that keep the order and are one apart: what is pushed right moves all left."""
    placed: list[float] = []
    for place in wanted:
        placed.append(max(place, placed[-1] + 1) if placed else place)
    shift = sum(at - place for at, place in zip(placed, wanted, strict=True)) / len(placed) if placed else 0.0
    return [at - shift for at in placed]


def _neighbours(links: Links) -> tuple[defaultdict[object, list[object]], defaultdict[object, list[object]]]:
    below: defaultdict[object, list[object]] = defaultdict(list)
    above: defaultdict[object, list[object]] = defaultdict(list)
    for begin, end in links:
        below[end].append(begin)
        above[begin].append(end)
    return below, above


def _middle(places: Sequence[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise
