"""The wheel carries its tables and works away from the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("corridors-*-py3-none-any.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run(pip, check=True, capture_output=True)
    return target


def run(code: str, installed: Path, folder: Path) -> str:
    """Run code with the installed package first on the path, from another folder, without the checkout."""
    script = f"import sys; sys.path = [{str(installed)!r}, *(p for p in sys.path if p and {str(ROOT / 'src')!r} not in p)]\n{code}"
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_all_tables_and_both_licences(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("network", "data"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                assert f"corridors/_shipped/{path.relative_to(ROOT).as_posix()}" in names
    for path in (ROOT / "src" / "corridors").rglob("*.py"):
        assert path.relative_to(ROOT / "src").as_posix() in names
    assert "corridors/py.typed" in names
    assert sum("licenses/" in n and n.endswith(("LICENSE", "LICENSE.md")) for n in names) == 2
    assert not any("__pycache__" in n or "/tests/" in n or ".part" in n for n in names)


def test_it_answers_from_its_own_tables(installed, tmp_path):
    out = run(
        "import corridors as co; from corridors.shipped import shipped\n"
        "print(co.__file__); print(shipped('network')); print(shipped('data'))\n"
        "print(co.route(co.load(), 'Kurgan', 'Omsk', mode='rail').table)",
        installed,
        tmp_path,
    )
    module, network, data, *table = out.splitlines()
    assert module == str(installed / "corridors" / "__init__.py")
    assert network == str(installed / "corridors" / "_shipped" / "network")
    assert data == str(installed / "corridors" / "_shipped" / "data")
    assert "distance_km" in table[0]


def test_its_tables_are_those_of_the_checkout(installed):
    for folder in ("network", "data"):
        for path in (ROOT / folder).rglob("*.*"):
            assert (installed / "corridors" / "_shipped" / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


def test_the_command_runs(installed, tmp_path):
    out = run(
        "sys.argv = ['corridors', 'route', 'Kurgan', 'Omsk', '--mode', 'rail', '--format', 'csv']\n"
        "from corridors.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code",
        installed,
        tmp_path,
    )
    assert "distance_km" in out
