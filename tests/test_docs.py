"""The pages say what is there: every command, examples that run, links that lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from test_cli import ROOT, command_names, run, subcommands

PAGES = [p for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if p.is_file()]
# an example with one of these is a form to fill in; one with "not run" in its comment is marked
_FORM = re.compile(
    r"\b[A-Z]{2,}_?[A-Z]*\.(?:html|pbf|png|svg|pdf|csv)|\bFILE\b|\bDIR\b|\bOUT|<|\.\.\.|…|\[--|\|[a-z]+\|"
)
_SLOW = ("report",)


def _text(page: Path) -> str:
    return page.read_text("utf-8")


def _blocks(text: str) -> list[tuple[str, str]]:
    """Return fenced blocks as (language, content)."""
    return re.findall(r"^```(\w*)[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def _examples() -> list[str]:
    found = []
    for page in PAGES:
        for language, block in _blocks(_text(page)):
            if language in {"", "sh", "bash", "console", "shell", "text"}:
                found += [line.strip().removeprefix("$ ") for line in block.replace("\\\n", " ").splitlines()]
    for names in [*([name] for name in command_names()), *subcommands()]:
        found += re.findall(r"Example: (corridors .*)", run(*names, "--help").out)
    runnable = [line for line in dict.fromkeys(found) if line.startswith("corridors ") and "not run" not in line]
    return [line for line in runnable if not _FORM.search(line.split(" #")[0])]


def _words(line: str) -> list[str]:
    """Return the words of the first command of a line."""
    words = shlex.split(re.sub(r"\d?>\s*\S+", "", line), comments=True)
    ends = [i for i, w in enumerate(words) if w in {"|", "&&", ";", "||"}]
    return words[1 : ends[0] if ends else None]


def test_every_command_is_described():
    text = "\n".join(map(_text, PAGES))
    missing = [name for name in command_names() if not re.search(rf"\bcorridors {name}\b", text)]
    assert not missing


def test_every_command_named_exists():
    text = "\n".join(block for page in PAGES for _, block in _blocks(_text(page)))
    named = set(re.findall(r"^\s*(?:\$ )?corridors ([a-z]+)", text, re.MULTILINE))
    assert named <= set(command_names())


def test_every_option_named_exists():
    commands = [*([name] for name in command_names()), *subcommands()]
    known = {option for name in commands for option in re.findall(r"--[a-z][a-z-]+", run(*name, "--help").out)}
    known |= set(re.findall(r"--[a-z][a-z-]+", run("--help").out))
    lines = [line for page in PAGES for line in _text(page).splitlines() if re.search(r"\bcorridors [a-z]", line)]
    named = {
        o
        for line in lines
        for part in re.findall(r"corridors [a-z][^`#|&]*", line)
        for o in re.findall(r"(?<!\S)--[a-z][a-z-]+", part)
    }
    assert named <= known


@pytest.fixture(scope="module")
def workplace(tmp_path_factory) -> Path:
    """Where examples run, one after another: with the scenarios that the pages show."""
    folder = tmp_path_factory.mktemp("examples")
    for page in PAGES:
        for language, block in _blocks(_text(page)):
            name = re.match(r"#\s*(\S+\.toml|\S+\.csv)\s*$", block.splitlines()[0] if block else "")
            if language in {"toml", "csv"} and name:
                (folder / name[1]).parent.mkdir(parents=True, exist_ok=True)
                (folder / name[1]).write_text(block if language == "toml" else block.split("\n", 1)[1], "utf-8")
    if (ROOT / "data" / "scenarios").is_dir():
        shutil.copytree(ROOT / "data" / "scenarios", folder / "data" / "scenarios")
    return folder


# directories are made before they are used
_ORDERED = sorted(_examples(), key=lambda line: not line.startswith("corridors init"))


@pytest.mark.parametrize("line", _ORDERED)
def test_example_runs(line, workplace, monkeypatch):
    monkeypatch.chdir(workplace)
    words = _words(line)
    if words[0] in _SLOW:
        ran = run(words[0], "--help")  # the report itself is tested in test_cli.py
    elif words[0] == "init" and Path(words[1]).exists():
        return
    else:
        ran = run(*words)
    assert ran.code == 0, ran.err
    said = re.compile(
        r"corridors: (.* taken as |(geojson|graphml|osmnx) leaves out |osmnx reads columns of ours|files beside the)"
    )
    assert all(said.match(line) for line in ran.err.splitlines())


def _slug(heading: str) -> str:
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def _links(text: str) -> list[str]:
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)", prose) + re.findall(
        r"(?:href|src)=\"([^\"]+)\"", prose
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    broken = []
    for link in _links(_text(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or not target.is_relative_to(ROOT):
            broken.append(link)
        elif anchor and target.suffix == ".md":
            headings = re.findall(r"^#+\s+(.*)$", _text(target), re.MULTILINE)
            if anchor not in {_slug(h) for h in headings}:
                broken.append(link)
    assert not broken


# ---- pictures ----------------------------------------------------------------------------------------------------------


def _recipe(target: str) -> list[str]:
    """Return the commands that make runs for a target."""
    recipe = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", _text(ROOT / "Makefile"), re.MULTILINE)
    assert recipe, f"the Makefile has no {target}"
    return [line.strip() for line in recipe[1].splitlines()]


def _drawn_by(target: str) -> set[str]:
    return set(re.findall(r"docs/img/[\w.-]+", "\n".join(_recipe(target))))


def test_every_picture_is_drawn_by_a_command():
    named = {
        (page.parent / link).resolve().relative_to(ROOT).as_posix()
        for page in PAGES
        for link in _links(_text(page))
        if re.search(r"\.(png|svg|jpe?g|gif|webp)$", link) and not re.match(r"[a-z]+:", link)
    }
    assert len(named) > 3
    assert named == _drawn_by("pictures") | _drawn_by("bench")
    assert {f.relative_to(ROOT).as_posix() for f in (ROOT / "docs" / "img").iterdir()} == named


@pytest.mark.parametrize("line", _recipe("pictures"))
def test_pictures_are_drawn(line, tmp_path):
    words = shlex.split(line)
    (name,) = [word for word in words if word.startswith("docs/img/")]
    asked = [str(tmp_path / Path(name).name) if word == name else word for word in words[1:]]
    if words[0] == "$(BIN)/python":
        pytest.importorskip("playwright", reason="the explorer's picture is taken with playwright")
        if not (shutil.which("chromium") or shutil.which("google-chrome")):
            pytest.skip("the explorer's picture is taken in Chromium, which is not on this machine")
        subprocess.run([sys.executable, *asked], cwd=ROOT, check=True, timeout=120)
    else:
        assert words[0] == "$(BIN)/corridors"
        ran = run(*asked)
        assert ran.code == 0, ran.err
    # about the size of the one that is there; the dots change with every correction of the network
    drawn, kept = (struct.unpack(">II", file.read_bytes()[16:24]) for file in (tmp_path / Path(name).name, ROOT / name))
    assert drawn == pytest.approx(kept, rel=0.05)


def test_there_is_a_readme():
    assert len(_text(ROOT / "README.md")) > 1000
