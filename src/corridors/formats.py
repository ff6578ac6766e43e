"""How a person reads a value: in the terminal and in a notebook alike."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

_SHARES = (
    "share",
    "dependency",
    "overlap",
    "barrier_effect",
    "penalty",
    "avoidance_penalty",
    "taken_by_border",
    "change",
    "probability",
    "unserved",
    "captive_share",
)
_MOST_ROWS = 20
# colours come from the notebook, light or dark; nothing but this class is touched
_STYLE = """<style>
.corridors { font-size: .92em; line-height: 1.45; max-width: 100% }
.corridors h4 { margin: .2em 0 .5em }
.corridors h5 { margin: .9em 0 .2em }
.corridors dl { display: flex; flex-wrap: wrap; gap: .3em 1.8em; margin: 0 0 .8em }
.corridors dt { font-size: .82em; font-weight: normal; opacity: .75 }
.corridors dd { font-size: 1.15em; font-weight: 600; margin: 0 }
.corridors dl > div { display: flex; flex-direction: column-reverse }
.corridors .wide { overflow-x: auto }
.corridors table { border-collapse: collapse; margin: 0 }
.corridors .wide table { width: max-content }
.corridors .wide td { max-width: 26em }
.corridors .wide th { max-width: 8em }
.corridors th, .corridors td { padding: .2em .7em; text-align: left; vertical-align: top }
.corridors thead th { vertical-align: bottom; border-bottom: 1px solid currentColor }
.corridors .n { text-align: right; font-variant-numeric: tabular-nums }
.corridors td.n { white-space: nowrap }
.corridors summary { cursor: pointer; opacity: .75 }
.corridors p { margin: .3em 0; opacity: .75 }
</style>"""


def format_value(name: str, value: Any) -> str:
    """Return a cell as a person reads it: shares in percent, hours and km with sense.

    Examples
    --------
    >>> format_value("captive_share", 0.0541), format_value("distance_km", 534.25), format_value("wait_h", None)
    ('5.4%', '534', '–')
    >>> format_value("extra_km", -0.3)
    '0'
    """
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124
        return "–"
    if isinstance(value, (list, tuple)):
        return "\n".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and name == "year":
        return str(value)
    if isinstance(value, int):
        return f"{value:,}".replace(",", " ")
    if not isinstance(value, float):
        return str(value)
    text = _number(name, value)
    return text if text.strip("-0.% ") else text.removeprefix("-")  # no negative zero


def _number(name: str, value: float) -> str:
    if any(name.startswith(s) or name.endswith(s) for s in _SHARES):
        return f"{100 * value:.1f}%" if abs(value) >= 0.001 or value == 0 else f"{100 * value:.3f}%"
    if name.endswith(("_km", "_usd", "population")) or name.startswith("km_") or abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    if abs(value) >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if abs(value) >= 0.1 or value == 0 else f"{value:.2g}"


def format_line(title: str, figures: Mapping[str, Any]) -> str:
    """Return a title and a few figures in one line.

    Examples
    --------
    >>> format_line("Route", {"distance_km": 534.25, "crossings": ["A", "B"]})
    'Route: distance km 534, crossings A, B'
    """
    said = [f"{_label(name)} {_one_line(name, value)}" for name, value in figures.items()]
    return _joined(title) + (": " + ", ".join(said) if said else "")


def html_card(
    title: str,
    figures: Mapping[str, Any],
    tables: Sequence[tuple[str, pd.DataFrame]],
    folded: Mapping[str, Mapping[str, Any]],
) -> str:
    """Return what a notebook shows: a title, a few figures, tables, and the rest folded away; all of it escaped.

    Parameters
    ----------
    title
        One line.
    figures
        By name; names are as those of columns, for :func:`format_value`.
    tables
        Each with a heading, which may be empty; of a long one the first rows.
    folded
        Under a summary line each: further values by name.

    Examples
    --------
    >>> card = html_card("<Route>", {"distance_km": 534.25}, [], {})
    >>> "&lt;Route&gt;" in card, "<dd>534</dd>" in card
    (True, True)
    """
    parts = [_STYLE, f"<h4>{html.escape(title)}</h4>"]
    if figures:
        pairs = "".join(
            f"<div><dt>{html.escape(_label(name))}</dt><dd>{html.escape(_one_line(name, value))}</dd></div>"
            for name, value in figures.items()
        )
        parts.append(f"<dl>{pairs}</dl>")
    for heading, frame in tables:
        parts += [f"<h5>{html.escape(heading)}</h5>"] if heading and len(frame) else []
        parts.append(html_table(frame))
    for summary, values in folded.items():
        rows = "".join(
            f"<tr><th>{html.escape(_label(name))}</th><td>{html.escape(_one_line(name, value))}</td></tr>"
            for name, value in values.items()
            if not _is_nothing(value)
        )
        if rows:
            parts.append(f"<details><summary>{html.escape(summary)}</summary><table>{rows}</table></details>")
    return '<div class="corridors">\n' + "\n".join(part for part in parts if part) + "\n</div>"


def html_table(frame: pd.DataFrame) -> str:
    """Return the first rows of a table as HTML, the index first where it has a name; nothing for an empty one."""
    if not len(frame):
        return ""
    shown = frame.head(_MOST_ROWS)
    flat = shown.reset_index() if shown.index.name else shown
    numeric = [flat[c].dtype.kind in "iuf" for c in flat.columns]
    right = [' class="n"' if yes else "" for yes in numeric]
    heads = "".join(f"<th{of}>{html.escape(_label(str(c)))}</th>" for c, of in zip(flat.columns, right, strict=True))
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{of}>{html.escape(format_value(str(c), v)).replace(chr(10), '<br>')}</td>"
            for c, of, v in zip(flat.columns, right, row, strict=True)
        )
        + "</tr>\n"
        for row in zip(*(flat[c].tolist() for c in flat.columns), strict=True)
    )
    more = len(frame) - len(shown)
    rest = f"<p>and {format_value('rows', more)} more row{'s' if more > 1 else ''}</p>" if more else ""
    return f'<div class="wide"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>{rest}'


def _label(name: str) -> str:
    return _joined(name.replace("_usd", "_USD").replace("_", " "))


def _one_line(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_one_line(str(key), of)}" for key, of in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_joined(str(part)) for part in value)
    return _joined(format_value(name, value))


def _joined(text: str) -> str:
    return " ".join(text.split())


def _is_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, (str, list, tuple, dict)) and not value)
