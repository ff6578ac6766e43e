"""Several OpenStreetMap files read as one; what each gave is kept until the build is done."""

from __future__ import annotations

import hashlib
import logging
import re
import time
import warnings
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridors.errors import DataError, UsageError
from corridors.sources.build.keep import keep, kept
from corridors.sources.build.natural_earth import code_of
from corridors.sources.build.osm import check_osm, read_part, read_versions
from corridors.sources.build.outline_columns import read_columns
from corridors.sources.build.parts import put_together
from corridors.sources.build.tags import DEFAULT_ROADS
from corridors.sources.build.versions import newest, numbered_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import geopandas as gpd

    from corridors.sources.build.ways import Ways

KEEP_SECONDS = 2.0
"""What was read in less than this is not worth keeping."""

_READ = 0.9
"""The share of reading when files are held against each other after it."""

_OTHERWISE = {"UK": "GB", "EL": "GR"}
"""Codes of others for countries that have another one in ISO 3166-1."""

_FORM = 3
"""Another number when what is kept changes its form or meaning."""

_RULES = ("tags", "values", "osm", "osm_tables", "outlines")
"""Modules that decide what a file gives: what others of theirs kept is not taken."""


def read_osm_files(
    files: Sequence[str | Path],
    folder: Path,
    *,
    countries: Sequence[str],
    roads: str = DEFAULT_ROADS,
    areas: bool = True,
    progress: Callable[[float], None] | None = None,
) -> Ways:
    """Return the ways of one or more OpenStreetMap files, merged.

    Parameters
    ----------
    files
        The files; the heads of all are looked at before the first is read.
    folder
        Where the ways of each file that takes long are kept, made if needed; those of a build before that read the same
        file, by name, size and time, in the same way are taken from there.
    countries, roads, areas
        As for :func:`corridors.sources.build.osm.read_osm`.
    progress
        Called with the share that is done, by bytes, from 0 to 1.

    Raises
    ------
    UsageError, DataError
        As :func:`corridors.sources.build.osm.read_osm`; DataError also if there is no line in any of the files.
    OutputError
        If the folder cannot be written.
    """
    paths = [Path(file) for file in files]
    for path in paths:
        check_osm(path)
    sizes = [path.stat().st_size for path in paths]
    parts = []
    for at, path in enumerate(paths):
        before, size, whole = sum(sizes[:at]), sizes[at], sum(sizes)

        def tell(share: float, before: int = before, size: int = size, whole: int = whole) -> None:
            if progress:
                progress((before + share * size) / whole * (1.0 if len(paths) == 1 else _READ))

        place = folder / f"{_key(path, countries, roads, areas)}.npz"
        found = kept(place)
        if found is None:
            begun = time.monotonic()
            found = read_part(path, countries=countries, roads=roads, areas=areas, progress=tell)
            if time.monotonic() - begun >= KEEP_SECONDS:
                keep(found, place)
        tell(1.0)
        parts.append(found)
    where = ", ".join(map(str, paths))
    ways = put_together(_newest(paths, parts), where)
    if progress:
        progress(1.0)
    if not len(ways.tail):
        raise DataError(f"{where}: no railway, road or ferry, expected some")
    return ways


def _newest(paths: Sequence[Path], parts: Sequence[Ways]) -> list[Ways]:
    """Return the maps of some files without what is outdated by another."""
    if len(parts) == 1:
        return [*parts]
    order = sorted(range(len(parts)), key=lambda i: parts[i].source["date"], reverse=True)
    parts = numbered_apart(parts)
    return newest([parts[i] for i in order], [partial(read_versions, paths[i]) for i in order])


def country_codes(text: str) -> tuple[str, ...]:
    """Return the countries that an option names.

    Raises
    ------
    UsageError
        If they are not codes of two letters joined by commas, or one stands twice.

    Examples
    --------
    >>> country_codes("RU, kz")
    ('RU', 'KZ')
    """
    codes = tuple(part.strip().upper() for part in text.split(","))
    meant = [_OTHERWISE.get(code) or code_of(code) or code for code in codes]
    if meant != [*codes]:
        raise UsageError(f"--countries {text!r}: expected codes of ISO 3166-1; did you mean {','.join(meant)}?")
    if not all(re.fullmatch(r"[A-Z]{2}", code) for code in codes) or len(set(codes)) < len(codes):
        raise UsageError(f"--countries {text!r}: expected different codes of two letters (ISO 3166-1), such as RU,KZ")
    return codes


