"""Every format a network can be written in: what each keeps, and the one function that writes them."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corridors.errors import UsageError
from corridors.files import whole_file, whole_folder
from corridors.model.network import TABLE_FIELDS

if TYPE_CHECKING:
    from corridors.model.network import Network

ASSUMPTIONS, OUTLINES = "assumptions", "outlines"


class Format(NamedTuple):
    """A format: what it is called, what it keeps, who writes it."""

    name: str
    suffixes: tuple[str, ...]
    """Of the file; none: a folder."""
    keeps: tuple[str, ...]
    """Tables, and ``assumptions`` and ``outlines`` where it has them."""
    writer: str
    """Module beside this one, and function."""
    changes: str = ""
    """What is otherwise than in the tables, in a sentence."""
    needs: str = ""
    """A package that an extra installs."""


_ALL = (*TABLE_FIELDS, ASSUMPTIONS, OUTLINES)
_GRAPH = ("nodes", "links", "crossing_links")

_FORMATS = (
    Format("gmns", (), _ALL, "gmns.write_gmns"),
    Format("geopackage", (".gpkg",), _ALL, "geofiles.write_geopackage"),
    Format("geojson", (".geojson", ".json"), (*_GRAPH, "crossings", "places"), "geofiles.write_geojson"),
    Format("graphml", (".graphml", ".xml"), _GRAPH, "graphfiles.write_graphml"),
    Format(
        "osmnx",
        (".graphml", ".xml"),
        _GRAPH,
        "graphfiles.write_osmnx",
        changes="osmnx reads columns of ours back as text, unless load_graphml is told their types",
    ),
    Format("parquet", (), _ALL, "geofiles.write_parquet", needs="pyarrow"),
    Format("geoparquet", (), _ALL, "geofiles.write_geoparquet", needs="pyarrow"),
)
FORMATS: dict[str, Format] = {f.name: f for f in _FORMATS}
"""All formats by name."""
_EXTRA = {"pyarrow": "fast"}
_BESIDE = ("LICENSE.md", "scenarios")
_NOTES = ("notes.txt", "gaps.csv", "joined.csv")  # of a build, beside the folder network


def export(network: Network, path: str | Path, *, to: str) -> Path:
    """Write a network in a format of other tools, whole or not at all.

    Parameters
    ----------
    network
        What to write.
    path
        A file, replaced if it is there (``geopackage``, ``geojson``, ``graphml``, ``osmnx``), or a new or empty
        folder (``gmns``, ``parquet``, ``geoparquet``).
    to
        The format. What each keeps is in ``docs/formats.md``, what of this network one leaves out in
        :func:`left_out`.

    Returns
    -------
    pathlib.Path
        What was written.

    Raises
    ------
    UsageError
        If the format or the suffix is unknown, or the format needs a package that is not installed.
    OutputError
        If it cannot be written, or the folder holds something.
    DataError
        If a text or outline of the network cannot stand in the format.

    Examples
    --------
    >>> import corridors as co, tempfile, geopandas
    >>> file = co.export(co.load(), tempfile.mkdtemp() + "/border.gpkg", to="geopackage")
    >>> len(geopandas.read_file(file, layer="links")) == len(co.load().links)
    True
    """
    form = check_export(path, to)
    target = Path(path)
    module, _, function = form.writer.partition(".")
    write = getattr(import_module(f"corridors.sources.exchange.{module}"), function)
    with whole_file(target) if form.suffixes else whole_folder(target) as draft:
        if form.suffixes:
            draft.touch()  # where nothing can be written the system says why; GDAL does not
        write(network, draft)
    return target


def check_export(path: str | Path, to: str) -> Format:
    """Return the format called ``to``, if it can be written there.

    Raises
    ------
    UsageError
        If the format or the suffix is unknown, or the format needs a package that is not installed.

    Examples
    --------
    >>> check_export("border.gpkg", "geopackage").name
    'geopackage'
    """
    if to not in FORMATS:
        raise UsageError(f"format {to!r} is unknown, expected one of {', '.join(FORMATS)}")
    form = FORMATS[to]
    if form.suffixes and Path(path).suffix.lower() not in form.suffixes:
        raise UsageError(f"file {str(path)!r}: expected a name that ends in {' or '.join(form.suffixes)} for {to}")
    if form.needs and find_spec(form.needs) is None:
        raise UsageError(f"format {to!r} needs {form.needs}: expected pip install 'corridors[{_EXTRA[form.needs]}]'")
    return form


def left_out(network: Network, to: str) -> list[str]:
    """Return what of a network a format leaves out: tables that hold rows, ``assumptions``, ``outlines``.

    Examples
    --------
    >>> import corridors as co
    >>> left_out(co.load(), "geopackage"), "waits" in left_out(co.load(), "graphml")
    ([], True)
    """
    there = [name for name in TABLE_FIELDS if len(network.table(name))]
    there += [ASSUMPTIONS, *([OUTLINES] if network.outlines else [])]
    return [name for name in there if name not in FORMATS[to].keeps]


def beside_tables(folders: dict[str, Path]) -> list[str]:
    """Return the files that lie beside the tables of a network and that no format holds.

    Parameters
    ----------
    folders
        As :func:`corridors.sources.tables.find_folders` returns them.

    Examples
    --------
    >>> from corridors.sources.tables import find_folders
    >>> beside_tables(find_folders(None, None))
    ['network/LICENSE.md', 'data/LICENSE.md', 'data/scenarios']
    """
    found = [f"{key}/{name}" for key, folder in folders.items() for name in _BESIDE if (folder / name).exists()]
    return found + [name for name in _NOTES if (folders["network"].parent / name).exists()]
