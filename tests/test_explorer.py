"""The explorer's page in a real browser: the library's figures, clicks, typing, no requests, no errors."""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import toy
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from random_networks import networks
from test_cli import run

import corridors as co
from corridors.analysis.setting import pose
from corridors.model.scenario import Scenario
from corridors.views.explorer.data import pack
from corridors.views.explorer.page import explore
from corridors.views.explorer.words import WORDS

SAME = 1e-9
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
playwright = pytest.importorskip("playwright.sync_api", reason="the explorer is tested with playwright, not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if BROWSER is None:
        pytest.skip("the explorer is tested in Chromium, which is not on this machine")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("page") / "border.html"
    ran = run("explore", str(path), "--route", "Курган", "Omsk", "--mode", "rail")
    assert (ran.code, ran.err) == (0, "")
    return str(path)


@contextlib.contextmanager
def opened(browser, file: str, address: str = "", **options: Any) -> Iterator[Any]:
    """Open the page; whatever it complains of or asks the network for fails the test."""
    context = browser.new_context(**({"viewport": {"width": 1300, "height": 850}} | options))
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("request", lambda request: said.append(f"request: {request.url}"))
    page.goto(f"file://{file}{address}")
    page.wait_for_function("document.documentElement.dataset.ready")
    yield page
    assert said == [f"request: file://{file}{address}".partition("#")[0]]
    context.close()


@pytest.fixture
def page(browser, file) -> Iterator[Any]:
    with opened(browser, file) as there:
        yield there


# ---- the file ------------------------------------------------------------------------------------------------------


def test_the_file_is_whole_and_names_no_other(file):
    text = Path(file).read_text("utf-8")
    assert len(text.encode()) < 8_000_000
    markup = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(r"(src|href)\s*=\s*[\"'](?!data:)", markup)
    assert "default-src 'none'" in markup
    assert "{{" not in markup
    scripts = "".join(re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL))
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b", scripts)
    assert not re.search(r"(?<!www\.w3\.org/2000/svg)https?://(?!www\.w3\.org/2000/svg)", scripts)


def test_every_text_has_three_languages_and_the_same_gaps():
    for key, texts in WORDS.items():
        assert len(texts) == 3
        assert all(texts), key
        assert len({tuple(sorted(re.findall(r"\{\w+\}", t))) for t in texts}) == 1, key


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("page.txt",), 2, "suffix '.txt' is unknown, expected .html"),
        (("page.html", "--mode", "bus"), 2, "mode 'bus' is unknown"),
        (("page.html", "--route", "narnia", "Omsk"), 2, "origin 'narnia' is unknown"),
        (("page.html", "--route", "55,60", "Omsk"), 2, "origin '55,60': the explorer opens with places"),
        (("page.html", "--as-of", "yesterday"), 2, "yesterday"),
        (("missing/page.html",), 4, "cannot be written"),
    ],
)
def test_bad_input_is_one_line(tmp_path, arguments, code, said):
    ran = run("explore", str(tmp_path / arguments[0]), *arguments[1:])
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


# ---- the page computes what the library computes -----------------------------------------------------------------------

ASK = """([pack, questions]) => {
  const solver = Engine.solver(pack);
  const crossing = (id) => pack.crossings.id.indexOf(id);
  return questions.map((q) => {
    const found = solver.ask({
      ...q, factor: 1, closed: new Set(q.closed.map(crossing)),
      waits: new Map(Object.entries(q.waits).map(([id, h]) => [crossing(id), h])),
      from: pack.places.id.indexOf(q.from), to: pack.places.id.indexOf(q.to),
      home: pack.countries.indexOf(q.home), through: pack.countries.indexOf(q.through),
    });
    const named = found.route && {...found.route, legs: null, crossings: found.route.crossings.map((c) => pack.crossings.id[c.crossing])};
    return {
      ranking: Object.fromEntries(found.ranking.map((r) => [pack.crossings.id[r.crossing], [r.criticality, r.unserved_share]])),
      dependency: found.dependency.dependency, captive: found.dependency.captive_share,
      regions: Object.fromEntries(found.dependency.regions.map((r) => [pack.regions.id[r.region], r.dependency])),
      route: named, around: found.around && found.around.route && found.around.route.time_h,
    };
  });
}"""