def read_outlines(file: str | Path) -> gpd.GeoDataFrame:
    """Return the outlines of countries and regions of a file, columns ``AREA_COLUMNS``.

    Of several layers all are read that have a column of codes; which, and what else the user should know, stands in
    ``attrs["notes"]``.

    Raises
    ------
    DataError
        If it cannot be read, no column says which countries or regions they are, or no cell of it is a code.
    """
    import pandas as pd

    found: dict[str, gpd.GeoDataFrame] = {}
    problems = []
    layers = _read_layers(file)
    for name, layer in layers.items():
        try:
            found[name] = read_columns(layer, str(file) if len(layers) == 1 else f"{file}, {name}")
        except DataError as error:
            problems.append(error)
    if not found:
        raise problems[0]
    used = {name: table for name, table in found.items() if len(table)}
    if not used:
        raise DataError(
            f"{file}: no outline with a code of ISO 3166, expected polygons with codes such as KZ or KZ-YUZ"
        )
    outlines: gpd.GeoDataFrame = pd.concat(used.values(), ignore_index=True)
    notes = [note for table in used.values() for note in table.attrs["notes"]]
    if len(layers) > 1:
        others = [name for name in layers if name not in used]
        left = f"; without outlines of countries or regions: {', '.join(others)}" if others else ""
        notes.insert(0, f"{file}: layers read: {', '.join(used)}{left}")
    outlines.attrs["notes"] = tuple(notes)
    return outlines


def read_boundaries(file: str | Path) -> gpd.GeoDataFrame:
    """Return the outlines of a GeoPackage, GeoJSON or any other file that GDAL reads, of all its layers.

    Raises
    ------
    DataError
        If it cannot be read or holds no outline.
    """
    import geopandas
    import pandas as pd

    layers = [*_read_layers(file).values()]
    if len(layers) == 1:
        return layers[0]
    drawn = [geopandas.GeoDataFrame(geometry=layer.geometry.to_numpy(), crs=layer.crs) for layer in layers]
    degrees = [layer.set_crs("EPSG:4326") if layer.crs is None else layer.to_crs("EPSG:4326") for layer in drawn]
    together: gpd.GeoDataFrame = pd.concat(degrees, ignore_index=True)
    return together


def _read_layers(file: str | Path) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of a file that hold shapes, by name.

    Raises
    ------
    DataError
        If it cannot be read or there is none.
    """
    import geopandas
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

    path = Path(file)
    if not path.is_file():
        raise DataError(f"{path}: missing, expected a file")
    try:
        with _silence():
            names = [str(name) for name, kind in pyogrio.list_layers(path.absolute()) if kind is not None]
            read: dict[str, Any] = {name: geopandas.read_file(path.absolute(), layer=name) for name in names}
    except (DataSourceError, DataLayerError, FeatureError, GeometryError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).replace(str(path.absolute()), path.name).split())
        if "not recognized" in reason:  # what follows is advice on drivers of GDAL
            raise DataError(f"{path}: neither GeoPackage nor GeoJSON, or damaged, expected outlines") from error
        raise DataError(f"{path}: cannot be read: {reason[:200]}") from error
    found = {name: layer for name, layer in read.items() if isinstance(layer, geopandas.GeoDataFrame) and len(layer)}
    if not found:
        raise DataError(f"{path}: no outlines, expected polygons of countries or regions")
    return found


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the warnings of libraries from the terminal: they are advice to whoever calls them."""
    log = logging.getLogger("pyogrio")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)


def _key(path: Path, countries: Sequence[str], roads: str, areas: bool) -> str:
    state = path.stat()
    rules = b"".join(Path(__file__).with_name(f"{name}.py").read_bytes() for name in _RULES)
    asked = (
        _FORM,
        hashlib.sha256(rules).hexdigest(),
        str(path.absolute()),
        state.st_size,
        state.st_mtime_ns,
        sorted(countries),
        roads,
        areas,
    )
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:32]
