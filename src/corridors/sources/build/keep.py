"""Ways kept in a file, so that an interrupted build goes on where it was: arrays and JSON, nothing that can run."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.errors import CorridorsError
from corridors.files import make_folder, whole_file
from corridors.sources.build.osm_tables import spot_table, way_table
from corridors.sources.build.ways import AREA_COLUMNS, Ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    import pandas as pd

_ARRAYS = ("ids", "lon", "lat", "tail", "head", "way", "length_km")


def place_of(out: str | Path) -> Path:
    """Return where a directory that is to be built will lie: where the link points, if its path is one.

    Examples
    --------
    >>> place_of("some/../mynetwork") == Path.cwd() / "mynetwork"
    True
    """
    target = Path(os.path.abspath(out))  # noqa: PTH100  .. is taken out, a link on the way is not followed
    return Path(os.path.realpath(target)) if target.is_symlink() else target


def working_path(out: str | Path) -> Path:
    """Return the path of a hidden folder beside what is built, for all that is not yet whole.

    Examples
    --------
    >>> working_path("mynetwork").name
    '.mynetwork.part'
    """
    target = place_of(out)
    beside = next(p for p in target.parents if p.is_dir())
    return beside / f".{target.name[:80]}.part"


@contextmanager
def working_folder(out: str | Path) -> Iterator[Path]:
    """Give the path of a hidden folder beside what is built; nobody has made it yet.

    When the block ends, well or because of what came in, the folder is removed. When it is interrupted the folder
    stays, and the next build finds what it holds.

    Examples
    --------
    >>> import tempfile
    >>> with working_folder(Path(tempfile.mkdtemp()) / "new" / "mynetwork") as folder:
    ...     folder.name
    '.mynetwork.part'
    """
    folder = working_path(out)
    try:
        yield folder
    except CorridorsError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


def keep(ways: Ways, path: Path) -> None:
    """Write ways into a file, whole or not at all.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    make_folder(path.parent)
    tables = {
        "ways": _lists(ways.ways),
        "spots": _lists(ways.spots),
        "areas": None if ways.areas is None else _area_lists(ways.areas),
        "source": ways.source,
        "notes": ways.notes,
    }
    text = np.frombuffer(json.dumps(tables, ensure_ascii=True).encode(), np.uint8)
    with whole_file(path) as draft, draft.open("wb") as stream:
        np.savez(stream, tables=text, **{name: getattr(ways, name) for name in _ARRAYS})


def kept(path: Path) -> Ways | None:
    """Return the ways of a file that :func:`keep` wrote; None if there is none, or it is damaged.

    Examples
    --------
    >>> kept(Path("nowhere/at-all.npz")) is None
    True
    """
    with suppress(Exception):  # whatever is wrong with it: it is made anew
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as found:
            tables = json.loads(bytes(found["tables"]))
            arrays = {name: found[name] for name in _ARRAYS}
        return Ways(
            **arrays,
            ways=way_table(tables["ways"]),
            spots=spot_table(tables["spots"]),
            areas=None if tables["areas"] is None else _areas(tables["areas"]),
            source=tables["source"],
            notes=tuple(tables["notes"]),
        )
    return None


def _lists(table: pd.DataFrame) -> dict[str, list[Any]]:
    plain = table.astype(object)
    return {str(name): plain[name].where(plain[name].notna(), None).tolist() for name in plain}


def _area_lists(areas: gpd.GeoDataFrame) -> dict[str, list[Any]]:
    return {**_lists(areas.drop(columns="geometry")), "geometry": [s and s.wkb_hex for s in areas.geometry]}


def _areas(columns: dict[str, list[Any]]) -> gpd.GeoDataFrame:
    import geopandas
    import shapely

    shapes = shapely.from_wkb(columns["geometry"])
    return geopandas.GeoDataFrame({**columns, "geometry": shapes}, columns=[*AREA_COLUMNS], crs=4326)
