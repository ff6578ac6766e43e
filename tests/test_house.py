"""The house of design.md: which room may import which, public names, sizes. Read from the source by ast, not by running it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import corridors as co

SRC = Path(co.__file__).parent
FILES = sorted(SRC.rglob("*.py"))

# cli -> views -> analysis -> engine -> model -> errors; cli -> sources -> model, shipped. A room may import any room to
# its right, direct or not. files.py (writing whole files), formats.py (how values are read)
# and shipped.py lie beside errors, at the right end.
ROOMS = {
    "errors": set(),
    "shipped": {"errors"},
    "files": {"errors"},
    "formats": set(),
    "model": {"formats", "errors"},
    "engine": {"model", "errors"},
    "analysis": {"engine", "model", "formats", "errors"},
    "sources": {"model", "shipped", "files", "errors"},
    "views": {"analysis", "engine", "model", "files", "errors"},
    "cli": {"views", "analysis", "engine", "sources", "model", "shipped", "files", "formats", "errors"},
    "__init__": {"views", "analysis", "engine", "sources", "model", "shipped", "files", "formats", "errors"},
}
# (file, function, room): the only ways back
WAYS_BACK = {
    ("analysis/results.py", "plot", "views"),
    ("analysis/results.py", "explore", "views"),
    ("cli/app.py", "_version", "__init__"),  # the version is said in one place
}
# modules of cli that are themselves imported only when there is something to print
LATE_CLI = {"route_text.py": {"pandas"}}
# longer than they should be: file and function; take a name out when it has been cut down
LONG_FILES: set[str] = set()
LONG_FUNCTIONS = {("cli/make.py", "map_")}  # its options, one a line
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 450, 70

PUBLIC = [
    "AmbiguousNameError",
    "Assumptions",
    "CorridorsError",
    "DataError",
    "Network",
    "NoAnswerError",
    "OutputError",
    "Scenario",
    "UnknownNameError",
    "UsageError",
    "baseline",
    "claims",
    "compare",
    "coverage",
    "crossings",
    "draw_map",
    "explore",
    "export",
    "line_diagram",
    "load",
    "matrix",
    "reach",
    "read_gmns",
    "read_scenario",
    "regions",
    "robustness",
    "route",
    "timeline",
    "to_gdfs",
    "transit",
    "validate",
    "worst_sets",
    "write",
    "write_report",
]


def name_of(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def room_of(path: Path) -> str:
    first = path.relative_to(SRC).parts[0]
    return first.removesuffix(".py")


def imports(tree: ast.Module) -> list[tuple[str, str, int]]:
    """Every module imported, with the function it is imported in (empty at module level) and the line."""
    found = []

    def visit(node: ast.AST, function: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                found.extend((alias.name, function, child.lineno) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"line {child.lineno}: a relative import hides where it leads"
                whole = child.module == "corridors"  # from corridors import views
                found.extend(
                    (f"corridors.{a.name}" if whole else child.module, function, child.lineno) for a in child.names
                )
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                visit(child, child.name)
            else:
                visit(child, function)

    visit(tree, "")
    return found


def target_room(module: str) -> str | None:
    """The room of an imported module; None: not ours."""
    parts = module.split(".")
    if parts[0] != "corridors":
        return None
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else "__init__"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_run_one_way(path):
    room = room_of(path)
    assert room in ROOMS, f"{room} is a new room: draw its arrows here and in the architecture page"
    wrong = [
        f"{name_of(path)}:{line} imports {module} in {function or 'the module'}"
        for module, function, line in imports(ast.parse(path.read_text("utf-8")))
        if (to := target_room(module)) not in {None, room, *ROOMS[room]}
        and (name_of(path), function, to) not in WAYS_BACK
    ]
    assert not wrong


def test_this_test_reads_imports_inside_functions():
    tree = ast.parse(
        "import a\ndef f():\n    if a:\n        from corridors.views.maps import b\n    from corridors import engine"
    )
    assert imports(tree) == [("a", "", 1), ("corridors.views.maps", "f", 4), ("corridors.engine", "f", 5)]
    assert [target_room(m) for m, _, _ in imports(tree)] == [None, "views", "engine"]
    assert target_room("corridors.__version__") == target_room("corridors") == "__init__"


def test_the_ways_back_are_all_in_use():
    """An exception nobody needs any more goes off the list."""
    used = {
        (name_of(path), function, target_room(module))
        for path in FILES
        for module, function, _ in imports(ast.parse(path.read_text("utf-8")))
    }
    assert used >= WAYS_BACK


# ---- the command line must feel instant --------------------------------------------------------------------------


def third_party_at_module_level(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        alias
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
        for alias in [inner.lineno]
    }
    return {
        module.split(".")[0]
        for module, function, line in imports(tree)
        if not function
        and line not in typing_only
        and module.split(".")[0] not in {*sys.stdlib_module_names, "corridors"}
    }


@pytest.mark.parametrize("path", sorted((SRC / "cli").glob("*.py")), ids=name_of)
def test_the_command_line_imports_only_typer_at_once(path):
    assert third_party_at_module_level(path) - LATE_CLI.get(path.name, set()) <= {"typer"}


def loaded_by(code: str) -> set[str]:
    """Top-level packages in memory after running some code in a new Python."""
    script = f"import sys\n{code}\nprint(*sorted({{m.partition('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_command_line_starts_without_the_heavy_libraries():
    heavy = {"pandas", "numpy", "scipy", "networkx", "matplotlib", "geopandas", "shapely", "osmnx", "rapidfuzz"}
    assert not loaded_by("import corridors.cli.main") & heavy
    assert not loaded_by("import corridors; dir(corridors)") & heavy


def test_a_route_does_without_what_is_dear_to_import():
    code = "import corridors as co; co.route(co.load(), 'Kurgan', 'Omsk', mode='rail')"
    assert not loaded_by(code) & {"networkx", "matplotlib", "geopandas", "osmnx", "pyogrio"}


# ---- public names ------------------------------------------------------------------------------------------------


def test_the_public_names():
    assert sorted(co.__all__) == PUBLIC
    assert set(PUBLIC) <= set(dir(co))


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_is_there_and_says_what_it_is(name):
    text = getattr(co, name).__doc__
    assert text and text.strip()
    if not name.endswith("Error"):
        assert "Examples\n    --------\n    >>> " in text, f"{name} shows no example that runs"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'rout'"):
        co.rout  # noqa: B018


def test_errors_are_one_tree():
    """One base; what is also a ValueError or OSError can be caught as such; exit codes as the commands promise."""
    codes = {
        co.NoAnswerError: 1,
        co.UsageError: 2,
        co.UnknownNameError: 2,
        co.AmbiguousNameError: 2,
        co.DataError: 3,
        co.OutputError: 4,
    }
    for error, code in codes.items():
        assert issubclass(error, co.CorridorsError)
        assert error.exit_code == code
    assert (
        issubclass(co.UsageError, ValueError)
        and issubclass(co.DataError, ValueError)
        and issubclass(co.OutputError, OSError)
    )


# ---- sizes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_and_functions_are_of_a_size_to_read(path):
    """Lines of a file, and lines of a function without its docstring."""
    text = path.read_text("utf-8")
    if name_of(path) not in LONG_FILES:
        assert text.count("\n") <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (name_of(path), node.name) not in LONG_FUNCTIONS
        ):
            said = node.body[0]
            docstring = said.end_lineno - said.lineno + 1 if ast.get_docstring(node) is not None else 0
            lines = node.end_lineno - node.lineno + 1 - docstring
            assert lines <= MOST_LINES_OF_A_FUNCTION, f"{node.name} has {lines} lines"
