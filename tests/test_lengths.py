"""The length of every link, kept twice: once in the table, once in the totals of its line (control_totals.csv). Whoever
corrects a length corrects the total with it: `python tests/test_lengths.py` writes the totals anew."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
import toy

FILE = Path(__file__).with_name("control_totals.csv")
COLUMNS = ["mode", "country", "name", "links", "km"]
ROUNDING = 0.005


def totals(links):
    """Return km and number of links of each line: the links that share mode, country and name."""
    named = links[links["mode"].isin(["rail", "road", "sea"])].fillna({"country": "", "name": ""})
    grouped = named.groupby(["mode", "country", "name"], sort=True)["length_km"]
    return {key: (len(km), round(float(km.sum()), 2)) for key, km in grouped}


def as_text(found):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([*key, n, f"{km:.2f}"] for key, (n, km) in found.items())
    return out.getvalue()


def differences(links):
    written = {
        (r["mode"], r["country"], r["name"]): (int(r["links"]), float(r["km"]))
        for r in csv.DictReader(FILE.read_text("utf-8").splitlines())
    }
    now = totals(links)
    wrong = [f"{key}: not in {FILE.name}" for key in now.keys() - written.keys()]
    wrong += [f"{key}: no such line any more" for key in written.keys() - now.keys()]
    for key in now.keys() & written.keys():
        (n, km), (was_n, was_km) = now[key], written[key]
        if n != was_n or abs(km - was_km) > ROUNDING:
            wrong.append(f"{key}: {n} links, {km:.2f} km; written down: {was_n} links, {was_km:.2f} km")
    return wrong


def test_each_line_is_as_long_as_written_down(shipped_net):
    assert differences(shipped_net.links) == []


def test_a_tenth_more_or_less_on_any_link_is_noticed(shipped_net):
    """Tried on one link of every line, and on 200 at random."""
    links = shipped_net.links[shipped_net.links["mode"] != "transfer"]
    one_each = links.groupby(["mode", "name"], sort=False, dropna=False).head(1).index
    chosen = [*one_each[::7], *np.random.default_rng(3).choice(links.index, 200, replace=False)]
    for link in chosen:
        for factor in (0.9, 1.1):
            changed = links.copy()
            changed.loc[link, "length_km"] = round(changed.loc[link, "length_km"] * factor, 2)
            assert differences(changed), f"{link} x {factor} goes unnoticed"


def test_lengths_of_sections_stand_within_the_great_circle_and_its_multiple(shipped_net):
    links, nodes = shipped_net.links, shipped_net.nodes
    from corridors.model.geo import great_circle_km

    ends = [nodes.loc[links[c], ["y_coord", "x_coord"]].to_numpy() for c in ("from_node_id", "to_node_id")]
    straight = great_circle_km(*ends[0].T, *ends[1].T)
    on_land = links["mode"].isin(["rail", "road"]).to_numpy() & (straight > 1)
    winding = links["length_km"].to_numpy()[on_land] / straight[on_land]
    assert winding.min() > 0.999
    assert np.quantile(winding, 0.99) < 1.6
    assert winding.max() < 2.9  # a railway that climbs out of a valley: the tariff guide has 46 km to Taldykorgan


@pytest.mark.parametrize("mode", ["rail", "road"])
def test_published_and_measured_lengths_name_where_from(shipped_net, mode):
    links = shipped_net.links[shipped_net.links["mode"] == mode]
    known = links[links["length_basis"].isin(["published", "measured"])]
    first = known["source"].str.partition("#")[0]
    assert not first.isin(["memory", "estimate", "assumption", "project"]).any()
    guessed = links[links["length_basis"] == "estimated"]["source"]
    assert guessed.str.contains(r"estimate#|assumption#|memory#|great circle", regex=True).mean() > 0.9


if __name__ == "__main__":
    FILE.write_text(as_text(totals(toy.shipped_network().links)), "utf-8")
