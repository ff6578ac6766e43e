"""Shell completion, by the variables that the shells' scripts set."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

import pytest
from test_cli import command_line

SHELLS = ("bash", "zsh", "fish")


def offered(line: str, shell: str = "bash", **environment: str) -> list[str]:
    """Return what is offered after a tab at the end of a line; nothing may be said beside it."""
    words = re.split(r"(?<!\\) ", line)
    asked = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    done = subprocess.run(
        command_line(),
        env={**os.environ, "_CORRIDORS_COMPLETE": f"complete_{shell}", **asked, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    lines = [row for row in done.stdout.splitlines() if row]
    if shell == "zsh" and lines != ["_files"]:
        text = done.stdout.strip().removeprefix("_arguments '*: :((").removesuffix("))'")
        lines = [row.strip('"') for row in text.splitlines()]
    return lines


@pytest.mark.parametrize("shell", SHELLS)
def test_places_in_every_shell(shell):
    assert offered("corridors route Кург", shell)[0] == "Курган"
    assert "Kostanay" in offered("corridors route Kurgan Kosta", shell)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("Kurgan", "Kurgan"), ("Қорғ", "Қорған"), ("Петроп", "Петропавловск"), ("kurgan", "kurgan"), ("ОМс", "ОМск")],
)
def test_places_in_three_languages_whatever_the_case(typed, expected):
    assert expected in offered(f"corridors route {typed}")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("corridors route Kurgan Omsk --via Tyum", "Tyumen"),
        ("corridors reach Petrop", "Petropavl"),
        ("corridors map x.png --route Kurg", "Kurgan"),
        ("corridors route Kurgan kurgan-pe", None),
        ("corridors route Kurgan Omsk --close rail-gorb", "rail-gorbunovo-mamlyutka"),
        ("corridors route Kurgan Omsk --close Маштак", "Маштаково"),
        ("corridors route Kurgan Omsk --wait road-masht", "road-mashtakovo-syrym="),
        ("corridors route Kurgan Omsk --close-region KZ-5", "KZ-59"),
        ("corridors route Kurgan Omsk --close-region солт", "солтүстік\\ Қазақстан\\ облысы"),
        ("corridors regions --country k", "KZ"),
        ("corridors transit RU --through K", "KZ"),
        ("corridors transit r", "RU"),
        ("corridors crossings --scenario petro", "petropavl-closed"),
        ("corridors compare wai", "waits-doubled"),
        ("corridors route --mode ", "rail"),
        ("corridors route --minimize ge", "generalised"),
        ("corridors route --vehicle l", "lorry"),
        ("corridors route --format g", "gpx"),
        ("corridors info --format m", "markdown"),
        ("corridors claims --lang ", "kk"),
        ("corridors ti", "timeline"),
    ],
)
def test_names_and_values(line, expected):
    found = offered(line)
    assert expected in found if expected else found == []


def test_ids_where_no_name_fits():
    assert "302-km-siding" in offered("corridors route 302-km")


def test_names_with_spaces_come_as_the_shell_needs_them():
    assert "Verkhny\\ Baskunchak" in offered("corridors route Verkhny\\ B")
    assert "Verkhny Baskunchak" in offered("corridors route Verkhny", "zsh")
    assert "Verkhny Baskunchak" in offered("corridors route Verkhny", "fish")


def test_cities_where_nothing_is_typed():
    found = offered("corridors route ")
    assert "Omsk" in found
    assert len(found) <= 200


def test_a_network_of_ones_own_offers_its_own_names(tmp_path):
    import toy

    from corridors.sources import tables

    net = toy.network("a RU RU-A 30 at=55,60\nb RU RU-A 20 at=55,64", "a b 100")
    tables.write(net, tmp_path / "own")
    assert offered(f"corridors route --network {tmp_path / 'own'} a")[0] == "a"
    assert "Omsk" not in offered(f"corridors route --network {tmp_path / 'own'} ")


@pytest.mark.parametrize("shell", SHELLS)
def test_nothing_is_said_where_tables_are_missing(shell, tmp_path):
    assert offered(f"corridors route --network {tmp_path} --close x", shell) in ([], ["_files"])
    (tmp_path / "crossings.csv").write_bytes(b"\xff\xfe\x00 no table")
    assert offered(f"corridors route --network {tmp_path} --close x", shell) in ([], ["_files"])


def test_completion_is_quick_and_loads_no_pandas():
    code = (
        "import sys\nfrom corridors.cli import complete\n"
        "class Context: params = {}\n"
        "assert 'Kurgan' in complete.places(Context(), 'Kurg')\n"
        "assert complete.crossings(Context(), 'rail-') and complete.regions(Context(), 'KZ')\n"
        "print(*{m.partition('.')[0] for m in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"pandas", "numpy", "rich", "scipy"}
    start = time.process_time()
    before = os.times().children_user
    offered("corridors route Kurgan Kur")
    assert os.times().children_user - before < 2.0
    assert time.process_time() - start < 1.0


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_is_shown(shell):
    done = subprocess.run(
        command_line(),
        env={**os.environ, "_CORRIDORS_COMPLETE": f"source_{shell}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "_CORRIDORS_COMPLETE" in done.stdout
    assert done.returncode == 0


def test_installing_writes_into_the_home_of_the_user(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        # two commands, so that the shell stays, and is found as the parent that asks
        ["bash", "-c", " ".join((*(f"'{part}'" for part in command_line()), "--install-completion", "&& true"))],
        env={**os.environ, "HOME": str(home), "SHELL": "/bin/bash"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "corridors" in (home / ".bashrc").read_text("utf-8")
