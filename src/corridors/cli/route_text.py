"""Routes in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from corridors.analysis.routes import Routes


def route_lines(found: Routes) -> list[str]:
    """Return the routes in sentences."""
    lines: list[str] = []
    for route in found.routes:
        countries = ", ".join(f"{km:.0f} km in {c}" for c, km in route["km_by_country"].items())
        lines.append(
            f"{route['rank']}. {route['distance_km']:.0f} km, {route['time_h']:.1f} h "
            f"(of them {route['border_wait_h']:.1f} h at the border), {route['cost_usd']:.0f} USD; {countries}"
        )
        lines += [
            f"   {c['name']} into {c['into']} at km {c['at_km']:.0f}, {c['wait_h']:.1f} h" for c in route["crossings"]
        ]
    if found.unrestricted is not None:
        best, free = found.routes[0], found.unrestricted
        more_km, more_h = best["distance_km"] - free["distance_km"], best["time_h"] - free["time_h"]
        lines.append(
            f"Avoiding {found.settings['avoid_country']} costs {more_km:.0f} km and {more_h:.1f} h more: "
            f"without it {free['distance_km']:.0f} km, {free['time_h']:.1f} h"
        )
    drawn = found.uncertainty
    if drawn is not None:
        lines.append(
            f"Waits drawn {drawn['draws']} times (seed {drawn['seed']}, correlation {drawn['correlation']:g}); "
            "arrival in hours after departure"
        )
        lines.append("probability: share of draws whose best route passes the crossing; a route may pass several")
        if not drawn["waits_decide"]:
            lines.append(f"Least {found.settings['minimize']}: waits do not decide, every draw has the same best route")
    return lines


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
    legs = [
        (
            f"Route {route['rank']}" if len(found.routes) > 1 else "",
            pd.DataFrame(route["legs"])[list(shown)].rename(columns=shown),
        )
        for route in found.routes
    ]
    return [*legs, *_drawn_tables(found.uncertainty)] if found.uncertainty else legs


def _drawn_tables(drawn: dict[str, Any]) -> list[tuple[str, pd.DataFrame]]:
    """Return arrivals and the crossings chosen, of drawn waits."""
    plans = [(f"route {plan['rank']}, fixed before departure", plan) for plan in drawn["fixed_routes"]]
    plans.append(("re-optimised in each draw", drawn["reoptimised"]))
    arrivals = pd.DataFrame(
        [{"route": name, **{f"P{q} h": plan[f"time_p{q}_h"] for q in (10, 50, 90)}} for name, plan in plans]
    )
    chosen = [{k: row[k] for k in ("name", "probability", "on_fixed_route")} for row in drawn["crossings"]]
    return [("Arrival", arrivals), ("Crossings chosen when re-optimised in each draw", pd.DataFrame(chosen))]
