"""The land as the first survey found it: hamlets, fields, houses with gardens, and who used what."""

from __future__ import annotations

from datetime import date
from math import ceil, sqrt
from random import Random

from benchmarks.judge.land import Plot, World
from benchmarks.judge.people import Household, household
from benchmarks.judge.places import FIELDS, HAMLETS

USES = ("home", "paddy", "crops", "garden", "pond", "forest")
USE_SHARES = (30, 36, 17, 9, 3, 5)
SIZES = {"home": 900, "paddy": 700, "crops": 600, "garden": 1100, "pond": 350, "forest": 6000}
AT_FIRST = date(1980, 1, 1)


def settle(rng: Random, parcels: int) -> World:
    """Lay out as many plots as lead to about `parcels` parcels in 2025, with their households."""
    world = World(rng)
    first = round(parcels * 0.84)
    for land, share, left in (("A", 0.4, 0.0), ("H", 0.12, 1.0), ("B", 0.48, 2.0)):
        count = round(first * share)
        width = ceil(sqrt(first * 0.4)) if land != "B" else ceil(sqrt(count))
        hamlets = [(h, _circle(rng, h, count)) for h in HAMLETS[land]]
        names = rng.sample(FIELDS, 3 * len(hamlets) + 3)
        for n in range(count):
            row, column = divmod(n, max(4, width if land != "H" else ceil(count / width)))
            band = min(len(hamlets) - 1, row * len(hamlets) * max(4, width) // max(count, 1))
            hamlet, homes = hamlets[band]
            x = column + left * width + rng.random() * 0.9
            field = names[(band * 3 + int(column // 7)) % len(names)]
            use = rng.choices(USES, USE_SHARES)[0]
            area = round(SIZES[use] * rng.lognormvariate(0, 0.45))
            plot = Plot(n, land, x, row + rng.random() * 0.9, hamlet, field, use, area, AT_FIRST)
            plot.number = len(world.plots)
            plot.holders.append((AT_FIRST, _user(rng, plot, homes, hamlet), "first"))
            world.plots.append(plot)
    return world


def _circle(rng: Random, hamlet: str, count: int) -> list[Household]:
    """Return a hamlet's households; some share a full name, as fathers' brothers' sons do."""
    size = max(4, round(count * 0.09))
    found = [household(rng, hamlet, rng.randint(1918, 1958)) for _ in range(size)]
    for one in found:
        if rng.random() < 0.08:
            one.name = rng.choice([other.name for other in found if other.sex == one.sex])
    return found


def _user(rng: Random, plot: Plot, homes: list[Household], hamlet: str) -> Household:
    """Return a first user: the co-operative for a part of the fields, else a household of the hamlet."""
    if plot.use in ("paddy", "crops") and rng.random() < 0.12:
        team = rng.randint(1, 4)
        return Household(f"Hợp tác xã {hamlet} Đội {team}", None, None, None, None, hamlet, body=True)
    return rng.choice(homes)
