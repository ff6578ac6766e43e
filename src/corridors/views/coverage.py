"""The coverage report: what the network holds of what there is, as a dated page in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corridors.analysis.coverage import Coverage

_HEADINGS = {
    "rail_length_known": "Rail km with a published or measured length",
    "road_length_known": "Road km with a published or measured length",
    "length_within_bounds": "Links between the great circle of their ends and 1.6 times it",
    "chord_at_most_60_km": "Links without a chord over 60 km",
    "crossing_on_border": "Land crossings within 2 km of the border line",
    "crossing_position_known": "Crossings whose position is not estimated",
    "station_near_railway": "Stations of the border regions within 3 km of a railway of the network",
    "station_joined": "Of those with neighbours in the tariff guide that are on a railway, too: joined to all of them",
    "station_covered": "Stations of the border regions on a railway and cut off from no neighbour",
    "station_position_doubtful": "Stations of the reference list that stand where a namesake is",
    "checkpoint_pair": "Pairs of checkpoints of the queue system's list",
}


def coverage_page(found: Coverage) -> str:
    """Return a coverage as Markdown: the measures, and everything left out with its reason.

    Examples
    --------
    >>> import corridors as co
    >>> from corridors.analysis.coverage import coverage
    >>> coverage_page(coverage(co.load())).startswith("# Coverage")
    True
    """
    parts = ["# Coverage", "", f"As of {found.settings['date']}, written by `make coverage`; do not edit.", ""]
    parts += ["| measure | found | of | share | aim |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, row in found.table.iterrows():
        numbers = f"{row['found']:,.0f} | {row['of']:,.0f} {row['unit']}".replace(",", " ")
        share = f"{row['share']:.1%}" if row["of"] else "–"
        parts.append(f"| {_HEADINGS[str(name)]} | {numbers} | {share} | {row['aim']:.0%} |")
    for name, rows in found.left_out.groupby("measure", sort=False):
        parts += ["", f"## {_HEADINGS[str(name)]}: {len(rows)} left out", "", "| what | why |", "| --- | --- |"]
        parts += [f"| {what} | {why} |" for what, why in zip(rows["what"], rows["why"], strict=True)]
    return "\n".join(parts) + "\n"
