"use strict";
/* The page: what is asked stands in `state`; every change asks again and shows the answer. */

(() => {
  const pack = JSON.parse(document.getElementById("pack").textContent);
  const solver = Engine.solver(pack), data = solver.data;
  const $ = (id) => document.getElementById(id);
  // Kazakh writes numbers as Russian does, and browsers know the latter
  const LOCALES = {en: "en-GB", ru: "ru-RU", kk: "ru-RU"};
  const MODES = ["any", "rail", "road"], MINIMIZE = ["time", "distance", "cost", "generalised"];
  const MARKS = {rail: "◻", road: "○", sea: "◇"}; // as on the map
  const LONGEST_WAIT_H = 10000;
  const number = new Map(pack.crossings.id.map((id, k) => [id, k]));
  const placeNumber = new Map(pack.places.id.map((id, p) => [id, p]));
  const state = {...pack.opens, closed: new Set(pack.opens.closed.map((id) => number.get(id)))};
  state.waits = new Map(Object.entries(pack.opens.waits).map(([id, hours]) => [number.get(id), hours]));
  state.from = placeNumber.get(pack.opens.from) ?? -1;
  state.to = placeNumber.get(pack.opens.to) ?? -1;
  let answer = null;

  // ---- words and numbers ----
  function word(key, filled = {}) {
    return pack.words[state.lang][key].replace(/\{(\w+)\}/g, (_, name) => filled[name] ?? "");
  }
  function figure(value, digits = 0) {
    if (value === null || value === undefined || !Number.isFinite(value)) return "–";
    const options = {minimumFractionDigits: digits, maximumFractionDigits: digits};
    return new Intl.NumberFormat(LOCALES[state.lang], options).format(value);
  }
  function percent(value) {
    if (!Number.isFinite(value)) return "–";
    return `${figure(100 * value, value > 0 && value < 0.0005 ? 3 : 1)}%`;
  }
  const placeName = (place) => pack.places.name[state.lang][place];
  const crossingName = (k) => pack.crossings.name[state.lang][k];
  const countryName = (code) => pack.country_names[state.lang][code] ?? code;
  function nodeName(node) {
    const place = data.nodes.place[data.nodes.row[node]];
    return place >= 0 ? placeName(place) : "";
  }
  const unit = () => ({time: word("min"), distance: word("km"), cost: word("usd"), generalised: word("usd")})[state.minimize];
  const inUnit = (value) => (state.minimize === "time" ? 60 * value : value);

  function make(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "class") made.className = value; else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  // ---- names of places, found as the library finds them: spelling, script and case do not matter ----
  const CYRILLIC = {
    а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", з: "z", и: "i", й: "i", к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r",
    с: "s", т: "t", у: "u", ф: "f", х: "h", ц: "c", ы: "i", э: "e", ж: "zh", ч: "ch", ш: "sh", щ: "shch", ъ: "", ь: "", ю: "iu", я: "ia",
    ё: "e", ә: "a", ғ: "g", қ: "k", ң: "n", ө: "o", ұ: "u", ү: "u", һ: "h", і: "i",
  };
  const LATIN = {q: "k", y: "i", j: "i", ı: "i", x: "ks", w: "v"};
  const SOUNDS = [["kh", "h"], ["ts", "c"], ["ie", "e"], ["iia", "ia"], ["ii", "i"], ["iu", "u"], ["iio", "io"]];
  function searchKey(text) {
    const plain = text.toLowerCase().replaceAll("й", "и").replaceAll("ё", "е").normalize("NFKD").replace(/\p{M}/gu, "");
    let key = [...[...plain].map((c) => CYRILLIC[c] ?? c).join("")].filter((c) => /[\p{L}\p{N}]/u.test(c)).map((c) => LATIN[c] ?? c).join("");
    for (const [several, one] of SOUNDS) key = key.replaceAll(several, one);
    return key;
  }
  /** Tell whether a name was meant: the same first letter, and one letter missing, too many, wrong or swapped. */
  function slip(key, name) {
    if (key[0] !== name[0] || Math.abs(key.length - name.length) > 1) return false;
    let i = 0;
    while (i < key.length && key[i] === name[i]) i++;
    const [a, b] = [key.slice(i), name.slice(i)];
    return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  }
  const population = new Map();
  pack.zones.place.forEach((place, z) => { if (place >= 0) population.set(place, pack.zones.population[z]); });
  const served = pack.places.id.map((_, p) => p).filter((p) => pack.places.served[p]);
  const index = served.map((p) => {
    const names = ["en", "ru", "kk"].map((lang) => pack.places.name[lang][p]);
    return {place: p, keys: [...new Set([...names, ...pack.places.alias[p], pack.places.id[p]].map(searchKey))]};
  });
  const weightOf = (p) => population.get(p) ?? (pack.places.kind[p] === "city" ? 1 : 0);
  function findPlaces(text) {
    const key = searchKey(text);
    if (!key) return [];
    const found = [];
    for (const {place, keys} of index) {
      let rank = 9;
      for (const own of keys) rank = Math.min(rank, own === key ? 0 : own.startsWith(key) ? 1 : own.includes(key) ? 2 : 9);
      if (rank < 9) found.push({place, rank});
    }
    if (!found.length && key.length >= 5) {
      for (const {place, keys} of index) if (keys.some((own) => slip(key, own))) found.push({place, rank: 3});
    }
    found.sort((a, b) => a.rank - b.rank || weightOf(b.place) - weightOf(a.place) || a.place - b.place);
    return found.slice(0, 12).map((f) => f.place);
  }

  function combobox(input, list, choose) {
    let options = [], active = -1;
    function close() { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); active = -1; }
    function mark(i) {
      active = i;
      [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === i)));
      if (i >= 0 && options[i] !== undefined) {
        input.setAttribute("aria-activedescendant", list.children[i].id);
        list.children[i].scrollIntoView({block: "nearest"});
      }
    }
    function open() {
      options = findPlaces(input.value);
      list.replaceChildren(...options.map((place, n) => {
        const region = pack.places.region[place];
        const where = region >= 0 ? pack.regions.name[state.lang][region] : "";
        const item = make("li", {role: "option", id: `${list.id}-${n}`, "aria-selected": "false"}, placeName(place), make("small", {}, where));
        item.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
        item.addEventListener("click", () => take(n));
        return item;
      }));
      if (!options.length && input.value.trim()) list.append(make("li", {class: "quiet", role: "option", "aria-disabled": "true"}, word("no_place")));
      const shown = list.children.length > 0;
      list.hidden = !shown;
      input.setAttribute("aria-expanded", String(shown));
      mark(-1); // Enter takes the first
    }
    function take(n) { choose(options[n]); close(); }
    input.addEventListener("input", open);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) open();
        else if (options.length) mark(event.key === "ArrowDown" ? (active + 1) % options.length : (Math.max(active, 0) + options.length - 1) % options.length);
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (!list.hidden && options.length) take(Math.max(active, 0));
      } else if (event.key === "Tab") {
        if (!list.hidden && options.length) take(Math.max(active, 0));
      } else if (event.key === "Escape") { close(); showEnds(); }
    });
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", () => { close(); showEnds(); });
  }
  function showEnds() {
    for (const end of ["from", "to"]) $(end).value = state[end] >= 0 ? placeName(state[end]) : "";
  }

  // ---- what a reader or an address may say ----
  function bounded(text, most) {
    const value = Number(text);
    return text && Number.isFinite(value) && value >= 0 && value <= most ? value : null;
  }
  function isDay(text) {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && text >= pack.first_day && !Number.isNaN(Date.parse(text));
  }

  // ---- the state in the address, so that a link says what is shown ----
  function remember() {
    const said = new URLSearchParams();
    if (state.from >= 0) said.set("from", pack.places.id[state.from]);
    if (state.to >= 0) said.set("to", pack.places.id[state.to]);
    for (const key of ["mode", "minimize", "date", "lang"]) said.set(key, state[key]);
    said.set("own", `${pack.countries[state.home]}-${pack.countries[state.through]}`);
    if (state.closed.size) said.set("close", [...state.closed].map((k) => pack.crossings.id[k]).join(" "));
    if (state.waits.size) said.set("wait", [...state.waits].map(([k, h]) => `${pack.crossings.id[k]}=${h}`).join(" "));
    if (state.factor !== 1) said.set("factor", state.factor);
    try { history.replaceState(null, "", `#${said}`); } catch { /* a page in a frame may not */ }
  }
  function recall() {
    if (location.hash.length < 2) return;
    const said = new URLSearchParams(location.hash.slice(1));
    state.closed.clear(); state.waits.clear(); // the address says all
    state.factor = bounded(said.get("factor"), 1000) ?? 1;
    for (const end of ["from", "to"]) if (placeNumber.has(said.get(end))) state[end] = placeNumber.get(said.get(end));
    if (MODES.includes(said.get("mode"))) state.mode = said.get("mode");
    if (MINIMIZE.includes(said.get("minimize"))) state.minimize = said.get("minimize");
    if (isDay(said.get("date") ?? "")) state.date = said.get("date");
    if (Object.hasOwn(pack.words, said.get("lang") ?? "")) state.lang = said.get("lang");
    const own = (said.get("own") ?? "").split("-").map((c) => pack.countries.indexOf(c));
    if (own.length === 2 && own.every((c) => c >= 0) && own[0] !== own[1]) [state.home, state.through] = own;
    for (const id of (said.get("close") ?? "").split(" ")) if (number.has(id)) state.closed.add(number.get(id));
    for (const pair of (said.get("wait") ?? "").split(" ")) {
      const [id, hours] = pair.split("=");
      if (number.has(id) && bounded(hours, LONGEST_WAIT_H) !== null) state.waits.set(number.get(id), Number(hours));
    }
  }

  // ---- what is shown ----
  const map = NetworkMap.make($("map"), data, toggle);

  function translate() {
    document.documentElement.lang = state.lang;
    document.title = word("title");
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", word(element.dataset.label));
      if (element.tagName === "BUTTON") element.title = word(element.dataset.label);
    }
    for (const element of document.querySelectorAll("[data-region]")) {
      element.setAttribute("role", "region");
      element.setAttribute("aria-label", word(element.dataset.region));
    }
    for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = word(element.dataset.placeholder);
    for (const [id, keys] of [["mode", MODES], ["minimize", MINIMIZE]]) {
      $(id).replaceChildren(...keys.map((key) => make("option", {value: key}, word(key))));
      $(id).value = state[id];
    }
    const pairs = pack.countries.flatMap((_, a) => pack.countries.map((__, b) => [a, b])).filter(([a, b]) => a !== b);
    $("whose").replaceChildren(...pairs.map(([a, b]) => {
      const [home, through] = [a, b].map((c) => countryName(pack.countries[c]));
      return make("option", {value: `${a} ${b}`}, word("own_traffic", {home, through}));
    }));
    $("whose").value = `${state.home} ${state.through}`;
    $("lang").value = state.lang;
    $("date").value = state.date;
    $("about").textContent = word("about_text", {date: pack.as_of, vehicle: word(pack.vehicle)});
    $("th-region").textContent = word("region", {date: pack.as_of});
    $("source").textContent = word("source", {version: pack.version});
    map.setNames(pack.places.name[state.lang], served.slice().sort((a, b) => weightOf(b) - weightOf(a)).filter((p) => population.has(p) || pack.places.kind[p] === "city").concat(served.filter((p) => !population.has(p) && pack.places.kind[p] !== "city")));
    showEnds();
  }

  function showRoute() {
    const box = $("route");
    const {route, around} = answer;
    $("legs-box").hidden = !route;
    const two = [state.from, state.to].filter((p) => p >= 0);
    if (!route) {
      box.replaceChildren(make("p", {}, word(two.length < 2 || state.from === state.to ? "choose_ends" : "no_route")));
      map.setRoute([], two);
      return;
    }
    const said = [make("p", {class: "big"}, `${figure(route.distance_km)} ${word("km")} · ${figure(route.time_h, 1)} ${word("h")} · ${figure(route.cost_usd)} ${word("usd")}`)];
    if (route.border_wait_h > 0) said.push(make("p", {}, word("of_which_waiting", {h: figure(route.border_wait_h, 1)})));
    const parts = Object.entries(route.km_by_country).map(([c, km]) => word("km_in", {km: figure(km), country: countryName(c)}));
    said.push(make("p", {}, parts.join(" · ")));
    if (route.crossings.length) {
      said.push(make("ul", {}, ...route.crossings.map((c) => make("li", {}, word("into_at", {
        crossing: crossingName(c.crossing), country: countryName(c.into), km: figure(c.at_km), h: figure(c.wait_h, 1),
      })))));
    }
    if (around) {
      const country = countryName(around.country), way = around.route;
      said.push(make("p", {}, way ? word("around", {
        country, km: figure(way.distance_km), h: figure(way.time_h, 1),
        more: figure(way.distance_km - route.distance_km), later: figure(way.time_h - route.time_h, 1),
      }) : word("no_way_around", {country})));
    }
    box.replaceChildren(...said);
    $("legs").tBodies[0].replaceChildren(...route.legs.map((leg) => make("tr", {},
      make("td", {}, [nodeName(leg.from), nodeName(leg.to)].filter(Boolean).join(" – ") || leg.name),
      make("td", {}, word(leg.mode)), make("td", {class: "n"}, figure(leg.length_km)), make("td", {class: "n"}, figure(leg.time_h, 1)))));
    const arcs = route.legs.flatMap((leg) => leg.arcs).map((arc) => [data.arcs.link[arc], data.arcs.way[arc]]);
    map.setRoute(arcs, two);
  }

  const rows = new Map();
  function rowOf(k) {
    if (rows.has(k)) return rows.get(k);
    const tick = make("input", {type: "checkbox"}), hours = make("input", {type: "number", min: "0", max: String(LONGEST_WAIT_H), step: "any"});
    const cells = [tick, "", "", "", hours].map((content, i) => make("td", {class: i >= 2 ? "n" : ""}, content));
    const row = make("tr", {"data-crossing": pack.crossings.id[k]}, ...cells);
    tick.addEventListener("change", () => toggle(k));
    hours.addEventListener("change", () => {
      const given = bounded(hours.value.trim(), LONGEST_WAIT_H);
      if (given === null) state.waits.delete(k); else state.waits.set(k, given);
      update();
    });
    rows.set(k, {row, tick, hours, cells});
    return rows.get(k);
  }

  function usualWaits(network) {
    const usual = new Map(); // as the scenario has them: times its factor
    network.border.forEach((arc) => {
      const k = data.arcs.crossing[arc], hours = data.arcs.entry_wait_h[arc] * state.factor; // the gate comes on top
      const known = usual.get(k);
      usual.set(k, known ? [Math.min(known[0], hours), Math.max(known[1], hours)] : [hours, hours]);
    });
    return usual;
  }

  function showCrossings(network) {
    $("th-criticality").textContent = word("criticality", {unit: unit()});
    const ranked = new Map(answer.ranking.map((r) => [r.crossing, r]));
    const shut = network.crossings.filter((k) => state.closed.has(k));
    const used = new Set((answer.route ? answer.route.crossings : []).map((c) => c.crossing));
    const usual = usualWaits(network);
    const focused = document.activeElement;
    const list = [...shut, ...answer.ranking.map((r) => r.crossing)].map((k) => {
      const {row, tick, hours, cells} = rowOf(k), closed = state.closed.has(k), result = ranked.get(k);
      row.className = `${closed ? "shut" : ""} ${used.has(k) ? "used" : ""}`.trim();
      tick.checked = !closed;
      tick.setAttribute("aria-label", word("close_it", {crossing: crossingName(k)}));
      cells[1].textContent = `${MARKS[pack.crossings.mode[k]] ?? ""} ${crossingName(k)}`;
      const value = result ? inUnit(result.criticality) : null;
      cells[2].textContent = closed ? word("closed_now") : figure(value, value > 0 && value < 0.095 ? 3 : 2);
      cells[3].textContent = closed || !(result.unserved_share > 0) ? "" : percent(result.unserved_share);
      hours.value = state.waits.has(k) ? String(state.waits.get(k)) : "";
      const [low, high] = usual.get(k);
      hours.placeholder = low === high ? figure(low, 1) : `${figure(low, 1)}–${figure(high, 1)}`;
      hours.setAttribute("aria-label", word("wait_at", {crossing: crossingName(k)}));
      hours.disabled = closed;
      return row;
    });
    $("crossings").tBodies[0].replaceChildren(...list);
    if (focused && list.some((row) => row.contains(focused))) focused.focus({preventScroll: true});
    $("closed-count").textContent = state.closed.size ? word("closed_count", {n: state.closed.size}) : "";
    $("reset").disabled = !state.closed.size && !state.waits.size && state.factor === 1;
    map.setCrossings((k) => ({shut: state.closed.has(k), used: used.has(k), text: crossingName(k) + (state.closed.has(k) ? ` (${word("closed_now")})` : "")}));
  }

  function showDependency() {
    const {dependency: found} = answer;
    $("dependency").textContent = word("dependency_says", {
      share: percent(found.dependency), captive: percent(found.captive_share), unserved: percent(found.unserved_share),
    });
    const shown = found.regions.filter((r) => r.dependency > 0);
    const most = shown.length ? shown[0].dependency : 1;
    $("regions").tBodies[0].replaceChildren(...(shown.length ? shown : [null]).map((r) => {
      if (!r) return make("tr", {}, make("td", {colspan: "2"}, word("none")));
      const bar = make("span", {class: "bar", "aria-hidden": "true", style: `width:${(4.5 * r.dependency) / most}rem`});
      return make("tr", {}, make("td", {}, pack.regions.name[state.lang][r.region]), make("td", {class: "n"}, bar, percent(r.dependency)));
    }));
    map.setRegions(new Map(shown.map((r) => [pack.regions.id[r.region], r.dependency])));
  }

  let drawn = "";
  function update() {
    const begin = performance.now();
    answer = solver.ask(state);
    const network = solver.networkAt(state.mode, Engine.stateOn(data, state.date));
    const key = `${state.mode} ${Engine.stateOn(data, state.date)}`;
    if (key !== drawn) {
      map.setNetwork(new Set([...network.inland, ...network.border].map((arc) => data.arcs.link[arc])), new Set(network.crossings));
      drawn = key;
    }
    showRoute();
    showCrossings(network);
    showDependency();
    const spent = performance.now() - begin;
    $("speed").textContent = word("answered_in", {ms: figure(spent)});
    remember();
    window.explorer = {state, answer, solver, spent};
  }

  function toggle(k) {
    if (state.closed.has(k)) state.closed.delete(k); else state.closed.add(k);
    update();
  }

  // ---- what a reader may do ----
  combobox($("from"), $("from-list"), (place) => { state.from = place; showEnds(); update(); });
  combobox($("to"), $("to-list"), (place) => { state.to = place; showEnds(); update(); });
  $("swap").addEventListener("click", () => { [state.from, state.to] = [state.to, state.from]; showEnds(); update(); });
  for (const id of ["mode", "minimize"]) $(id).addEventListener("change", () => { state[id] = $(id).value; update(); });
  $("date").min = pack.first_day;
  $("date").addEventListener("blur", () => { $("date").value = state.date; });
  $("date").addEventListener("change", () => { // comes with each digit of a year, too
    if (!isDay($("date").value)) return;
    state.date = $("date").value;
    update();
  });
  $("question").addEventListener("submit", (event) => event.preventDefault());
  $("whose").addEventListener("change", () => { [state.home, state.through] = $("whose").value.split(" ").map(Number); update(); });
  $("lang").addEventListener("change", () => { state.lang = $("lang").value; translate(); update(); });
  $("reset").addEventListener("click", () => { state.closed.clear(); state.waits.clear(); state.factor = 1; update(); });
  $("zoom-in").addEventListener("click", () => map.zoom(1.5));
  $("zoom-out").addEventListener("click", () => map.zoom(1 / 1.5));
  $("zoom-home").addEventListener("click", () => map.fitHome());
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = false;
  const paint = (on) => document.documentElement.classList.toggle("dark", on);
  paint(dark.matches);
  dark.addEventListener("change", () => { if (!chosen) paint(dark.matches); });
  $("theme").addEventListener("click", () => { chosen = true; paint(!document.documentElement.classList.contains("dark")); });
  map.onView((kmPerPixel) => {
    const about = 110 * kmPerPixel, step = 10 ** Math.floor(Math.log10(about));
    const km = [5, 2, 1].map((m) => m * step).find((length) => length <= about);
    $("scale-bar").style.width = `${km / kmPerPixel}px`;
    $("scale-text").textContent = `${figure(km, km < 1 ? 1 : 0)} ${word("km")}`;
  });

  window.addEventListener("hashchange", () => { recall(); translate(); update(); });
  recall();
  translate();
  map.fitHome();
  update();
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
})();
