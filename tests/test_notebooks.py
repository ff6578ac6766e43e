"""The notebooks: run from a clean kernel with no way to the internet, and held to what they say."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")

FOLDER = Path(__file__).parent.parent / "notebooks"
NAMES = (
    "01_routes",
    "02_transit_dependency",
    "03_connectivity",
    "04_claims",
    "05_scenarios",
    "06_timeline",
    "07_your_own_border",
    "08_another_border",
)
LONGEST_CELL = 24
NOWHERE = "http://127.0.0.1:9"
NUMBER = r"([\d.,]+)"

# what each notebook says, and between which bounds each number of it must lie
STATEMENTS = {
    "01_routes": [
        # the railway lies some 180 of some 530 km in Kazakhstan
        (rf"{NUMBER} km\*\*, of which \*\*{NUMBER} km lie in Kazakhstan", [(500, 570), (160, 205)]),
        (rf"costs a goods train \*\*{NUMBER} km\*\* and \*\*{NUMBER} hours\*\* more", [(350, 800), (8, 30)]),
        (rf"of which {NUMBER} h at the border", [(0.1, 24)]),
        (rf"values an hour above \*\*{NUMBER} USD", [(1, 200)]),
        # before the line Khromtau–Altynsarin the train went through Russia
        (rf"2003: {NUMBER} km, {NUMBER} h, {NUMBER} km in Russia", [(700, 1000), (10, 60), (200, 450)]),
        (rf"2005: {NUMBER} km, {NUMBER} h, {NUMBER} km in Russia, no crossing", [(700, 1000), (10, 60), (0, 0)]),
    ],
    "02_transit_dependency": [
        (rf"\*\*{NUMBER}%\*\* of Russia's own rail traffic .* \*\*{NUMBER}%\*\* of Kazakhstan's", [(4, 20), (2, 15)]),
        (rf"captive traffic: \*\*{NUMBER}%\*\* of Russia's and \*\*{NUMBER}%\*\* of Kazakhstan's", [(0, 1), (2, 15)]),
        (rf"it lies between {NUMBER}% and {NUMBER}%", [(1, 9), (10, 30)]),
        (rf"abroad for {NUMBER}% of Russia's traffic, the shortest for {NUMBER}%", [(0, 2), (4, 15)]),
    ],
    "03_connectivity": [
        (rf"The {NUMBER} border regions have {NUMBER} railway and {NUMBER} road", [(20, 20), (16, 30), (27, 40)]),
        (r"Without any crossing: .*\*\*Altai Republic\*\*", []),
        (rf"By road, the cross-border traffic of \*\*.*\*\* is worth only {NUMBER} crossings", [(1, 2)]),
        (rf"loses {NUMBER}% of its accessibility by rail and {NUMBER}% by road", [(5, 40), (2, 20)]),
        (rf"\*\*{NUMBER} million\*\* people; .* \*\*{NUMBER} million", [(3, 12), (5, 20)]),
        (rf"It has {NUMBER} railway and {NUMBER} road crossings on {NUMBER} km", [(0, 0), (0, 0), (400, 650)]),
    ],
    "04_claims": [
        (
            rf"Of \*\*{NUMBER} claims\*\*, {NUMBER} are confirmed, \*\*{NUMBER} contradicted\*\* and {NUMBER} not",
            [(35, 99), (15, 60), (4, 20), (5, 20)],
        ),
        (rf"The claim has {NUMBER} crossings and the network {NUMBER}", [(2, 2), (4, 4)]),
        (r"without any: \*\*Tyumen Oblast\*\*", []),
        (
            rf"stood against its Russian neighbours as one to {NUMBER}; it now stands as one to {NUMBER}",
            [(12, 13), (9, 10)],
        ),
    ],
    "05_scenarios": [
        (rf"Petropavl closed .* {NUMBER}% longer and {NUMBER}% of traffic is cut off", [(0.5, 3), (0, 0.1)]),
        (rf"all of Kazakhstan closed {NUMBER}% of all traffic has no way", [(10, 30)]),
        (rf"would carry \*\*{NUMBER}%\*\* of Russia's own road traffic, today it is \*\*{NUMBER}%", [(5, 15), (0, 1)]),
        (rf"dependency by rail from \*\*{NUMBER}%\*\* to \*\*{NUMBER}%", [(6, 10), (4, 7)]),
        (rf"arrives after {NUMBER} to {NUMBER} hours", [(30, 42), (42, 60)]),
        (rf"by road lies between {NUMBER}% and {NUMBER}%", [(0, 0.5), (0.3, 3)]),
        (rf"must not fail together are .*: {NUMBER}% of traffic", [(0.5, 5)]),
    ],
    "06_timeline": [
        # 1991 and today: the railways built since took away most of what went through Russia
        (rf"In 1991 \*\*{NUMBER}%\*\* .* in 20\d\d it is \*\*{NUMBER}%", [(15, 30), (3, 10)]),
        (rf"took the dependency from \*\*{NUMBER}%\*\* to \*\*{NUMBER}%", [(8, 30), (3, 15)]),
        (rf"Of what is left {NUMBER}% is captive", [(80, 100)]),
        (rf"bring the dependency to {NUMBER}% at best", [(3, 10)]),
    ],
    "07_your_own_border": [  # made up, so exact: 590 km at home and 240 km through the other country
        (rf"saves {NUMBER} km and {NUMBER} h", [(350, 350), (4, 5)]),
        (r"least do without \*\*West Bridge\*\*", []),
        (
            rf"\*\*{NUMBER}%\*\* of Northland's own traffic goes best through Southmark, and\s+\*\*{NUMBER}%",
            [(5, 20), (0, 0)],
        ),
        (rf"change Northland's dependency from {NUMBER}% to {NUMBER}%", [(5, 20), (0, 0)]),
    ],
    "08_another_border": [
        # the railway by Rosenheim is some 190 km long, the one by Zell am See some 250
        (rf"\*\*{NUMBER}%\*\* of the trips .* by rail, and\s+\*\*{NUMBER}%\*\* by road", [(5, 15), (5, 15)]),
        (rf"the corner saves {NUMBER} km and {NUMBER} min", [(45, 75), (40, 90)]),
        (rf"at both ends of the corner {NUMBER}% .* would take {NUMBER} km", [(0, 5), (240, 260)]),
    ],
}


def read(name: str) -> Any:
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def printed(notebook: Any) -> str:
    """What a notebook prints or says in computed text."""
    texts = [o.get("text", "") or o.get("data", {}).get("text/markdown", "") for o in outputs(notebook)]
    return "\n".join(texts)


@pytest.fixture(scope="module", params=NAMES)
def executed(request, tmp_path_factory) -> tuple[str, Any]:
    folder = tmp_path_factory.mktemp(request.param)
    env = {name: value for name, value in os.environ.items() if name.casefold() != "no_proxy"}
    env |= dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"), NOWHERE)
    env |= {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "IPYTHONDIR": str(folder / "ipython")}
    notebook = read(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PREFER_ENV_PATH", "1")  # this environment's kernel, whatever else is installed
        resources = {"metadata": {"path": str(folder)}}
        client = nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources)
        client.execute(env=env)
    assert not [p for p in folder.iterdir() if p.name != "ipython"], "a lesson leaves no files behind"
    return request.param, notebook


def test_there_is_no_notebook_without_a_test():
    assert tuple(sorted(p.stem for p in FOLDER.glob("*.ipynb"))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_a_clean_lesson(name):
    notebook = read(name)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not cell.outputs, f"{name}: cell {cell.id} has outputs: strip them"
            assert cell.execution_count is None
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    first, last = notebook.cells[0], notebook.cells[-1]
    assert first.cell_type == last.cell_type == "markdown"
    heading = first.source.splitlines()[0]
    assert heading.startswith("# ")
    assert heading.endswith("?")
    assert last.source.startswith("## Try yourself")
    assert len(re.findall(r"^\d\. ", last.source, re.MULTILINE)) in {2, 3}


@pytest.mark.parametrize("name", NAMES)
def test_cells_are_short_and_each_is_said_before(name):
    cells = read(name).cells
    for before, cell in pairwise(cells):
        if cell.cell_type == "code":
            assert before.cell_type == "markdown", f"{name}: nothing is said before {cell.id}"
            assert len(cell.source.splitlines()) <= LONGEST_CELL, f"{name}: {cell.id} is long"


@pytest.mark.parametrize("name", NAMES)
def test_no_result_is_typed_into_the_text(name):
    text = "\n".join(cell.source for cell in read(name).cells if cell.cell_type == "markdown")
    text = text.replace("per 100 km", "")
    assert re.findall(r"\d\s?(?:km|h|hours?|min|USD|%)(?!\w)", text) == []


def test_it_runs_and_shows_pictures_and_no_warnings(executed):
    _, notebook = executed
    assert not [o for o in outputs(notebook) if o.output_type == "error"]
    assert [o.text for o in outputs(notebook) if o.output_type == "stream" and o.name == "stderr"] == []
    for cell in notebook.cells:
        draws = cell.cell_type == "code" and re.search(r"draw_map|\.plot\(|plt\.subplots", cell.source)
        if draws:
            assert any("image/png" in o.get("data", {}) for o in cell.outputs), f"{cell.id} shows no picture"


def test_it_answers_its_question_with_computed_figures(executed):
    _, notebook = executed
    answer, said, more = notebook.cells[-3:]
    assert answer.source == "## The answer"
    assert more.source.startswith("## Try yourself")
    text = said.outputs[-1].data["text/markdown"]
    assert len(re.findall(r"\d", text)) >= 5
    assert text.strip().endswith(".")
    assert "nan" not in text.casefold().split()


def test_results_show_their_cards(executed):
    _, notebook = executed
    shown = [o.get("data", {}).get("text/html", "") for o in outputs(notebook)]
    assert any(html.startswith('<div class="corridors">') for html in shown)


def test_what_it_says_holds(executed):
    name, notebook = executed
    text = printed(notebook)
    for pattern, bounds in STATEMENTS[name]:
        found = re.search(pattern, text)
        assert found, f"{name} no longer says {pattern!r}"
        for value, (low, high) in zip(found.groups(), bounds, strict=True):
            assert low <= float(value.rstrip(".,").replace(",", "")) <= high, f"{name}: {found.group()!r}"
