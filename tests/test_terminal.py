"""What a person sees: three languages without a rest of English, 80 columns, colours, progress, help."""

from __future__ import annotations

import ast
import functools
import os
import pty
import re
import select
import subprocess
import unicodedata
from pathlib import Path

import pytest
from test_cli import ZONES, command_line, command_names, run

import corridors as co
from corridors.cli.words import heading, say, settings_line, tables, translate

SRC = Path(co.__file__).parent
FIELD = re.compile(r"\{(\w+)\}")

FEW = ["--zones", "ZONES"]  # where the sets of crossings or the years are many
# every command that prints tables, asked of the default network, so that every heading and sentence is seen
QUESTIONS = {
    "info": ["info"],
    "coverage": ["info", "--coverage"],
    "route": [
        *["route", "Курган", "Омск", "--mode", "rail", "--avoid-country", "KZ"],
        *["--alternatives", "1", "--percentiles", "--draws", "20"],
    ],
    "route over waits": ["route", "Самара", "Алматы", "--minimize", "distance", "--percentiles", "--draws", "5"],
    "route with a scenario": [
        *["route", "Курган", "Омск", "--mode", "rail", "--via", "Тюмень", "--close", "rail-gorbunovo-mamlyutka"],
        *["--close-region", "KZ-39", "--wait", "rail-karaguga-isilkul=3", "--set", "gravity.theta=2"],
    ],
    "matrix": ["matrix"],
    "reach": ["reach", "Петропавловск", "--hours", "12"],
    "transit": ["transit", "RU", "--through", "KZ", "--mode", "rail", "--draws", "5", "--minimize", "generalised"],
    "transit by distance": ["transit", "KZ", "--through", "RU", "--minimize", "distance", "--draws", "5"],
    "crossings": ["crossings", "--mode", "rail"],
    "ranking over waits": ["crossings", "--mode", "rail", "--draws", "3"],
    "corridor": ["info", "--corridor", "Turksib"],
    "worst": ["crossings", "--mode", "rail", "--worst", "2", *FEW],
    "greedy": ["crossings", "--mode", "road", "--worst", "3", "--vehicle", "car", *FEW],
    "robustness": ["crossings", "--mode", "rail", "--robustness", "--orders", "1", *FEW],
    "regions": ["regions", "--mode", "rail", "--country", "RU"],
    "compare": [
        *["compare", "petropavl-closed", "semey-oskemen-built", "waits-doubled", "astrakhan-atyrau-before-2024"],
        *["--mode", "any", "--country", "KZ", "--through", "RU"],
    ],
    "timeline": ["timeline", "KZ", "--through", "RU", "--mode", "rail", "--from", "1999", "--to", "2009", *FEW],
    "claims": ["claims"],
}
# what stays: ids and option names, codes of countries, regions, roads, percentiles, dollars; a cut one ends in …
STAYS = re.compile(
    r"--[a-z-]+|[A-Z]{2}(-[A-Z0-9]+)?|P[0-9]+|USD|DIR|csv|json|[a-z0-9_]+(-[a-z0-9]+)+(-?…|-)?|[A-Z]*[0-9]*[A-Z]*-?[0-9]+[A-Z]?"
    r"|[a-z_]+\.[a-z_.]+"
)


