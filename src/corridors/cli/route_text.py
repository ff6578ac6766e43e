"""Routes in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from corridors.cli.words import say, translate

if TYPE_CHECKING:
    from corridors.analysis.routes import Routes


_SAME_H = 1e-6


def route_lines(found: Routes) -> list[str]:
    """Return the routes in sentences."""
    lang, lines = found.network.language, []
    for route in found.routes:
        lines.append(
            say(
                lang,
                "{rank}. {km} km, {hours} h (of them {wait} h at the border), {usd} USD; {countries}",
                rank=route["rank"],
                km=f"{route['distance_km']:.0f}",
                hours=f"{route['time_h']:.1f}",
                wait=f"{route['border_wait_h']:.1f}",
                usd=f"{route['cost_usd']:.0f}",
                countries=", ".join(
                    say(lang, "{km} km in {country}", km=f"{km:.0f}", country=c)
                    for c, km in route["km_by_country"].items()
                ),
            )
        )
        lines += ["   " + _passage(lang, crossing) for crossing in route["crossings"]]
    if found.unrestricted is not None:
        lines.append(_avoidance(lang, found))
    return [*lines, *_drawn_lines(lang, found)]


def _passage(lang: str, crossing: dict[str, Any]) -> str:
    return say(
        lang,
        "{crossing} into {country} at km {at}, {hours} h",
        crossing=crossing["name"],
        country=crossing["into"],
        at=f"{crossing['at_km']:.0f}",
        hours=f"{crossing['wait_h']:.1f}",
    )


def _avoidance(lang: str, found: Routes) -> str:
    assert found.unrestricted is not None  # the caller looked
    best, free = found.routes[0], found.unrestricted
    return say(
        lang,
        "Avoiding {country} costs {km} km and {hours} h more: without it {free_km} km, {free_h} h",
        country=found.settings["avoid_country"],
        km=f"{best['distance_km'] - free['distance_km']:.0f}",
        hours=f"{best['time_h'] - free['time_h']:.1f}",
        free_km=f"{free['distance_km']:.0f}",
        free_h=f"{free['time_h']:.1f}",
    )


def _drawn_lines(lang: str, found: Routes) -> list[str]:
    drawn = found.uncertainty
    if drawn is None:
        return []
    if not _spread(drawn):
        return [say(lang, "All {draws} draws are alike: no wait on the way has a P10 and P90", draws=drawn["draws"])]
    how = {"draws": drawn["draws"], "seed": drawn["seed"], "correlation": f"{drawn['correlation']:g}"}
    lines = [
        say(
            lang,
            "Waits drawn {draws} times (seed {seed}, correlation {correlation}); arrival in hours after departure",
            **how,
        ),
        say(lang, "probability: share of draws whose best route passes the crossing; a route may pass several"),
    ]
    if not drawn["waits_decide"]:
        same = "Least {what}: waits do not decide, every draw has the same best route"
        lines.append(say(lang, same, what=found.settings["minimize"]))
    return lines


def _spread(drawn: dict[str, Any]) -> bool:
    """Tell whether the draws differ in when anything arrives, or in the crossings chosen."""
    plans = (*drawn["fixed_routes"], drawn["reoptimised"])
    moved = any(plan["time_p90_h"] - plan["time_p10_h"] > _SAME_H for plan in plans)
    return moved or any(0 < row["probability"] < 1 for row in drawn["crossings"])


def route_tables(found: Routes) -> list[tuple[str, pd.DataFrame]]:
    """Return the legs of each route."""
    shown = {
        "from": "from",
        "to": "to",
        "mode": "mode",
        "country": "in",
        "length_km": "km",
        "time_h": "h",
        "name": "line",
    }
    lang = found.network.language
    legs = []
    for route in found.routes:
        table = pd.DataFrame(route["legs"])[list(shown)].rename(columns=shown)
        if lang != "en":
            from corridors.cli.lines import line_namer

            table["line"] = table["line"].map(line_namer(found.network))
        legs.append((say(lang, "Route {rank}", rank=route["rank"]) if len(found.routes) > 1 else "", table))
    drawn = found.uncertainty
    return [*legs, *_drawn_tables(lang, drawn)] if drawn and _spread(drawn) else legs


def _drawn_tables(lang: str, drawn: dict[str, Any]) -> list[tuple[str, pd.DataFrame]]:
    """Return arrivals and the crossings chosen, of drawn waits."""
    plans = [
        (say(lang, "route {rank}, fixed before departure", rank=plan["rank"]), plan) for plan in drawn["fixed_routes"]
    ]
    plans.append((translate(lang, "re-optimised in each draw"), drawn["reoptimised"]))
    arrivals = pd.DataFrame(
        [{"route": name, **{f"P{q} h": plan[f"time_p{q}_h"] for q in (10, 50, 90)}} for name, plan in plans]
    )
    chosen = [{k: row[k] for k in ("name", "probability", "on_fixed_route")} for row in drawn["crossings"]]
    return [
        (say(lang, "Arrival"), arrivals),
        (say(lang, "Crossings chosen when re-optimised in each draw"), pd.DataFrame(chosen)),
    ]