def questions(net, count: int, dates: list[str], seed: int) -> list[dict[str, Any]]:
    rng = random.Random(seed)
    crossings = list(net.crossings.index)
    places = sorted(set(net.nodes.loc[net.nodes["kind"] != "border", "place_id"].dropna()))
    found = []
    for _ in range(count):
        closed = rng.sample(crossings, rng.choice([0, 0, 1, 2, 5]))
        slow = [c for c in rng.sample(crossings, rng.choice([0, 1, 3])) if c not in closed]
        origin, destination = rng.sample(places, 2)
        home, through = rng.choice([("RU", "KZ"), ("KZ", "RU")])
        found.append(
            {
                "mode": rng.choice(["any", "rail", "road"]),
                "minimize": rng.choice(["time", "distance", "cost", "generalised"]),
                "date": rng.choice(dates),
                "closed": closed,
                "waits": {c: rng.choice([0.0, 3.5, 40.0]) for c in slow},
                "from": origin,
                "to": destination,
                "home": home,
                "through": through,
            }
        )
    return found


def near(value: float) -> Any:
    return pytest.approx(value, rel=SAME, abs=1e-12)


def test_the_page_agrees_with_the_library(browser, file, shipped_net):
    packed = pack(shipped_net)
    asked = questions(
        shipped_net, 24, [packed["as_of"]] * 3 + ["1995-06-01", "2004-01-01", "2012-07-01", "2029-01-01"], 5
    )
    with opened(browser, file) as page:
        answers = page.evaluate(ASK, [packed, asked])
    for q, answer in zip(asked, answers, strict=True):
        how: dict[str, Any] = {"mode": q["mode"], "minimize": q["minimize"]}
        scenario = Scenario(name="asked", close=tuple(q["closed"]), wait_h=q["waits"], as_of=q["date"])
        base = co.baseline(shipped_net, country=q["home"], through=q["through"], **how)
        assert answer["dependency"] == near(base.compare([scenario]).summary["dependency_after"].iloc[0])
        try:
            best = co.route(shipped_net, q["from"], q["to"], scenario=scenario, **how).routes[0]
        except co.NoAnswerError:
            assert answer["route"] is None
        else:
            for key in ("distance_km", "time_h", "cost_usd", "border_wait_h"):
                assert answer["route"][key] == near(best[key]), (q, key)
            assert answer["route"]["km_by_country"] == near(best["km_by_country"])
            assert answer["route"]["crossings"] == [c["crossing_id"] for c in best["crossings"]]
        if q["date"] == packed["as_of"]:
            table = co.crossings(shipped_net, scenario=scenario, **how).table
            pairs = zip(table["criticality"], table["unserved_share"], strict=True)
            assert set(answer["ranking"]) == set(table.index)
            for crossing, (criticality, unserved) in zip(table.index, pairs, strict=True):
                assert answer["ranking"][crossing] == [near(criticality), near(unserved)], (q, crossing)
            found = co.transit(shipped_net, q["home"], q["through"], scenario=scenario, sensitivity=False, **how)
            assert answer["captive"] == near(found.figures["captive_share"])
            assert answer["regions"] == near(found.table["dependency"].to_dict())


def least(net, origin: str, destination: str, **how: Any) -> dict[str, Any] | None:
    """The best route, or None."""
    try:
        return co.route(net, origin, destination, **how).routes[0]
    except co.NoAnswerError:
        return None


