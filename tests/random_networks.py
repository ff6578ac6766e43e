"""Random small networks of two or three countries, for hypothesis."""

from __future__ import annotations

import toy
from hypothesis import strategies as st

from corridors.model.network import Network

COUNTRIES = ("RU", "KZ", "UZ")


@st.composite
def networks(draw: st.DrawFn, countries: int | None = None) -> Network:
    """Directed multigraphs with parallel links, links of no length, and one or more crossings between countries.

    Lengths and waits are small whole numbers: ties are frequent, and sums exact.
    """
    names = COUNTRIES[: countries or draw(st.integers(2, 3))]
    inland = [f"{c.lower()}{i}" for c in names for i in range(draw(st.integers(2, 4)))]
    of = {n: n[:2].upper() for n in inland}
    km = st.integers(0, 9)
    links = []

    def link(a: str, b: str) -> None:
        one_way = draw(st.sampled_from(["", "", "> "]))
        links.append(f"{a} {one_way}{b} {draw(km)}")

    for _ in range(draw(st.integers(len(inland) - 1, 2 * len(inland)))):
        a = draw(st.sampled_from(inland))
        same = [n for n in inland if of[n] == of[a] and n != a]
        link(a, draw(st.sampled_from(same)))
    crossings, waits = {}, []
    for number in range(draw(st.integers(1, 5))):
        a, b = draw(st.permutations(names))[:2]
        x = f"x{number}"
        crossings[x] = {"hours_per_day": draw(st.sampled_from([None, None, 24, 12]))}
        for country in (a, b):
            for end in draw(
                st.lists(st.sampled_from([n for n in inland if of[n] == country]), min_size=1, max_size=2, unique=True)
            ):
                link(*draw(st.permutations([end, x])))
        for direction in (f"{a}>{b}", f"{b}>{a}"):
            for traffic in ("entry", "transit"):
                if draw(st.booleans()):
                    waits.append(f"{x} {direction} {traffic} {draw(st.integers(0, 15))} fee={draw(st.integers(0, 9))}")
    return toy.network(
        "\n".join([*(f"{n} {of[n]} {of[n]}-{i % 2} {1 + i % 3}" for i, n in enumerate(inland)), *crossings]),
        "\n".join(links),
        "\n".join(waits),
        crossings=crossings,
        assumptions={"wait_h.lorry": 2.0, "value_of_time_usd_per_h.freight": 2.0},
    )


def crossing_sets(net: Network) -> st.SearchStrategy[frozenset[str]]:
    """Any crossings of a network."""
    return st.frozensets(st.sampled_from(list(net.crossings.index)))
