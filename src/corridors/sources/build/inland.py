"""Long straight edges between two points of a country that cut through its neighbour, bent to stay at home.

A source that draws a road of 200 km as one straight line shows crossings that are none. Its length tells: where a way
inside the country is no longer than the edge, that is where it is drawn.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.model.geo import great_circle_km

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridors.sources.build.areas import Areas
    from corridors.sources.build.ways import Ways

FIRST_ID = 20_000_000
"""Ids of the bends, in the order of the edges."""

INSIDE_DEGREES = 0.004
"""How far inside the outline a bend stands, some 400 m: less than the outline is off."""

LONGEST_RATIO = 1.01
"""How much longer than its edge a course may be: positions are rounded to 100 m."""

_FINE_DEGREES = 0.001


def keep_inland(ways: Ways, areas: Areas) -> tuple[Ways, int, int]:
    """Return lines whose straight segments do not leave their country where they need not.

    Parameters
    ----------
    ways
        Lines with their lengths. Segments without a length are left as they are.
    areas
        Countries: only segments that enter another of these are looked at.

    Returns
    -------
    tuple
        The lines, a bent segment standing as several that share its length; how many were bent; how many were not,
        since they are too short to stay inside.
    """
    import shapely

    country = areas.country_at(ways.lon, ways.lat)
    place = np.column_stack([ways.lon, ways.lat])
    home = np.where(country[ways.tail] == country[ways.head], country[ways.tail], -1)
    home[np.isnan(ways.length_km)] = -1
    home[np.abs(ways.lon[ways.tail] - ways.lon[ways.head]) > 180] = -1  # it leads the other way round
    lines: Any = shapely.linestrings(np.stack([place[ways.tail], place[ways.head]], axis=1))
    abroad = np.zeros(len(ways.tail), bool)
    for number, shape in enumerate(areas.shapes):
        look = np.flatnonzero((home >= 0) & (home != number))
        abroad[look] = abroad[look] | shapely.intersects(shape, lines[look])
    bends: dict[int, NDArray[np.float64]] = {}
    for segment in np.flatnonzero(abroad).tolist():
        course = inland_course(lines[segment], areas.shapes[home[segment]])
        if course is not None and _steps_km(course).sum() <= ways.length_km[segment] * LONGEST_RATIO:
            bends[segment] = course
    return _bent(ways, bends), len(bends), int(abroad.sum()) - len(bends)


def inland_course(line: Any, shape: BaseGeometry) -> NDArray[np.float64] | None:
    """Return the points of a short way between the ends of a line, inside a shape; None: none is found.

    The way goes along the outline from where the line leaves to where it comes back, and is pulled tight.

    Parameters
    ----------
    line
        Between two points of the shape, degrees.
    shape
        Polygon or multipolygon, degrees.

    Examples
    --------
    >>> from shapely import LineString, box
    >>> bay = box(0, 0, 4, 4) - box(1, -1, 3, 2)
    >>> inland_course(LineString([(0.5, 1), (3.5, 1)]), bay).round(1).tolist()
    [[0.5, 1.0], [1.0, 2.0], [3.0, 2.0], [3.5, 1.0]]
    """
    import shapely

    around = shapely.buffer(line, max(line.length / 2, 0.2)).bounds
    near = shapely.clip_by_rect(shape, *around)
    ends: Any = shapely.points(shapely.get_coordinates(line))
    inside = shapely.get_parts(shapely.buffer(near, -INSIDE_DEGREES))
    rings = [ring for part in inside for ring in (part.exterior, *part.interiors)]
    if not rings:
        return None
    ring: Any = min(rings, key=lambda r: float(shapely.distance(r, ends).sum()))
    met: Any = shapely.points(shapely.get_coordinates(shapely.intersection(line, ring)))
    met = met[np.argsort(shapely.line_locate_point(line, met))] if len(met) > 1 else ends
    first, last = map(float, shapely.line_locate_point(ring, met[[0, -1]]))
    shapely.prepare(near)
    courses = [_tight(np.vstack([line.coords[0], part, line.coords[-1]]), near) for part in _arcs(ring, first, last)]
    inner = [c for c in courses if c is not None]
    return min(inner, key=lambda c: float(_steps_km(c).sum())) if inner else None


def _arcs(ring: Any, first: float, last: float) -> list[NDArray[np.float64]]:
    """Return the two ways round a ring from one place on it to another."""
    import shapely
    from shapely.ops import substring

    low, high = min(first, last), max(first, last)
    through = shapely.get_coordinates(substring(ring, low, high))
    around = np.vstack([shapely.get_coordinates(substring(ring, *ends)) for ends in ((high, ring.length), (0, low))])
    return [through, around[::-1]] if first <= last else [through[::-1], around]


def _tight(points: NDArray[np.float64], shape: BaseGeometry) -> NDArray[np.float64] | None:
    """Return the points that a string through them keeps when it is pulled, inside a shape; None: it gets out."""
    import shapely

    points = shapely.get_coordinates(shapely.simplify(shapely.linestrings(points), _FINE_DEGREES))
    kept, at = [0], 0
    while at < len(points) - 1:
        onward = np.arange(at + 1, len(points))
        straight = shapely.linestrings(
            np.stack([np.broadcast_to(points[at], (len(onward), 2)), points[onward]], axis=1)
        )
        seen = onward[shapely.covers(shape, straight)]
        if not len(seen):
            return None
        at = int(seen[-1])
        kept.append(at)
    return points[kept]


def _steps_km(course: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = course.T
    return np.asarray(great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:]), float)


def _bent(ways: Ways, bends: dict[int, NDArray[np.float64]]) -> Ways:
    """Return lines with some segments replaced by the steps of their courses."""
    if not bends:
        return ways
    kept = np.ones(len(ways.tail), bool)
    kept[list(bends)] = False
    points = np.vstack([course[1:-1] for course in bends.values()])
    ids = np.arange(FIRST_ID, FIRST_ID + len(points))
    tail, head, way, km = [ways.tail[kept]], [ways.head[kept]], [ways.way[kept]], [ways.length_km[kept]]
    new = len(ways.ids)
    for segment, course in bends.items():
        steps = _steps_km(course)
        between = np.arange(new, new + len(course) - 2)
        new += len(between)
        chain = np.concatenate([[ways.tail[segment]], between, [ways.head[segment]]])
        tail.append(chain[:-1])
        head.append(chain[1:])
        way.append(np.full(len(steps), ways.way[segment]))
        km.append(ways.length_km[segment] * steps / steps.sum())
    return replace(
        ways,
        ids=np.concatenate([ways.ids, ids]),
        lon=np.concatenate([ways.lon, points[:, 0]]),
        lat=np.concatenate([ways.lat, points[:, 1]]),
        tail=np.concatenate(tail),
        head=np.concatenate(head),
        way=np.concatenate(way),
        length_km=np.concatenate(km),
    )
