"""What the shell offers after a tab: names and values. It reads the tables by itself, to be quick, and never complains.

Annotations are read while the program runs, so they are no text here.
"""

import csv
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from corridors.shipped import shipped

Completer = Callable[..., list[str]]

_NAMES = ("name_en", "name_ru", "name_kk")
_SIDES = tuple(f"name_{side}_{lang}" for side in "ab" for lang in ("en", "ru", "kk"))
_SPECIAL = re.compile(r"[ '\"()&]")
_MOST = 200


def values(*known: str) -> Completer:
    """Return a completer of the values of an option."""

    def complete(incomplete: str) -> list[str]:
        return [value for value in known if value.startswith(incomplete)]

    return complete


def places(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return places with a node: names in three languages, ids where no name fits; where nothing is typed, cities."""
    return _quietly(
        lambda: (
            _offered(_place_names(_network(ctx), only_cities=not incomplete), incomplete)
            or _offered(_place_ids(_network(ctx)), incomplete)
        )
    )


def crossings(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return crossings: ids, and names of the pair and of either side."""
    return _quietly(lambda: _offered(_crossing_names(_network(ctx)), incomplete))


def waits(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return crossings, each ready for its hours."""
    if "=" in incomplete:
        return []
    return _quietly(lambda: [_Offer(f"{name}=") for name in _offered(_crossing_names(_network(ctx)), incomplete)])


def regions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return regions on the border: ids and names."""
    return _quietly(lambda: _offered(_region_names(_data(ctx)), incomplete))


def countries(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return codes of the countries that have a node."""
    return _quietly(
        lambda: [
            _Offer(code)
            for code in sorted({row["country"] for row in _rows(_network(ctx), "nodes")})
            if code and code.startswith(incomplete.upper())
        ]
    )


def indicators(incomplete: str) -> list[str]:
    """Return the figures of border regions that a map can show."""
    from corridors.views.shades import INDICATORS

    return [name for name in INDICATORS if name.startswith(incomplete)]


def scenarios(incomplete: str) -> list[str]:
    """Return the scenarios that come with the network; the shell goes on with files where none fits."""
    return _quietly(
        lambda: sorted(
            path.stem for path in (shipped("data") / "scenarios").glob("*.toml") if path.stem.startswith(incomplete)
        )
    )


class _Offer(str):
    """A name that goes on where the user stopped; the framework drops what begins otherwise, as an escaped one does."""

    __slots__ = ()

    def startswith(self, *_: Any) -> bool:
        """Return True: what begins otherwise was left out before."""
        return True


def _quietly(find: Callable[[], list[str]]) -> list[str]:
    """Return what was found; nothing where tables cannot be read: a shell has no place for a complaint."""
    try:
        return find()
    except Exception:  # noqa: BLE001
        return []


def _offered(names: Iterable[str], incomplete: str) -> list[str]:
    """Return the names that begin so, whatever the case, each once, the letters typed as they were typed.

    A shell that heeds case would drop them else. In bash spaces and quotes are escaped, as it puts in what it is given.
    """
    start = _folded(incomplete)
    found = dict.fromkeys(incomplete + name[len(incomplete) :] for name in names if _folded(name).startswith(start))
    bash = os.environ.get("_CORRIDORS_COMPLETE", "").endswith("bash")
    return [_Offer(_SPECIAL.sub(r"\\\g<0>", name) if bash else name) for name in list(found)[:_MOST] if name]


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")


def _network(ctx: typer.Context) -> Path:
    """Return the tables of the network that the command names, or of the default one."""
    given = ctx.params.get("network")
    if given is None:
        return shipped("network")
    inside = Path(given) / "network"
    return inside if inside.is_dir() else Path(given)


def _data(ctx: typer.Context) -> Path:
    """Return the data that the command names, those beside its network, or the default ones."""
    if ctx.params.get("data") is not None:
        return Path(ctx.params["data"])
    beside = _network(ctx).parent / "data"
    return beside if (beside / "regions.csv").exists() else shipped("data")


def _rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _place_names(folder: Path, *, only_cities: bool) -> Iterator[str]:
    served = {row["place_id"] for row in _rows(folder, "nodes")}
    rows = [row for row in _rows(folder, "places") if row["place_id"] in served and row["kind"] != "checkpoint"]
    rows.sort(key=lambda row: row["kind"] != "city")
    if only_cities:
        yield from (row["name_en"] for row in rows if row["kind"] == "city")
        return
    yield from (row[column] for column in _NAMES for row in rows)


def _place_ids(folder: Path) -> Iterator[str]:
    yield from sorted({row["place_id"] for row in _rows(folder, "nodes")})


def _crossing_names(folder: Path) -> Iterator[str]:
    rows = list(_rows(folder, "crossings"))
    yield from (row[column] for column in ("crossing_id", *_NAMES, *_SIDES) for row in rows)


def _region_names(folder: Path) -> Iterator[str]:
    rows = [row for row in _rows(folder, "regions") if row["border"] == "true"]
    yield from (row[column] for column in ("region_id", *_NAMES) for row in rows)