@given(
    net=networks(),
    closed=st.sets(st.integers(0, 4), max_size=2),
    slow=st.sampled_from([None, 0.0, 7.0]),
    minimize=st.sampled_from(["time", "distance", "cost", "generalised"]),
    turn=st.integers(0, 5),
)
@settings(max_examples=20, phases=[Phase.generate])
def test_random_networks_of_two_and_three_countries(browser, file, net, closed, slow, minimize, turn):
    crossings = list(net.crossings.index)
    shut = [c for i, c in enumerate(crossings) if i in closed]
    waits = {} if slow is None or crossings[-1] in shut else {crossings[-1]: slow}
    scenario = Scenario(name="asked", close=tuple(shut), wait_h=waits)
    how: dict[str, Any] = {"mode": "road", "minimize": minimize, "scenario": scenario}
    ends = [p for p in net.places.index if net.places.at[p, "kind"] != "checkpoint"]
    countries = list(itertools.permutations(sorted(net.nodes["country"].dropna().unique()), 2))
    home, through = countries[turn % len(countries)]
    packed = pack(net)
    settled = {"mode": "road", "minimize": minimize, "date": packed["as_of"], "closed": shut, "waits": waits}
    settled |= {"home": home, "through": through}
    asked = [{**settled, "from": a, "to": b} for a in ends[:3] for b in ends if a != b]
    try:
        table = co.crossings(net, **how).table
    except co.NoAnswerError:
        assume(False)
    if not hasattr(browser, "corridors_page"):
        browser.corridors_page = browser.new_page()
        browser.corridors_page.goto(f"file://{file}")
    answers = browser.corridors_page.evaluate(ASK, [packed, asked])
    ties = [pose(net, mode="road", scenario=s).touched_nodes().tolist() for s in (scenario, Scenario())]
    if ties[0] == ties[1]:  # in the page zones stay tied whatever is shut
        ranking = answers[0]["ranking"]
        for crossing, criticality, unserved in zip(
            table.index, table["criticality"], table["unserved_share"], strict=True
        ):
            shown = ranking.get(crossing, [0.0, 0.0])  # one that leads nowhere is not listed
            assert shown == [near(criticality), near(unserved)]
        with contextlib.suppress(co.NoAnswerError):  # too few zones
            found = co.transit(net, home, through, sensitivity=False, **how).figures
            assert answers[0]["dependency"] == near(found["dependency"])
            assert answers[0]["captive"] == near(found["captive_share"])
    own = {"time": "time_h", "distance": "distance_km", "cost": "cost_usd"}
    nodes = set(net.nodes.index[pose(net, mode="road", scenario=scenario).touched_nodes()])
    for q, answer in zip(asked, answers, strict=True):
        if not {q["from"], q["to"]} <= nodes:
            continue  # the library takes the node of that name; the page, which knows places, the nearest of its region
        best = least(net, q["from"], q["to"], **how)
        if best is None:
            assert answer["route"] is None
        elif minimize in own:
            assert answer["route"][own[minimize]] == near(best["minimized"])
        else:
            assert answer["route"]["cost_usd"] + 2 * answer["route"]["time_h"] == near(best["minimized"])


def test_a_crossing_run_through_twice_counts_once_and_no_region_is_nobodys(browser, file):
    """After the entry by e the way to d clips the corner at c twice; b lies in no region and on no road."""
    net = toy.network(
        "k KZ KZ-A 5\nm KZ KZ-A 1\nr RU RU-A 1\nd RU RU-A 5\nb RU RU-B 1\ne\nc",
        "k e 1 mode=rail\ne r 1 mode=rail\nr c 1 mode=rail\nc m 1 mode=rail\nc d 1 mode=rail\nk m 50 mode=rail\nr d 90 mode=rail",
        "e KZ>RU entry 1\ne KZ>RU transit 9",  # so that e is the entry, and c is run through
        crossings={"c": {"category": "none"}},
    )
    asked = {
        "mode": "rail",
        "minimize": "time",
        "date": pack(net)["as_of"],
        "closed": [],
        "waits": {},
        "from": "k",
        "to": "d",
    }
    with opened(browser, file) as page:
        (answer,) = page.evaluate(ASK, [pack(net), [asked | {"home": "RU", "through": "KZ"}]])
        (nowhere,) = page.evaluate(ASK, [pack(net), [asked | {"to": "b", "home": "RU", "through": "KZ"}]])
    table = co.crossings(net, mode="rail", minimize="time").table
    for crossing in table.index:
        row = table.loc[crossing]
        assert answer["ranking"][crossing] == [near(row["criticality"]), near(row["unserved_share"])]
    assert nowhere["route"] is None