@functools.cache
def shown(name: str, lang: str, few: str) -> str:
    """Return what a question prints in a pipe of 80 columns."""
    ran = run(*(few if a == "ZONES" else a for a in QUESTIONS[name]), "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> str:
    """A file of six zones."""
    file = tmp_path_factory.mktemp("few") / "zones.csv"
    file.write_text(ZONES, "utf-8")
    return str(file)


@pytest.fixture(autouse=True)
def _eighty(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("CORRIDORS_REFERENCE", raising=False)  # what it lists has one language


# --- languages ----------------------------------------------------------------------------------


def english_in(text: str, ids: frozenset[str]) -> set[str]:
    words = re.findall(r"[A-Za-z0-9_.-]*[A-Za-z][A-Za-z0-9_.-]*…?", text)
    return {word for word in words if not STAYS.fullmatch(word.strip(".")) and word.strip(".…") not in ids}


@pytest.mark.parametrize("lang", ["ru", "kk"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_no_english_is_left(name, lang, shipped_net, few):
    ids = frozenset({*shipped_net.claims.index, *shipped_net.regions.index, *shipped_net.corridors.index})
    assert not english_in(shown(name, lang, few), ids)


def test_english_left_would_be_seen():
    assert english_in("доля unserved", frozenset()) == {"unserved"}
    assert not english_in("KZ-39 R-254 rail-gorbunovo-mamlyutka --format csv P10 USD wewc", frozenset({"wewc"}))


@pytest.mark.parametrize("name", QUESTIONS)
def test_numbers_are_the_same_in_all_languages(name, few):
    """Texts differ, figures do not: those with a decimal point, which no sentence has."""
    figures = [sorted(re.findall(r"\d+\.\d+", shown(name, lang, few))) for lang in ("en", "ru", "kk")]
    assert figures[0] == figures[1] == figures[2]


def test_json_and_csv_keep_their_keys():
    for form in ("json", "csv"):
        keys = [
            re.findall(r'"(\w+)":', text) if form == "json" else text.splitlines()[0]
            for lang in ("en", "ru")
            for text in [run("crossings", "--mode", "rail", "--format", form, "--lang", lang).out]
        ]
        assert keys[0]
        assert keys[0] == keys[1]


def test_every_text_has_the_same_fields_in_all_languages():
    for english, others in tables().items():
        for other in others:
            assert other
            assert sorted(set(FIELD.findall(other))) == sorted(set(FIELD.findall(english))), english


def test_russian_and_kazakh_are_not_each_other():
    """Sentences of three words or more differ: nothing was copied from one column into the other."""
    same = [english for english, (ru, kk) in tables().items() if ru == kk and len(re.findall(r"[А-я]{3,}", ru)) > 2]
    assert not same


def said_in_the_source() -> set[str]:
    """Every literal that a module of cli says or translates."""
    found = set()
    for path in (SRC / "cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                text = node.args[1]
                if isinstance(text, ast.Constant):
                    found.add(text.value)
    return found


def test_every_sentence_of_the_source_has_all_languages():
    assert len(said_in_the_source()) > 40
    assert said_in_the_source() <= set(tables())


def test_notes_of_a_build_read_well_of_one():
    """ "ways cut: 1", not "1 ways cut"."""
    from corridors.cli.translations import area, build, exchange, osm

    noted = [*area.AREA, *build.BUILD, *exchange.EXCHANGE, *osm.OSM]
    assert [text for text in noted if re.match(r"(\{name\}: )?\{count\} [a-z]", text)] == []


def test_values_in_a_text_are_kept():
    assert say("kk", "Route {rank}", rank=3) == "3-бағыт"
    assert translate("ru", "Within 12 h of Омск by road") == "За 12 ч от: Омск, по автодорогам"
    assert translate("en", "Within 12 h of Omsk by road") == "Within 12 h of Omsk by road"
    assert heading("ru", "nobody knows_this") == "nobody knows this"


def test_settings_say_what_was_set():
    line = settings_line("en", {"network": "default", "via": ["a", "b"], "assumptions_set": {"x.y": 2.0}, "theta": 1.0})
    assert line == "network default · via a, b · assumptions set x.y=2 · theta 1.0"


# --- errors -------------------------------------------------------------------------------------

ERRORS = {"UsageError", "UnknownNameError", "AmbiguousNameError", "NoAnswerError", "OutputError"}
# said to programs only, or put together of parts: those are tried below
UNSEEN = re.compile(
    r"^x0 joined by|^wait_factor|extent|its rows have no geometry|weights .*: expected gravity, uniform or a table|method .* unknown"
)


def sample(node: ast.expr) -> str | None:
    """Return a message with a sample for each value; None: it is made elsewhere."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.BinOp):
        return sample(node.left)
    if not isinstance(node, ast.JoinedStr):
        return None
    text = ""
    for at, part in enumerate(node.values):
        if isinstance(part, ast.Constant):
            text += str(part.value)
            continue
        after = node.values[at + 1] if at + 1 < len(node.values) else None
        glued = isinstance(after, ast.FormattedValue) or (isinstance(after, ast.Constant) and after.value[:1].isalpha())
        if not text[-1:].isalnum() and not glued:  # what is glued to a word is a hint or a place, and may be empty
            text += "'x9'" if part.conversion == ord("r") else f"x{at}"
    return text


def errors_in_the_source() -> list[str]:
    found = []
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
                message = sample(node.exc.args[0]) if node.exc.func.id in ERRORS else None
                if message and re.search("[a-z]{3}", message) and not UNSEEN.search(message):
                    found.append(message)
    return found


@pytest.mark.parametrize("message", errors_in_the_source())
@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_every_error_of_a_question_is_translated(message, lang):
    said = translate(lang, message)
    assert said != message
    words = {"and", "or", "one", "of", "expected", "unknown", "with", "is", "no", "the", "not", "known", "given"}
    assert not words & set(re.findall(r"[a-z]+", re.sub(r"'[^']*'", "", said))), "half of it is English"
    assert all(value in said for value in re.findall(r"x\d", message))


@pytest.mark.parametrize(
    ("arguments", "russian"),
    [
        (["route", "Qqqqq", "Омск"], "откуда 'Qqqqq': неизвестно"),
        (["route", "Омск", "Курган", "--mode", "air"], "'air': неизвестно, ожидается одно из: any, rail, road"),
        (["route", "Омск"], "не хватает аргумента 'TO'"),
        (["route", "Омск", "Курган", "--nope"], "нет такого параметра: --nope"),
        (["nope"], "нет такой команды: 'nope'"),
        (["reach", "Омск", "--hours", "many"], "--hours 'many': ожидается число"),
        (["transit", "RU", "--through", "RU"], "через RU: та же страна"),
        (["compare", "nope"], "сценарий 'nope': неизвестен"),
        (["compare", "petropavl"], "может быть, petropavl-closed?"),
        (["route", "Омск", "Курган", "--set", "gravity.thet=1"], "может быть, gravity.theta?"),
        (["route", "Омск", "Курган", "--wait", "nope"], "--wait 'nope': ожидается ПЕРЕХОД=ЧАСЫ"),
    ],
)
def test_errors_are_said_in_the_language(arguments, russian):
    ran = run(*arguments, "--lang", "ru")
    assert ran.code == 2
    assert ran.err.startswith("corridors: ")
    assert russian in ran.err
    assert russian not in run(*arguments).err
    assert run(*arguments, "--lang=ru").err == ran.err


def test_no_answer_is_said_in_the_language():
    ran = run("route", "Горно-Алтайск", "Омск", "--mode", "rail", "--lang", "kk")
    assert (ran.code, ran.err) == (1, "corridors: Горно-Алтайск: қолжетімді түйін жоқ (теміржол, жүк)\n")
    assert "никакие две зоны разных стран не связаны" in translate(
        "ru", "no two zones of two countries are joined by sea (car)"
    )


def test_where_in_a_scenario_is_said_in_the_language(tmp_path):
    file = tmp_path / "jam.toml"
    file.write_text('close = ["nope"]\n', "utf-8")
    err = run("route", "Омск", "Курган", "--scenario", file, "--lang", "ru").err
    assert "jam.toml, строка 1, close: переход 'nope': неизвестно" in err


# --- width, colours -----------------------------------------------------------------------------


def columns_of(line: str) -> int:
    """Return how many columns of a terminal a line takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_eighty_columns_are_enough(name, lang, few):
    text = shown(name, lang, few)
    assert max(map(columns_of, text.splitlines())) <= 80
    assert "\x1b" not in text


@pytest.mark.parametrize("name", ["", *command_names()])
def test_help_fits_and_is_grouped(name):
    ran = run(*filter(None, [name]), "--help")
    assert ran.code == 0
    assert max(map(columns_of, ran.out.splitlines())) <= 80
    assert "\x1b" not in ran.out
    if "--mode" in ran.out:
        assert all(f"─ {panel} ─" in ran.out for panel in ("Question", "Scenario", "Network"))
        assert "[default: any]" in ran.out


def test_help_has_one_line_a_command():
    text = run("--help").out
    listed = re.findall(r"^│ ([a-z]+)  +\S.*│$", text, re.MULTILINE)
    assert sorted(listed) == sorted(command_names())
    after = [line for panel in re.findall(r"╭─ (?!Options).*?╰", text, re.DOTALL) for line in panel.splitlines()[1:-1]]
    assert len(after) == len(command_names())


def on_terminal(*arguments: str, **environment: str) -> tuple[str, int]:
    """Run the command line with a terminal of 80 columns for stdout and stderr; return what it wrote."""
    leader, follower = pty.openpty()
    kept = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR", "TERM"}}
    with subprocess.Popen(
        [*command_line(), *arguments],
        stdout=follower,
        stderr=follower,
        stdin=subprocess.DEVNULL,
        env={**kept, "TERM": "xterm-256color", "COLUMNS": "80", **environment},
    ) as process:
        os.close(follower)
        text = b""
        while select.select([leader], [], [], 60)[0]:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            text += part
    os.close(leader)
    return text.decode("utf-8", "replace"), process.returncode


ROUTE = ("route", "Курган", "Омск", "--mode", "rail", "--lang", "ru")
COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-8](;[0-9;]+)?m|\x1b\[[0-9;]*9[0-7]m")
BOLD = "\x1b[1m"


def test_a_terminal_shows_bold_and_progress():
    text, code = on_terminal(*ROUTE)
    assert code == 0
    assert BOLD in text
    assert "расчёт" in text  # the bar


def test_a_file_written_from_a_terminal_is_plain(tmp_path):
    assert on_terminal(*ROUTE, "--output", str(tmp_path / "route.txt"))[1] == 0
    text = (tmp_path / "route.txt").read_text("utf-8")
    assert "Курган – Омск" in text
    assert "\x1b" not in text


def test_no_color_is_heeded():
    coloured = on_terminal("crossings", "--mode", "rail")[0]
    plain, code = on_terminal("crossings", "--mode", "rail", NO_COLOR="1")
    assert code == 0
    assert COLOUR.search(coloured)  # the bar
    assert not COLOUR.search(plain)


def test_a_dumb_terminal_gets_plain_text():
    text, code = on_terminal(*ROUTE, TERM="dumb")
    assert code == 0
    assert "\x1b" not in text
    assert "\r" not in text.replace("\r\n", "\n")
    assert "Курган – Омск" in text


def test_a_pipe_gets_no_progress_and_no_colour():
    done = subprocess.run(
        [*command_line(), "crossings", "--mode", "rail", "--worst", "2"], capture_output=True, check=True, timeout=120
    )
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout
    assert b"\r" not in done.stdout


@pytest.mark.parametrize(
    ("what", "arguments"),
    [
        ("closures", ["crossings", "--mode", "rail"]),
        ("failures", ["crossings", "--mode", "rail", "--robustness", "--orders", "1", *FEW]),
        ("years", ["timeline", "KZ", "--through", "RU", "--mode", "rail", "--from", "2003", "--to", "2005"]),
        ("scenarios", ["compare", "petropavl-closed", "--mode", "rail"]),
        ("solving", ["transit", "KZ", "--through", "RU", "--mode", "rail"]),
        ("drawing", ["map", "MAP", "--crossings", "--mode", "rail"]),
    ],
)
def test_what_is_slow_shows_progress(what, arguments, tmp_path, few):
    files = {"MAP": str(tmp_path / "map.png"), "ZONES": few}
    text, code = on_terminal(*(files.get(a, a) for a in arguments))
    assert code == 0
    assert what in text
    assert re.search(r"0:00:\d\d", text)  # the time that has passed


def test_an_error_after_a_bar_is_one_line():
    text, code = on_terminal("route", "Qqqqq", "Омск")
    assert code == 2
    assert re.search(r"corridors: origin 'Qqqqq' is unknown[^\r\n]*\r\n$", text)
    assert "Traceback" not in text


def test_running_is_the_same_with_and_without_a_terminal():
    ran = run(*ROUTE)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", on_terminal(*ROUTE)[0])
    table = [line.strip() for line in ran.out.splitlines() if "ж. д." in line]
    assert table
    assert all(row in plain for row in table)
