"use strict";
/* The engine of the page: the same overlay as the library's, on typed arrays.

   Inland arcs make legs inside the countries; border arcs, each of which enters a country, join them. A trip between two
   countries is legs joined by transits, one entry, and runs through railways without a checkpoint; a domestic one is legs
   joined by transits. Closures and waits change the border arcs alone. */

const Engine = (() => {
  const ENTRY = 0, TRANSIT = 1;
  const TOLERANCE = 1e-6;      // costs that differ by less than this share are equal
  const ROUNDING = 1e-12;      // sums of the same legs in another order differ by less
  const PER_FOREIGN_KM = 1e-7; // what decides between equal costs: fewest foreign km, then fewest links
  const PER_ARC = 1e-9;
  const EARTH_RADIUS_KM = 6371.0088;
  const NEAREST_NODES = 3;

  function decode(text, Type) {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
    return new Type(bytes.buffer);
  }

  /** Return the pack with its arrays decoded. */
  function unpack(pack) {
    const arcs = {};
    for (const [name, text] of Object.entries(pack.arcs)) {
      arcs[name] = decode(text, /(_km|_h|_usd)$/.test(name) ? Float64Array : Int32Array);
    }
    const nodes = {...pack.nodes};
    for (const name of ["row", "country", "place", "region"]) nodes[name] = decode(nodes[name], Int32Array);
    for (const name of ["lat", "lon"]) nodes[name] = decode(nodes[name], Float64Array);
    const zones = {...pack.zones}, places = {...pack.places};
    for (const table of [zones, places]) {
      for (const name of ["lat", "lon"]) table[name] = decode(table[name], Float64Array);
    }
    zones.countryIndex = zones.country.map((c) => pack.countries.indexOf(c));
    return {...pack, arcs, nodes, zones, places, weights: decode(pack.weights, Float64Array)};
  }

  /** Return the number of the state that the network is in on a day, written YYYY-MM-DD. */
  function stateOn(data, day) {
    let state = 0;
    while (state + 1 < data.days.length && data.days[state + 1] <= day) state++;
    return state;
  }

  function greatCircleKm(latA, lonA, latB, lonB) {
    const rad = Math.PI / 180;
    const a = latA * rad, b = lonA * rad, c = latB * rad, d = lonB * rad;
    const h = Math.sin((c - a) / 2) ** 2 + Math.cos(a) * Math.cos(c) * Math.sin((d - b) / 2) ** 2;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h));
  }

  // ---- the network of a mode on a day ------------------------------------------------------------------------------

  /** Return the network as a mode finds it in a state: arcs inland, border arcs, and where zones are tied to it. */
  function networkOf(data, mode, state) {
    const {arcs, nodes} = data;
    const wanted = data.modes.indexOf(mode);
    const inland = [], border = [];
    for (let i = 0; i < arcs.link.length; i++) {
      if (arcs.first[i] > state || arcs.last[i] < state) continue;
      if (mode !== "any" && arcs.mode[i] !== wanted) continue;
      (arcs.enters[i] >= 0 ? border : inland).push(i);
    }
    border.sort((a, b) => arcs.rank[a] - arcs.rank[b]);
    const network = {data, inland: Int32Array.from(inland), border: Int32Array.from(border)};
    network.touched = touchedBy(network, new Set());
    network.access = data.zones.id.map((_, z) => accessOfZone(network, z));
    network.crossingOf = network.border.map((i) => arcs.crossing[i]);
    network.enters = network.border.map((i) => arcs.enters[i]);
    network.runThrough = network.border.map((i) => arcs.run_through[i]);
    network.crossings = [...new Set(network.crossingOf)].sort((a, b) => a - b);
    return network;
  }

  /** Return which nodes away from the border have an arc, without those of crossings that are shut. */
  function touchedBy({data, inland, border}, closed) {
    const {arcs, nodes} = data, touched = new Uint8Array(nodes.row.length);
    for (const list of [inland, border]) {
      for (const i of list) {
        if (closed.has(arcs.crossing[i])) continue;
        if (nodes.country[arcs.tail[i]] >= 0) touched[nodes.row[arcs.tail[i]]] = 1;
        if (nodes.country[arcs.head[i]] >= 0) touched[nodes.row[arcs.head[i]]] = 1;
      }
    }
    return touched;
  }

  /** Return the nodes nearest to a point among some, with the length of a connector, at most as far as it may reach. */
  function nearest(network, lat, lon, chosen) {
    const {nodes, assumptions} = network.data;
    const found = [];
    for (let n = 0; n < network.touched.length; n++) {
      if (network.touched[n] && chosen(n)) found.push([greatCircleKm(nodes.lat[n], nodes.lon[n], lat, lon), n]);
    }
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return found.slice(0, NEAREST_NODES).filter(([km]) => km <= assumptions.reach_km)
      .map(([km, node]) => connector(network.data, node, km));
  }

  function connector(data, node, straightKm) {
    const km = straightKm * data.assumptions.circuity;
    return {node, length_km: km, time_h: km / data.assumptions.speed_kmh, cost_usd: km * data.assumptions.usd_per_km};
  }

  function ownNodes(network, place) {
    const {nodes} = network.data;
    const found = [];
    for (let n = 0; n < network.touched.length; n++) {
      if (network.touched[n] && nodes.place[n] === place) found.push(connector(network.data, n, 0));
    }
    return found;
  }

  function accessOfZone(network, z) {
    const {zones, nodes} = network.data;
    const own = zones.place[z] >= 0 ? ownNodes(network, zones.place[z]) : [];
    if (own.length) return own;
    const inside = (n) => zones.near[z] >= 0 && nodes.region[n] === zones.near[z] && nodes.own_country[n] === zones.country[z];
    return nearest(network, zones.lat[z], zones.lon[z], inside);
  }

  /** Return where a place is tied to the network; none: it cannot be served by the mode. */
  function accessOfPlace(network, place) {
    const {places, nodes} = network.data;
    const own = ownNodes(network, place);
    if (own.length) return own;
    return nearest(network, places.lat[place], places.lon[place], 
      (n) => places.region[place] >= 0 && nodes.region[n] === places.region[place]);
  }

  // ---- costs ---------------------------------------------------------------------------------------------------------

  function costOf(data, minimize, km, hours, usd) {
    if (minimize === "time") return hours;
    if (minimize === "distance") return km;
    if (minimize === "cost") return usd;
    return usd + hours * data.assumptions.value_of_time_usd_per_h;
  }

  function arcCosts(data, list, minimize) {
    const {length_km, time_h, cost_usd} = data.arcs;
    return Float64Array.from(list, (i) => costOf(data, minimize, length_km[i], time_h[i], cost_usd[i]));
  }

  function accessCost(data, access, minimize) {
    return costOf(data, minimize, access.length_km, access.time_h, access.cost_usd);
  }

  /** Return hours and fees at each border arc, by traffic: {wait: [entry, transit], fee: [entry, transit]}.
      waits: hours by crossing in place of the usual ones; the wait for the gate comes on top. */
  function borderWaits(network, waits, factor = 1) {
    const {arcs} = network.data;
    const wait = [ENTRY, TRANSIT].map((kind) => Float64Array.from(network.border, (i) => {
      const usual = (kind === ENTRY ? arcs.entry_wait_h : arcs.transit_wait_h)[i] * factor;
      const own = waits.get(arcs.crossing[i]);
      return (own === undefined ? usual : own) + arcs.gate_h[i];
    }));
    const fee = [arcs.entry_fee_usd, arcs.transit_fee_usd].map((f) => Float64Array.from(network.border, (i) => f[i]));
    return {wait, fee};
  }

  /** Return what each border arc costs, [entry, transit]; Infinity where its crossing is shut. */
  function borderCosts(network, minimize, scenario) {
    const {data, border} = network;
    const {wait, fee} = borderWaits(network, scenario.waits, scenario.factor);
    const base = arcCosts(data, border, minimize);
    return [ENTRY, TRANSIT].map((kind) => Float64Array.from(border, (i, b) => {
      if (scenario.closed.has(data.arcs.crossing[i])) return Infinity;
      return base[b] + costOf(data, minimize, 0, wait[kind][b], fee[kind][b]);
    }));
  }

  // ---- legs inside the countries -------------------------------------------------------------------------------------

  /** Return arcs as compressed rows: the arcs that leave node n are order[start[n]] to order[start[n + 1]]. */
  function rowsOf(count, from, to, weight) {
    const start = new Int32Array(count + 1);
    for (const n of from) start[n + 1]++;
    for (let n = 0; n < count; n++) start[n + 1] += start[n];
    const at = start.slice(), order = new Int32Array(from.length);
    for (let i = 0; i < from.length; i++) order[at[from[i]]++] = i;
    const head = Int32Array.from(order, (i) => to[i]), cost = Float64Array.from(order, (i) => weight[i]);
    return {count, start, head, cost, order};
  }

  /** Fill distance (and the arc each node is reached by) from nodes that already have a distance. */
  function dijkstra(rows, distance, begin, via = null) {
    const {start, head, cost} = rows;
    const heap = new Int32Array(rows.count + 1), place = new Int32Array(rows.count).fill(-1);
    let size = 0;
    function up(i) {
      const node = heap[i], d = distance[node];
      while (i > 0) {
        const parent = (i - 1) >> 1;
        if (distance[heap[parent]] <= d) break;
        heap[i] = heap[parent]; place[heap[i]] = i;
        i = parent;
      }
      heap[i] = node; place[node] = i;
    }
    function down(i) {
      const node = heap[i], d = distance[node];
      for (;;) {
        let child = 2 * i + 1;
        if (child >= size) break;
        if (child + 1 < size && distance[heap[child + 1]] < distance[heap[child]]) child++;
        if (distance[heap[child]] >= d) break;
        heap[i] = heap[child]; place[heap[i]] = i;
        i = child;
      }
      heap[i] = node; place[node] = i;
    }
    for (const node of begin) { heap[size] = node; up(size++); }
    while (size) {
      const node = heap[0], d = distance[node];
      place[node] = -2;
      if (--size) { heap[0] = heap[size]; down(0); }
      for (let e = start[node]; e < start[node + 1]; e++) {
        const next = head[e];
        if (place[next] === -2) continue;
        const found = d + cost[e];
        if (found < distance[next]) {
          distance[next] = found;
          if (via) via[next] = e;
          if (place[next] < 0) { heap[size] = next; up(size++); } else up(place[next]);
        }
      }
    }
    return distance;
  }

  /** Return rows without the inner nodes of chains and dead ends, which no least-cost leg between kept nodes needs. */
  function contract(count, from, to, weight, kept) {
    const out = Array.from({length: count}, () => new Map()), into = Array.from({length: count}, () => new Map());
    const put = (a, b, w) => {
      if (a === b) return;
      const known = out[a].get(b);
      if (known === undefined || w < known) { out[a].set(b, w); into[b].set(a, w); }
    };
    for (let i = 0; i < from.length; i++) put(from[i], to[i], weight[i]);
    const neighbours = (n) => new Set([...out[n].keys(), ...into[n].keys()]);
    const stack = [];
    for (let n = 0; n < count; n++) if (!kept[n]) stack.push(n);
    const gone = new Uint8Array(count);
    while (stack.length) {
      const n = stack.pop();
      if (gone[n] || kept[n]) continue;
      const near = neighbours(n);
      if (near.size > 2) continue;
      gone[n] = 1;
      for (const [a, first] of into[n]) for (const [b, second] of out[n]) put(a, b, first + second);
      for (const a of near) { out[a].delete(n); into[a].delete(n); if (!kept[a]) stack.push(a); }
      out[n].clear(); into[n].clear();
    }
    const tails = [], heads = [], weights = [];
    for (let n = 0; n < count; n++) for (const [b, w] of out[n]) { tails.push(n); heads.push(b); weights.push(w); }
    return rowsOf(count, tails, heads, weights);
  }

  /** Return the least costs inland: zones to zones of the same country, to border arcs, among these, and to zones. */
  function solveLegs(network, minimize) {
    const {data, inland, border, access} = network, {arcs, nodes, zones} = data;
    const Z = access.length, B = border.length, count = nodes.count;
    const kept = new Uint8Array(count);
    for (const ties of access) for (const tie of ties) kept[tie.node] = 1;
    for (const i of border) { kept[arcs.tail[i]] = 1; kept[arcs.head[i]] = 1; }
    const tails = Int32Array.from(inland, (i) => arcs.tail[i]), heads = Int32Array.from(inland, (i) => arcs.head[i]);
    const rows = contract(count, tails, heads, arcCosts(data, inland, minimize), kept);
    const direct = new Float64Array(Z * Z).fill(Infinity), toBorder = new Float64Array(Z * B).fill(Infinity);
    const among = new Float64Array(B * B).fill(Infinity), toZone = new Float64Array(B * Z).fill(Infinity);
    const price = access.map((ties) => ties.map((tie) => accessCost(data, tie, minimize)));
    const near = border.map((i) => arcs.tail[i]);
    const distance = new Float64Array(count);
    function reachZones(row, offset) {
      for (let z = 0; z < Z; z++) {
        let least = Infinity;
        access[z].forEach((tie, t) => { const d = distance[tie.node] + price[z][t]; if (d < least) least = d; });
        row[offset + z] = least;
      }
    }
    for (let z = 0; z < Z; z++) {
      distance.fill(Infinity);
      const begin = [];
      access[z].forEach((tie, t) => {
        if (distance[tie.node] === Infinity) begin.push(tie.node);
        distance[tie.node] = Math.min(distance[tie.node], price[z][t]);
      });
      dijkstra(rows, distance, begin);
      reachZones(direct, z * Z);
      for (let y = 0; y < Z; y++) if (zones.countryIndex[y] !== zones.countryIndex[z]) direct[z * Z + y] = Infinity;
      direct[z * Z + z] = 0;
      for (let b = 0; b < B; b++) toBorder[z * B + b] = distance[near[b]];
    }
    const known = new Map();
    for (let b = 0; b < B; b++) {
      const head = arcs.head[border[b]];
      const same = known.get(head);
      if (same !== undefined) {
        among.copyWithin(b * B, same * B, (same + 1) * B);
        toZone.copyWithin(b * Z, same * Z, (same + 1) * Z);
        continue;
      }
      known.set(head, b);
      distance.fill(Infinity);
      distance[head] = 0;
      dijkstra(rows, distance, [head]);
      for (let c = 0; c < B; c++) among[b * B + c] = distance[near[c]];
      reachZones(toZone, b * Z);
    }
    return {network, minimize, Z, B, direct, toBorder, among, toZone};
  }

  // ---- the overlay -----------------------------------------------------------------------------------------------------

  /** Let ways pass some border arcs, in place (Floyd 1962); before: the border arc last passed on each way. */
  function putIn(joined, B, via, before = null) {
    const end = new Int32Array(B);
    for (const v of via) {
      let ends = 0;
      for (let b = 0; b < B; b++) if (joined[v * B + b] < Infinity && b !== v) end[ends++] = b;
      if (!ends) continue;
      for (let a = 0; a < B; a++) {
        const first = joined[a * B + v];
        if (first === Infinity || a === v) continue;
        const row = a * B, on = v * B;
        for (let e = 0; e < ends; e++) {
          const b = end[e], found = first + joined[on + b];
          if (found < joined[row + b]) { joined[row + b] = found; if (before) before[row + b] = before[on + b]; }
        }
      }
    }
    return joined;
  }

  function stepsOf(legs, transit) {
    const {B, among} = legs;
    const step = new Float64Array(B * B);
    for (let a = 0; a < B; a++) {
      for (let b = 0; b < B; b++) step[a * B + b] = a === b ? 0 : transit[a] + among[a * B + b];
    }
    return step;
  }

  /** Return the least costs from behind each border arc, passed as the entry, to zones, by any number of runs; and the
      first run of each, -1 where there is none. */
  function runOn(legs, run) {
    const {B, Z, among, toZone} = legs;
    const onward = toZone.slice(), next = new Int32Array(B * Z).fill(-1);
    let runs = [];
    for (let b = 0; b < B; b++) if (run[b] < Infinity) runs.push(b);
    while (runs.length) {
      const better = new Set();
      for (const r of runs) {
        for (let b = 0; b < B; b++) {
          const there = among[b * B + r] + run[r], to = b * Z, on = r * Z;
          if (there === Infinity) continue;
          for (let z = 0; z < Z; z++) {
            const found = there + onward[on + z];
            if (found < onward[to + z] * (1 - ROUNDING)) { onward[to + z] = found; next[to + z] = r; better.add(b); }
          }
        }
      }
      runs = [...better].filter((b) => run[b] < Infinity); // what they lead to is to be had for less now
    }
    return {onward, next};
  }

  /** Return the least costs of all pairs at some costs of the border arcs, with what the closures need again.
      last: border arc last passed before the end, -1 none, -2 no way. first: the border arc first reached. */
  function solve(legs, costs, only = null) {
    const {network, B, Z, direct, toBorder, toZone} = legs, {enters, runThrough} = network;
    const country = network.data.zones.countryIndex;
    const [entry, transit] = costs;
    const run = Float64Array.from(transit, (t, b) => (runThrough[b] ? t : Infinity));
    const before = new Int32Array(B * B);
    for (let a = 0; a < B; a++) before.fill(a, a * B, (a + 1) * B);
    const joined = putIn(stepsOf(legs, transit), B, Array.from({length: B}, (_, b) => b), before);
    const {onward, next} = only ? {onward: toZone, next: null} : runOn(legs, run); // domestic trips have no entry
    const reached = new Float64Array(Z * B).fill(Infinity), first = new Int32Array(Z * B).fill(-1);
    const cost = direct.slice(), last = new Int32Array(Z * Z).fill(-1);
    const turned = {transit: new Float64Array(Z * B), entry: new Float64Array(Z * B)};
    for (let b = 0; b < B; b++) {
      for (let z = 0; z < Z; z++) {
        turned.transit[z * B + b] = transit[b] + toZone[b * Z + z];
        turned.entry[z * B + b] = entry[b] + onward[b * Z + z];
      }
    }
    for (let o = 0; o < Z; o++) {
      if (only && !only[o]) continue;
      for (let a = 0; a < B; a++) {
        const begin = toBorder[o * B + a];
        if (begin === Infinity) continue;
        for (let b = 0; b < B; b++) {
          const found = begin + joined[a * B + b];
          if (found < reached[o * B + b]) { reached[o * B + b] = found; first[o * B + b] = a; }
        }
      }
      const useful = [], useful_abroad = [];
      for (let b = 0; b < B; b++) {
        if (reached[o * B + b] === Infinity) continue;
        if (transit[b] < Infinity) useful.push(b);
        if (entry[b] < Infinity && enters[b] !== country[o]) useful_abroad.push(b); // coming home is no entry
      }
      for (let d = 0; d < Z; d++) {
        if (o === d) continue;
        const home = country[o] === country[d];
        if (only && !home) continue;
        const onto = home ? turned.transit : turned.entry;
        let least = cost[o * Z + d], by = least === Infinity ? -2 : -1;
        for (const b of home ? useful : useful_abroad) {
          const found = reached[o * B + b] + onto[d * B + b];
          if (found < least) { least = found; by = b; }
        }
        cost[o * Z + d] = least; last[o * Z + d] = by;
      }
    }
    return {legs, entry, transit, run, joined, before, reached, first, next, turned, cost, last};
  }

  // ---- all single closures ---------------------------------------------------------------------------------------------

  /** Visit each of some crossings, which are not in yet, with the closure of all others (divide and conquer). */
  function allButOne(joined, B, ones, arcsOf, visit) {
    if (ones.length === 1) { visit(ones[0], joined); return; }
    const half = ones.length >> 1;
    for (const [below, beside] of [[ones.slice(0, half), ones.slice(half)], [ones.slice(half), ones.slice(0, half)]]) {
      allButOne(putIn(joined.slice(), B, beside.flatMap((k) => arcsOf.get(k))), B, below, arcsOf, visit);
    }
  }

  /** Return what closing each crossing alone does: [{crossing, criticality, unserved_share}], the worst first.

      Only pairs whose way uses a crossing are looked at again. Where a way ends by it and the best way over any other last
      crossing does not pass it, that is the answer; for the rest the closure without the crossing is needed. */
  function rankCrossings(solved) {
    const {legs, entry, transit, run, joined, before, reached, first, next, turned, cost, last} = solved;
    const {network, B, Z, direct, toBorder} = legs, {crossingOf, enters, runThrough, data} = network;
    const country = data.zones.countryIndex, weight = data.weights;
    const arcsOf = new Map();
    for (let b = 0; b < B; b++) {
      if (transit[b] === Infinity && entry[b] === Infinity) continue;
      if (!arcsOf.has(crossingOf[b])) arcsOf.set(crossingOf[b], []);
      arcsOf.get(crossingOf[b]).push(b);
    }
    const chains = new Map(); // crossings on the way from an origin to behind a border arc
    function chain(o, b) {
      const at = o * B + b;
      if (chains.has(at)) return chains.get(at);
      const found = [crossingOf[b]], a = first[at];
      for (let here = b; here !== a;) { here = before[a * B + here]; if (!found.includes(crossingOf[here])) found.push(crossingOf[here]); }
      chains.set(at, found);
      return found;
    }
    const users = new Map([...arcsOf.keys()].map((k) => [k, []]));
    let total = 0;
    for (let o = 0; o < Z; o++) {
      for (let d = 0; d < Z; d++) {
        const p = o * Z + d;
        if (cost[p] < Infinity) total += weight[p];
        if (last[p] < 0 || !(weight[p] > 0)) continue;
        const used = new Set(chain(o, last[p]));
        if (country[o] !== country[d]) {
          for (let r = next[last[p] * Z + d]; r >= 0; r = next[r * Z + d]) used.add(crossingOf[r]);
        }
        for (const k of used) users.get(k).push(p);
      }
    }
    const results = new Map([...users.keys()].map((k) => [k, {crossing: k, extra: 0, lost: 0}]));
    function count(k, p, least) {
      if (least === Infinity) results.get(k).lost += weight[p];
      else if (least > cost[p]) results.get(k).extra += weight[p] * (least - cost[p]);
    }
    const hard = new Map();
    for (const [k, pairs] of users) {
      const runs = arcsOf.get(k).some((b) => runThrough[b]), left = [];
      for (const p of pairs) {
        const o = (p / Z) | 0, d = p % Z, home = country[o] === country[d], onto = home ? turned.transit : turned.entry;
        let least = direct[p], by = -1;
        if (crossingOf[last[p]] === k && !runs) {
          for (let c = 0; c < B; c++) {
            if (crossingOf[c] === k || (!home && enters[c] === country[o])) continue;
            const there = reached[o * B + c] + onto[d * B + c];
            if (there < least) { least = there; by = c; }
          }
          if (by < 0 || !chain(o, by).includes(k)) { count(k, p, least); continue; }
        }
        left.push(p);
      }
      if (left.length) hard.set(k, left);
    }
    const ones = [...hard.keys()];
    if (ones.length) {
      const ready = putIn(stepsOf(legs, transit), B, [...arcsOf].flatMap(([k, arcs]) => (hard.has(k) ? [] : arcs)));
      allButOne(ready, B, ones, arcsOf, (k, without) => withoutOne(k, without, hard.get(k)));
    }
    function withoutOne(k, without, pairs) {
      const shut = crossingOf.map((c) => (c === k ? 1 : 0));
      let ahead = turned.entry;
      if (arcsOf.get(k).some((b) => run[b] < Infinity)) {
        const {onward} = runOn(legs, Float64Array.from(run, (r, b) => (shut[b] ? Infinity : r)));
        ahead = new Float64Array(Z * B);
        for (let b = 0; b < B; b++) for (let z = 0; z < Z; z++) ahead[z * B + b] = entry[b] + onward[b * Z + z];
      }
      const rows = new Map();
      function again(o) {
        if (rows.has(o)) return rows.get(o);
        const row = new Float64Array(B);
        for (let c = 0; c < B; c++) {
          const at = o * B + c;
          if (shut[c] || reached[at] === Infinity) { row[c] = Infinity; continue; }
          if (!chain(o, c).includes(k)) { row[c] = reached[at]; continue; }
          let least = Infinity;
          for (let s = 0; s < B; s++) {
            if (shut[s] || toBorder[o * B + s] === Infinity) continue;
            const there = toBorder[o * B + s] + without[s * B + c];
            if (there < least) least = there;
          }
          row[c] = least;
        }
        rows.set(o, row);
        return row;
      }
      for (const p of pairs) {
        const o = (p / Z) | 0, d = p % Z, home = country[o] === country[d], row = again(o);
        const onto = home ? turned.transit : ahead;
        let least = direct[p];
        for (let c = 0; c < B; c++) {
          if (!home && enters[c] === country[o]) continue;
          const there = row[c] + onto[d * B + c];
          if (there < least) least = there;
        }
        count(k, p, least);
      }
    }
    return [...results.values()]
      .map((r) => ({crossing: r.crossing, criticality: r.extra / total, unserved_share: r.lost / total}))
      .sort((a, b) => b.unserved_share - a.unserved_share || b.criticality - a.criticality || a.crossing - b.crossing);
  }

  // ---- transit dependency ----------------------------------------------------------------------------------------------

  /** Return the dependency of a country's own pairs on another country: of the whole, and by region of origin. */
  function dependency(solved, costs, home, through) {
    const {legs, cost} = solved, {network, Z} = legs, {zones, weights: weight} = network.data;
    const only = Uint8Array.from(zones.countryIndex, (c) => (c === home ? 1 : 0));
    const avoiding = solve(legs, costs.map((list) => list.map((c, b) => (network.enters[b] === through ? Infinity : c))), only);
    const rows = new Map();
    const add = (row, key, w) => { row[key] += w; };
    const fresh = () => ({all: 0, served: 0, dependent: 0, captive: 0});
    const whole = fresh();
    for (let o = 0; o < Z; o++) {
      if (!only[o]) continue;
      const region = zones.region[o];
      if (!rows.has(region)) rows.set(region, fresh());
      for (let d = 0; d < Z; d++) {
        const p = o * Z + d, w = weight[p];
        if (!only[d] || !(w > 0)) continue;
        for (const row of [whole, rows.get(region)]) {
          add(row, "all", w);
          if (cost[p] === Infinity) continue;
          add(row, "served", w);
          if (avoiding.cost[p] > cost[p] * (1 + TOLERANCE)) add(row, "dependent", w);
          if (avoiding.cost[p] === Infinity) add(row, "captive", w);
        }
      }
    }
    const shares = (row) => ({
      dependency: row.dependent / row.served,
      captive_share: row.captive / row.served,
      unserved_share: (row.all - row.served) / row.all,
    });
    const regions = [...rows].filter(([region]) => region >= 0).map(([region, row]) => ({region, ...shares(row)}));
    regions.sort((a, b) => (b.dependency || 0) - (a.dependency || 0) || a.region - b.region); // NaN: none is served
    return {...shares(whole), regions};
  }

  // ---- one route -------------------------------------------------------------------------------------------------------

  /** Return the middle of some numbers, 1 where there are none. */
  function median(values) {
    const sorted = Float64Array.from(values).sort(), half = sorted.length >> 1;
    return !sorted.length ? 1 : sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Return all inland arcs as rows, and backwards, weighed so that of equal costs the path of the definitions wins. */
  function weighed(network, minimize, home) {
    const {data, inland} = network, {arcs, nodes} = data;
    const cost = arcCosts(data, inland, minimize);
    const counts = Array.from(inland.keys()).filter((e) => cost[e] > 0 && Number.isFinite(cost[e]));
    const long = counts.filter((e) => arcs.length_km[inland[e]] > 0);
    const perKm = median(long.length ? long.map((e) => cost[e] / arcs.length_km[inland[e]]) : counts.map((e) => cost[e]));
    const tie = (i) => perKm * (PER_FOREIGN_KM * (arcs.country[i] >= 0 && arcs.country[i] !== home ? arcs.length_km[i] : 0) + PER_ARC);
    const weight = Float64Array.from(inland, (i, e) => cost[e] + tie(i));
    const tails = Int32Array.from(inland, (i) => arcs.tail[i]), heads = Int32Array.from(inland, (i) => arcs.head[i]);
    return {
      tie,
      ahead: rowsOf(nodes.count, tails, heads, weight),
      back: rowsOf(nodes.count, heads, tails, weight),
    };
  }

  function search(rows, access, price) {
    const distance = new Float64Array(rows.count).fill(Infinity), via = new Int32Array(rows.count).fill(-1);
    const begin = [];
    access.forEach((tie, t) => {
      if (distance[tie.node] === Infinity) begin.push(tie.node);
      distance[tie.node] = Math.min(distance[tie.node], price[t]);
    });
    dijkstra(rows, distance, begin, via);
    return {rows, distance, via};
  }

  /** Return arcs (numbers of the pack) from where a search began to a node, in order of the search. */
  function walk(network, found, node, backwards) {
    const {arcs} = network.data, path = [];
    while (found.via[node] >= 0) {
      const arc = network.inland[found.rows.order[found.via[node]]];
      path.push(arc);
      node = backwards ? arcs.head[arc] : arcs.tail[arc];
    }
    return {path: backwards ? path : path.reverse(), end: node};
  }

  /** Return the best route between two places as {steps: [{arc, traffic}], access: [from, to]} or null.
      traffic: null inland, else ENTRY or TRANSIT. avoid: a country that must not be entered. */
  function bestRoute(network, minimize, costs, closed, from, to, avoid = -1) {
    const {data, border, enters, runThrough} = network, {arcs, nodes} = data;
    const left = closed.size ? {...network, touched: touchedBy(network, closed)} : network;
    const ends = [accessOfPlace(left, from), accessOfPlace(left, to)];
    if (!ends[0].length || !ends[1].length) return null;
    const country = ends.map((list) => data.countries.indexOf(nodes.own_country[list[0].node]));
    const home = country[0], domestic = country[0] === country[1];
    const cache = (network.weighed ??= new Map()), key = `${minimize} ${home}`;
    if (!cache.has(key)) cache.set(key, weighed(network, minimize, home));
    const {tie, ahead, back} = cache.get(key);
    const price = ends.map((list) => list.map((a) => accessCost(data, a, minimize)));
    const out = search(ahead, ends[0], price[0]), home_to = search(back, ends[1], price[1]);
    const B = border.length;
    const shut = (b) => avoid >= 0 && enters[b] === avoid;
    const pass = [ENTRY, TRANSIT].map((kind) => Float64Array.from(border, (i, b) => {
      if (shut(b) || (kind === ENTRY && enters[b] === home)) return Infinity;
      return costs[kind][b] + tie(i);
    }));
    const among = (cache.get(key).among ??= amongBorders(network, ahead));
    const sums = new Float64Array(B * B), before = new Int32Array(B * B);
    for (let a = 0; a < B; a++) {
      for (let b = 0; b < B; b++) {
        sums[a * B + b] = a === b ? 0 : pass[TRANSIT][a] + among[a * B + b];
        before[a * B + b] = a;
      }
    }
    for (let v = 0; v < B; v++) {
      for (let a = 0; a < B; a++) {
        const there = sums[a * B + v];
        if (there === Infinity || a === v) continue;
        for (let b = 0; b < B; b++) {
          const found = there + sums[v * B + b];
          if (found < sums[a * B + b] * (1 - ROUNDING)) { sums[a * B + b] = found; before[a * B + b] = before[v * B + b]; }
        }
      }
    }
    const reach = new Float64Array(B).fill(Infinity), firstOf = new Int32Array(B).fill(-1);
    for (let a = 0; a < B; a++) {
      const begin = out.distance[arcs.tail[border[a]]];
      if (begin === Infinity) continue;
      for (let b = 0; b < B; b++) {
        const found = begin + sums[a * B + b];
        if (found < reach[b] * (1 - ROUNDING)) { reach[b] = found; firstOf[b] = a; }
      }
    }
    const rest = Float64Array.from(border, (i) => home_to.distance[arcs.head[i]]), next = new Int32Array(B).fill(-1);
    if (!domestic) {
      for (let round = 0; round < B; round++) {
        let better = false;
        for (let b = 0; b < B; b++) {
          for (let r = 0; r < B; r++) {
            if (!runThrough[r]) continue;
            const found = among[b * B + r] + pass[TRANSIT][r] + rest[r];
            if (found < rest[b] * (1 - ROUNDING)) { rest[b] = found; next[b] = r; better = true; }
          }
        }
        if (!better) break;
      }
    }
    let least = Infinity, last = -2, meeting = -1;
    if (domestic) {
      ends[1].forEach((a, t) => {
        const found = out.distance[a.node] + price[1][t];
        if (found < least) { least = found; last = -1; meeting = a.node; }
      });
    }
    for (let b = 0; b < B; b++) {
      const found = reach[b] + pass[domestic ? TRANSIT : ENTRY][b] + rest[b];
      if (found < least * (1 - ROUNDING)) { least = found; last = b; }
    }
    if (last === -2) return null;
    const inland = (path) => path.map((arc) => ({arc, traffic: null}));
    const tied = (list, node) => list.find((a) => a.node === node);
    if (last === -1) {
      const {path, end} = walk(network, out, meeting, false);
      return {steps: inland(path), access: [tied(ends[0], end), tied(ends[1], meeting)]};
    }
    const chain = [last];
    while (chain[0] !== firstOf[last]) chain.unshift(before[firstOf[last] * B + chain[0]]);
    const start = walk(network, out, arcs.tail[border[chain[0]]], false);
    const steps = inland(start.path);
    chain.forEach((b, n) => {
      if (n) steps.push(...inland(between(network, ahead, arcs.head[border[chain[n - 1]]], arcs.tail[border[b]])));
      steps.push({arc: border[b], traffic: b === last && n === chain.length - 1 && !domestic ? ENTRY : TRANSIT});
    });
    let here = last;
    while (next[here] >= 0) {
      steps.push(...inland(between(network, ahead, arcs.head[border[here]], arcs.tail[border[next[here]]])));
      steps.push({arc: border[next[here]], traffic: TRANSIT});
      here = next[here];
    }
    const finish = walk(network, home_to, arcs.head[border[here]], true);
    steps.push(...inland(finish.path));
    return {steps, access: [tied(ends[0], start.end), tied(ends[1], finish.end)]};
  }

  function between(network, rows, from, to) {
    return walk(network, search(rows, [{node: from}], [0]), to, false).path;
  }

  function amongBorders(network, rows) {
    const {data, border} = network, {arcs} = data, B = border.length;
    const among = new Float64Array(B * B).fill(Infinity);
    const known = new Map();
    for (let b = 0; b < B; b++) {
      const head = arcs.head[border[b]];
      if (!known.has(head)) known.set(head, search(rows, [{node: head}], [0]).distance);
      const distance = known.get(head);
      for (let c = 0; c < B; c++) among[b * B + c] = distance[arcs.tail[border[c]]];
    }
    return among;
  }

  /** Return a route as the library describes it: km, hours, USD, waits, km by country, crossings, legs. */
  function describe(network, route, scenario) {
    const {data, border} = network, {arcs} = data;
    const {wait, fee} = borderWaits(network, scenario.waits, scenario.factor);
    const at = new Map(Array.from(border, (arc, b) => [arc, b]));
    const found = {distance_km: 0, time_h: 0, cost_usd: 0, border_wait_h: 0, km_by_country: {}, crossings: [], legs: []};
    const addKm = (country, km) => {
      if (country && km > 0) found.km_by_country[country] = (found.km_by_country[country] || 0) + km;
    };
    const tie = (access) => {
      found.distance_km += access.length_km; found.time_h += access.time_h; found.cost_usd += access.cost_usd;
      addKm(data.nodes.own_country[access.node], access.length_km);
    };
    tie(route.access[0]);
    for (const {arc, traffic} of route.steps) {
      const country = arcs.country[arc] >= 0 ? data.countries[arcs.country[arc]] : "";
      if (traffic !== null) {
        const b = at.get(arc);
        found.crossings.push({
          crossing: arcs.crossing[arc], into: data.countries[arcs.enters[arc]],
          wait_h: wait[traffic][b], at_km: found.distance_km,
        });
        found.time_h += wait[traffic][b]; found.border_wait_h += wait[traffic][b]; found.cost_usd += fee[traffic][b];
      }
      found.distance_km += arcs.length_km[arc]; found.time_h += arcs.time_h[arc]; found.cost_usd += arcs.cost_usd[arc];
      addKm(country, arcs.length_km[arc]);
      const name = data.links.name[data.links.called[arcs.link[arc]]], mode = data.modes[arcs.mode[arc]];
      const leg = found.legs[found.legs.length - 1];
      if (leg && leg.mode === mode && leg.name === name && leg.country === country) {
        leg.length_km += arcs.length_km[arc]; leg.time_h += arcs.time_h[arc]; leg.to = arcs.head[arc]; leg.arcs.push(arc);
      } else {
        found.legs.push({
          mode, name, country, length_km: arcs.length_km[arc], time_h: arcs.time_h[arc],
          from: arcs.tail[arc], to: arcs.head[arc], arcs: [arc],
        });
      }
    }
    tie(route.access[1]);
    return found;
  }

  // ---- what the page asks ------------------------------------------------------------------------------------------------

  /** Return a solver that keeps networks and legs it has made: legs depend on mode, day and what is minimised alone. */
  function solver(pack) {
    const data = unpack(pack);
    const networks = new Map(), legs = new Map();
    function networkAt(mode, state) {
      const key = `${mode} ${state}`;
      if (!networks.has(key)) networks.set(key, networkOf(data, mode, state));
      return networks.get(key);
    }
    function legsAt(mode, minimize, state) {
      const key = `${mode} ${minimize} ${state}`;
      if (!legs.has(key)) legs.set(key, solveLegs(networkAt(mode, state), minimize));
      return legs.get(key);
    }
    /** question: {mode, minimize, date, closed: Set, waits: Map, factor, from, to, home, through}; crossings by number. */
    function ask(question) {
      const state = stateOn(data, question.date);
      const network = networkAt(question.mode, state);
      const own = legsAt(question.mode, question.minimize, state);
      const costs = borderCosts(network, question.minimize, question);
      const solved = solve(own, costs);
      const answer = {
        ranking: rankCrossings(solved),
        dependency: dependency(solved, costs, question.home, question.through),
        route: null, around: null,
      };
      if (question.from >= 0 && question.to >= 0 && question.from !== question.to) {
        const best = bestRoute(network, question.minimize, costs, question.closed, question.from, question.to);
        answer.route = best && describe(network, best, question);
        const entered = new Set((answer.route ? answer.route.crossings : []).map((c) => c.into));
        const ends = answer.route ? data.nodes.own_country[best.access[0].node] : "";
        const other = [...entered].find((c) => c !== ends && c !== data.nodes.own_country[best.access[1].node]);
        if (other) {
          const round = bestRoute(
            network, question.minimize, costs, question.closed, question.from, question.to, data.countries.indexOf(other),
          );
          answer.around = {country: other, route: round && describe(network, round, question)};
        }
      }
      return answer;
    }
    return {data, ask, networkAt, legsAt};
  }

  return {solver, stateOn, unpack, ENTRY, TRANSIT};
})();