# ---- what a reader does ------------------------------------------------------------------------------------------------


def told(*arguments: str) -> dict[str, Any]:
    return json.loads(run("route", *arguments, "--format", "json").out)["routes"][0]


def big(page) -> str:
    return page.locator("#route .big").inner_text()


def test_it_opens_with_the_route_that_was_asked_for(page):
    best = told("Kurgan", "Omsk", "--mode", "rail")
    assert big(page).startswith(f"{best['distance_km']:.0f} km · {best['time_h']:.1f} h")
    assert page.input_value("#from") == "Kurgan"
    assert page.locator("#crossings tbody tr.used").count() == len(best["crossings"])


def test_a_crossing_is_closed_with_a_click_and_opened_again(page):
    before = big(page)
    page.locator('#map [data-crossing="rail-gorbunovo-mamlyutka"]').click()
    best = told("Kurgan", "Omsk", "--mode", "rail", "--close", "rail-gorbunovo-mamlyutka")
    assert big(page).startswith(f"{best['distance_km']:,.0f} km · {best['time_h']:.1f} h")
    row = page.locator('#crossings tr[data-crossing="rail-gorbunovo-mamlyutka"]')
    assert "shut" in row.get_attribute("class")
    assert not row.locator("input[type=checkbox]").is_checked()
    assert page.locator('#map [data-crossing="rail-gorbunovo-mamlyutka"]').get_attribute("aria-pressed") == "true"
    row.locator("input[type=checkbox]").check()
    assert big(page) == before


def test_a_crossing_is_slowed_in_the_table(page):
    hours = page.locator('#crossings tr[data-crossing="rail-gorbunovo-mamlyutka"] input[type=number]')
    hours.fill("40")
    hours.press("Enter")
    best = told("Kurgan", "Omsk", "--mode", "rail", "--wait", "rail-gorbunovo-mamlyutka=40")
    assert big(page).startswith(f"{best['distance_km']:,.0f} km · {best['time_h']:.1f} h")
    page.click("#reset")
    assert hours.input_value() == ""
    assert page.locator("#reset").is_disabled()


def test_the_ranking_is_the_librarys(page, shipped_net):
    table = co.crossings(shipped_net, mode="rail").table
    shown = page.locator("#crossings tbody tr").evaluate_all("rows => rows.map((r) => r.dataset.crossing)")
    assert set(shown) == set(table.index)
    assert shown[:5] == list(table.index[:5])
    first = page.locator("#crossings tbody tr").first.locator("td").nth(2).inner_text()
    assert float(first) == pytest.approx(60 * table["criticality"].iloc[0], abs=0.006)


@pytest.mark.parametrize("typed", ["кокч", "Көкше", "Kokshe", "Кокчетав"])
def test_places_are_found_in_three_languages_and_by_old_names(page, typed):
    page.click("#to")
    page.keyboard.type(typed)
    assert page.locator("#to-list li").first.inner_text().startswith("Kokshetau")
    page.keyboard.press("Enter")
    best = told("Kurgan", "Kokshetau", "--mode", "rail")
    assert big(page).startswith(f"{best['distance_km']:,.0f} km")


