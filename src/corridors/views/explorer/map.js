"use strict";
/* The map of the page: SVG in projected units; the marks and labels keep their size on the screen. */

const NetworkMap = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const GREATEST_ZOOM = 60;

  function decode(text, Type) {
    const binary = atob(text), bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
    return new Type(bytes.buffer);
  }

  function element(name, attributes = {}, parent = null) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (parent) parent.append(made);
    return made;
  }

  function pathOf(rings, closed) {
    return rings.map((flat) => {
      let text = "";
      for (let i = 0; i < flat.length; i += 2) text += `${i ? "L" : "M"}${flat[i]} ${flat[i + 1]}`;
      return text + (closed ? "Z" : "");
    }).join("");
  }

  /** svg: where to draw. data: the unpacked pack. onCrossing: what happens when a crossing, by its number, is pressed. */
  function make(svg, data, onCrossing) {
    const shapes = data.shapes;
    const places = decode(shapes.places, Int32Array), crossings = decode(shapes.crossings, Int32Array);
    const points = decode(shapes.link_points, Int32Array), sizes = decode(shapes.link_size, Int32Array);
    const start = new Int32Array(sizes.length + 1);
    sizes.forEach((size, i) => { start[i + 1] = start[i] + size; });

    const ground = element("g", {"aria-hidden": "true"}, svg);
    shapes.sea.forEach((rings) => element("path", {class: "water", d: pathOf(rings, true)}, ground));
    shapes.land.forEach((rings) => element("path", {class: "land", d: pathOf(rings, true)}, ground));
    const regions = new Map(Object.entries(shapes.regions).map(([id, rings]) =>
      [id, element("path", {class: "region", d: pathOf(rings, true), "fill-rule": "evenodd"}, ground)]));
    shapes.water.forEach((rings) => element("path", {class: "water", d: pathOf(rings, true)}, ground));
    const lines = element("g", {"aria-hidden": "true"}, svg);
    const classes = new Map(["road_other", "road_trunk", "rail_branch", "rail", "sea"].map((name) =>
      [name, element("path", {class: name}, lines)]));
    shapes.border.forEach((rings) => element("path", {class: "border", d: pathOf(rings, false)}, lines));
    const route = element("path", {class: "route"}, element("g", {"aria-hidden": "true"}, svg));
    const labels = element("g", {"aria-hidden": "true"}, svg);
    const marks = element("g", {}, svg);

    function course(link, turned = false) {
      const flat = Array.from(points.subarray(2 * start[link], 2 * start[link + 1]));
      if (!turned) return flat;
      const back = [];
      for (let i = flat.length - 2; i >= 0; i -= 2) back.push(flat[i], flat[i + 1]);
      return back;
    }

    function drawLinks(open) {
      const texts = new Map([...classes.keys()].map((name) => [name, []]));
      for (const link of open) {
        const name = shapes.classes[shapes.link_class[link]];
        if (texts.has(name)) texts.get(name).push(course(link));
      }
      for (const [name, list] of texts) classes.get(name).setAttribute("d", pathOf(list, false));
    }

    const crossingMarks = data.crossings.id.map((id, k) => {
      const group = element("g", {class: "crossing", role: "button", tabindex: "-1", "data-crossing": id}, marks);
      element("circle", {class: "hit", r: 13}, group);
      const mode = data.crossings.mode[k];
      if (mode === "rail") element("rect", {class: "mark", x: -4.5, y: -4.5, width: 9, height: 9}, group);
      else if (mode === "sea") element("path", {class: "mark", d: "M0 -6L6 0L0 6L-6 0Z"}, group);
      else element("circle", {class: "mark", r: 5}, group);
      element("path", {class: "cross", d: "M-3 -3L3 3M-3 3L3 -3"}, group);
      element("title", {}, group);
      group.addEventListener("click", () => { if (!moved) onCrossing(k); });
      group.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); onCrossing(k); }
      });
      return group;
    });

    // ---- the view ----
    const home = (() => {
      let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
      const rings = shapes.border.flat();
      const every = rings.length ? rings : [Array.from(crossings.length ? crossings : places)];
      for (const flat of every) {
        for (let i = 0; i < flat.length; i += 2) {
          west = Math.min(west, flat[i]); east = Math.max(east, flat[i]);
          north = Math.min(north, flat[i + 1]); south = Math.max(south, flat[i + 1]);
        }
      }
      const margin = 0.06 * Math.max(east - west, south - north) + 50;
      return {x: west - margin, y: north - margin, width: east - west + 2 * margin, height: south - north + 2 * margin};
    })();
    let view = {x: 0, y: 0, unit: 1}, moved = false, waiting = 0;

    function size() {
      const box = svg.getBoundingClientRect();
      return {width: Math.max(box.width, 50), height: Math.max(box.height, 50)};
    }

    function show() {
      const {width, height} = size();
      svg.setAttribute("viewBox", `${view.x} ${view.y} ${width * view.unit} ${height * view.unit}`);
      crossingMarks.forEach((mark, k) => {
        mark.setAttribute("transform", `translate(${crossings[2 * k]} ${crossings[2 * k + 1]}) scale(${view.unit})`);
      });
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(label);
      if (onView) onView(view.unit / shapes.per_km);
    }
    let onView = null;

    function fit(box, share = 1) {
      const {width, height} = size();
      view.unit = Math.max(box.width / width, box.height / height) / share;
      view.x = box.x + box.width / 2 - (width * view.unit) / 2;
      view.y = box.y + box.height / 2 - (height * view.unit) / 2;
      show();
    }

    function zoom(factor, x = null, y = null) {
      const {width, height} = size();
      const widest = 3 * Math.max(home.width / width, home.height / height);
      const unit = Math.min(Math.max(view.unit / factor, widest / 3 / GREATEST_ZOOM), widest);
      const px = x === null ? width / 2 : x, py = y === null ? height / 2 : y;
      view.x += px * (view.unit - unit);
      view.y += py * (view.unit - unit);
      view.unit = unit;
      show();
    }

    function move(dx, dy) { view.x += dx * view.unit; view.y += dy * view.unit; show(); }

    svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY * 0.0016), event.clientX - box.left, event.clientY - box.top);
    }, {passive: false});
    const fingers = new Map();
    svg.addEventListener("pointerdown", (event) => {
      fingers.set(event.pointerId, [event.clientX, event.clientY]);
      moved = false;
    });
    window.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const now = [event.clientX, event.clientY];
      if (!moved && Math.hypot(now[0] - before[0], now[1] - before[1]) < 4) return;
      moved = true;
      svg.classList.add("moving");
      if (fingers.size === 2) {
        const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
        const factor = Math.hypot(now[0] - other[0], now[1] - other[1]) / Math.max(Math.hypot(before[0] - other[0], before[1] - other[1]), 1);
        const box = svg.getBoundingClientRect();
        zoom(factor, (now[0] + other[0]) / 2 - box.left, (now[1] + other[1]) / 2 - box.top);
      } else move(before[0] - now[0], before[1] - now[1]);
      fingers.set(event.pointerId, now);
    });
    for (const name of ["pointerup", "pointercancel"]) {
      window.addEventListener(name, (event) => {
        fingers.delete(event.pointerId);
        if (!fingers.size) { svg.classList.remove("moving"); setTimeout(() => { moved = false; }, 0); }
      });
    }
    svg.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return; // the browser's own
      const step = 60;
      const act = {
        ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0), ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step),
        "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: () => fit(home),
      }[event.key];
      if (act) { event.preventDefault(); act(); }
    });
    new ResizeObserver(() => show()).observe(svg);

    // ---- labels: the most important first, none over another ----
    let called = [], order = [], ends = [];

    function label() {
      const {width, height} = size();
      const taken = [], texts = [];
      const toScreen = (x, y) => [(x - view.x) / view.unit, (y - view.y) / view.unit];
      data.crossings.id.forEach((_, k) => {
        if (crossingMarks[k].classList.contains("off")) return;
        const [x, y] = toScreen(crossings[2 * k], crossings[2 * k + 1]);
        taken.push([x - 7, y - 7, x + 7, y + 7]);
      });
      const most = ends.length + Math.round((width * height) / 11000);
      for (const {place, bold} of [...ends.map((place) => ({place, bold: true})), ...order.map((place) => ({place, bold: false}))]) {
        if (texts.length >= most) break;
        if (!bold && ends.includes(place)) continue;
        const [x, y] = toScreen(places[2 * place], places[2 * place + 1]);
        if (x < 0 || y < 0 || x > width || y > height) continue;
        const long = called[place].length * (bold ? 7.8 : 6.3) + 4, tall = bold ? 16 : 13;
        const spots = [[x + 6, y + 4, "start"], [x - 6, y + 4, "end"], [x, y - 7, "middle"], [x, y + tall + 2, "middle"]];
        for (const [tx, ty, anchor] of spots) {
          const left = anchor === "start" ? tx : anchor === "end" ? tx - long : tx - long / 2;
          const box = [left, ty - tall + 3, left + long, ty + 3];
          const inside = box[0] > 0 && box[2] < width && box[1] > 0 && box[3] < height;
          if (!inside || taken.some((t) => t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue;
          taken.push(box, [x - 4, y - 4, x + 4, y + 4]);
          texts.push({place, x, y, tx, ty, anchor, bold});
          break;
        }
        if (bold && !texts.some((t) => t.place === place)) { // an end is named whatever it covers
          const [tx, ty, anchor] = x + long + 8 < width ? spots[0] : spots[1];
          taken.push([anchor === "start" ? tx : tx - long, ty - tall + 3, anchor === "start" ? tx + long : tx, ty + 3]);
          texts.push({place, x, y, tx, ty, anchor, bold});
        }
      }
      labels.replaceChildren();
      for (const {place, x, y, tx, ty, anchor, bold} of texts) {
        const group = element("g", {transform: `translate(${view.x} ${view.y}) scale(${view.unit})`}, labels);
        element("circle", {class: "place", cx: x, cy: y, r: bold ? 4 : 2.4}, group);
        element("text", {x: tx, y: ty, "text-anchor": anchor, class: bold ? "end" : ""}, group).textContent = called[place];
      }
    }

    return {
      zoom, fitHome: () => fit(home),
      onView(listener) { onView = listener; show(); },
      /** Name places (texts by place) in an order of importance. */
      setNames(names, importance) { called = names; order = importance; show(); },
      setNetwork(open, shown) {
        drawLinks(open);
        crossingMarks.forEach((mark, k) => mark.classList.toggle("off", !shown.has(k)));
        show();
      },
      setCrossings(describe) {
        crossingMarks.forEach((mark, k) => {
          const {shut, used, text} = describe(k);
          mark.classList.toggle("shut", shut);
          mark.classList.toggle("used", used);
          mark.setAttribute("aria-pressed", String(shut));
          mark.setAttribute("aria-label", text);
          mark.querySelector("title").textContent = text;
        });
      },
      setRegions(values) {
        const most = Math.max(...values.values(), 0);
        for (const [id, path] of regions) {
          const value = values.get(id) || 0;
          path.style.fillOpacity = value > 0 ? String(0.1 + 0.55 * (value / most)) : "0";
        }
      },
      /** arcs: [link, way] in order of travel; places: the two ends. */
      setRoute(arcs, two) {
        route.setAttribute("d", pathOf(arcs.map(([link, way]) => course(link, way === 1)), false));
        ends = two;
        show();
      },
    };
  }

  return {make};
})();