def test_the_keyboard_is_enough(page):
    page.focus("#from")
    page.keyboard.type("astr")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.locator('#from-list li[aria-selected="true"]')
    assert page.get_attribute("#from", "aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Escape")
    assert page.input_value("#from") == "Kurgan"
    assert page.get_attribute("#from", "aria-expanded") == "false"
    tick = page.locator("#crossings tbody tr.used input[type=checkbox]").first
    name = tick.evaluate("t => t.closest('tr').dataset.crossing")
    tick.focus()
    page.keyboard.press("Space")
    focused = page.evaluate("document.activeElement.closest('tr').dataset.crossing")
    assert focused == name, "the row moves up, and the focus with it"
    before = page.get_attribute("#map", "viewBox")
    page.focus("#map")
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    assert page.get_attribute("#map", "viewBox") != before
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('input, select, button, [role=button], [role=listbox]')].filter((e) =>
        !(e.getAttribute('aria-label') || (e.labels && e.labels.length) || e.textContent.trim())).map((e) => e.outerHTML)"""
    )
    assert nameless == []


def test_mode_cost_date_and_whose_dependency(page, shipped_net):
    page.select_option("#mode", "road")
    page.select_option("#minimize", "distance")
    best = told("Kurgan", "Omsk", "--mode", "road", "--minimize", "distance")
    assert big(page).startswith(f"{best['distance_km']:,.0f} km")
    page.select_option("#mode", "rail")
    page.select_option("#minimize", "time")
    page.select_option("#whose", label="Kazakhstan: own traffic through Russia")
    said = page.inner_text("#dependency")
    share = co.transit(shipped_net, "KZ", "RU", mode="rail", sensitivity=False).figures["dependency"]
    assert said.startswith(f"{100 * share:.1f}%")
    page.fill("#date", "2003-06-01")
    page.dispatch_event("#date", "change")
    share = co.timeline(shipped_net, "KZ", "RU", mode="rail", first=2002, last=2003).table.at[2003, "dependency"]
    assert page.inner_text("#dependency").startswith(f"{100 * share:.1f}%")


def test_a_date_is_typed_digit_by_digit(browser, file):
    with opened(browser, file, locale="en-US") as page:
        page.focus("#date")
        page.keyboard.type("06152003")
        page.keyboard.press("Tab")
        assert page.input_value("#date") == page.evaluate("explorer.state.date") == "2003-06-15"
        page.fill("#date", "1985-01-01")
        page.dispatch_event("#date", "change")
        page.dispatch_event("#date", "blur")
        assert page.input_value("#date") == "2003-06-15"


def test_regions_stand_by_their_dependency(page):
    shares = page.locator("#regions tbody tr td:last-child").all_inner_texts()
    values = [float(share.rstrip("%")) for share in shares]
    assert len(values) > 20
    assert values == sorted(values, reverse=True)


def test_a_slip_is_forgiven_and_a_whole_name_comes_first(page):
    for typed, name in (("Petropavlosk", "Petropavl"), ("Чилябинск", "Chelyabinsk"), ("Kurgan", "Kurgan")):
        page.fill("#to", typed)
        assert page.locator("#to-list li").first.inner_text().startswith(name)
    page.fill("#from", "Omsk")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#from") == "Omsk"


@pytest.mark.parametrize(("lang", "word", "city"), [("ru", "Переходы", "Курган"), ("kk", "Өткелдер", "Қорған")])
def test_the_language_changes_everything(page, lang, word, city):
    page.select_option("#lang", lang)
    assert page.inner_text("#h-crossings") == word
    assert page.input_value("#from") == city
    assert page.get_attribute("html", "lang") == lang
    text = page.inner_text("main")
    for name in re.findall(r"\b[A-Za-z]{3,}\b", text):
        assert name in {"USD", "corridors", "ODbL", "OpenStreetMap", "GeoNames", "Natural", "Earth"}, name


def test_an_address_says_what_is_shown(browser, file, page):
    page.locator('#map [data-crossing="rail-gorbunovo-mamlyutka"]').click()
    page.select_option("#mode", "any")
    page.select_option("#lang", "ru")
    shown, address = big(page), page.evaluate("location.hash")
    with opened(browser, file, address) as again:
        assert big(again) == shown
        assert again.evaluate("explorer.state.closed.size") == 1
    rest = "rail-gorbunovo-mamlyutka=1e999&factor=1e999&date=2026-99-99&lang=constructor"
    for nonsense in ("#from=nowhere&mode=bus&date=x&close=none&wait=a=b&own=XX-YY&lang=xx", f"#wait={rest}"):
        with opened(browser, file, nonsense) as odd:
            assert odd.input_value("#from") == "Kurgan"
            assert odd.evaluate("[explorer.state.waits.size, explorer.state.factor, explorer.state.lang]") == [
                0,
                1,
                "en",
            ]
            assert odd.locator("#crossings tbody tr").count() == 23
            odd.evaluate("location.hash = '#lang=ru&close=rail-gorbunovo-mamlyutka'")
            odd.wait_for_function("explorer.state.closed.size === 1")
            assert odd.inner_text("#closed-count") == "закрыто: 1"


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (820, "dark"), (1600, "dark")])
def test_it_fits_a_phone_and_follows_light_and_dark(browser, file, width, scheme):
    with opened(browser, file, viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        for lang in ("en", "ru", "kk"):
            page.select_option("#lang", lang)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        dark = sum(map(int, re.findall(r"\d+", paper)[:3])) < 200
        assert dark == (scheme == "dark")
        page.click("#theme")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper


def test_labels_on_the_map_do_not_cover_each_other(page):
    boxes = page.locator("#map text").evaluate_all(
        "texts => texts.map((t) => { const b = t.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })"
    )
    assert len(boxes) > 20
    over = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if min(a[2], b[2]) - max(a[0], b[0]) > 3 and min(a[3], b[3]) - max(a[1], b[1]) > 4
    ]
    assert not over


def test_it_opens_with_a_scenario_and_from_a_result(browser, tmp_path, shipped_net):
    path = tmp_path / "shut.html"
    ran = run(
        "explore",
        str(path),
        "--route",
        "Kurgan",
        "Omsk",
        "--mode",
        "rail",
        "--scenario",
        "petropavl-closed",
        "--scenario",
        "waits-doubled",
    )
    assert ran.code == 0, ran.err
    with opened(browser, str(path)) as page:
        best = told("Kurgan", "Omsk", "--mode", "rail", "--scenario", "petropavl-closed", "--scenario", "waits-doubled")
        assert big(page).startswith(f"{best['distance_km']:,.0f} km · {best['time_h']:.1f} h")
        page.click("#reset")
        assert big(page).startswith(f"{told('Kurgan', 'Omsk', '--mode', 'rail')['distance_km']:,.0f} km")
    found = co.route(shipped_net, "Barnaul", "Almaty", mode="road", scenario=Scenario(as_of="2020"))
    with opened(browser, str(found.explore(tmp_path / "result.html"))) as page:
        assert (page.input_value("#from"), page.input_value("#mode"), page.input_value("#date")) == (
            "Barnaul",
            "road",
            "2020-12-31",
        )
        assert big(page).startswith(f"{found.routes[0]['distance_km']:,.0f} km")


def test_a_network_without_outlines_or_links_of_a_mode(browser, tmp_path):
    net = toy.network("a RU RU-A 1\nk KZ KZ-A 1\nx", "a x 10\nx k 10")
    path = explore(net, tmp_path / "toy.html", ends=("a", "k"), mode="road")
    with opened(browser, str(path)) as page:
        assert big(page).startswith("20 km")
        page.select_option("#mode", "rail")
        assert page.inner_text("#route").startswith("There is no way")
        page.select_option("#mode", "road")
        page.locator("#crossings input[type=checkbox]").uncheck()
        assert page.inner_text("#route").startswith("There is no way")
