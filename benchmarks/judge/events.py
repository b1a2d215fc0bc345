"""What happens to land from year to year: sale, inheritance, division, joining, consolidation, change of use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from benchmarks.judge.land import Plot, World, number_children
from benchmarks.judge.people import Household, household
from benchmarks.judge.places import Survey, survey_of

ALLOTTED = date(1994, 3, 1)


def some_day(world: World, year: int) -> date:
    """Return a day of a year."""
    return date(year, 1, 5) + timedelta(days=world.rng.randrange(350))


def pass_to(plot: Plot, day: date, to: Household, how: str) -> None:
    """Give a plot another holder."""
    plot.holders.append((day, to, how))


def allot(world: World) -> None:
    """Divide the co-operative's fields among the households of the hamlet, as Decree 64 did."""
    homes: dict[str, list[Household]] = defaultdict(list)
    for plot in world.living(ALLOTTED):
        if not plot.holders[-1][1].body:
            homes[plot.hamlet].append(plot.holders[-1][1])
    for plot in world.living(ALLOTTED):
        if plot.holders[-1][1].body and homes[plot.hamlet]:
            pass_to(plot, ALLOTTED, world.rng.choice(homes[plot.hamlet]), "allotted")


def divide(world: World, plot: Plot, day: date, parts: int, holders: Sequence[Household], how: str) -> list[Plot]:
    """Cut a plot in parts; numbers come apart from this."""
    rng = world.rng
    shares = [rng.uniform(0.7, 1.6) for _ in range(parts)]
    plot.died = day
    for n, share in enumerate(shares):
        area = max(20, round(plot.area * share / sum(shares)))
        child = Plot(
            len(world.plots), plot.land, plot.x + n * 0.05, plot.y, plot.hamlet, plot.toponym, plot.use, area, day,
            "split", [plot], used_since=plot.used_since,
        )  # fmt: skip
        pass_to(child, day, holders[n % len(holders)], how)
        plot.children.append(child)
        world.plots.append(child)
    return plot.children


def join(world: World, plots: Sequence[Plot], day: date, holder: Household, how: str) -> Plot:
    """Make one plot of several."""
    first = max(plots, key=lambda p: p.area)
    child = Plot(
        len(world.plots), first.land, first.x, first.y, first.hamlet, first.toponym, first.use,
        round(sum(p.area for p in plots)), day, "merge", list(plots), used_since=day,
    )  # fmt: skip
    pass_to(child, day, holder, how)
    for plot in plots:
        plot.died = day
        plot.children.append(child)
    world.plots.append(child)
    return child


def heirs(world: World, of: Household, year: int) -> list[Household]:
    """Return the children who take over; they bear the father's family name."""
    rng = world.rng
    if not of.children:
        surname = of.name.split()[0] if of.sex == "nam" or of.spouse is None else of.spouse.split()[0]
        born = min((of.born or year - 60) + 27, year - 20)
        of.children = [household(rng, of.hamlet, born + 3 * n, surname) for n in range(rng.randint(1, 3))]
    return of.children


def year_of_land(world: World, year: int) -> None:
    """Let a year pass over all plots."""
    rng = world.rng
    market = 0.004 if year < 1994 else 0.017
    dead: dict[int, tuple[date, list[Household]]] = {}
    for plot in list(world.living(date(year, 1, 1))):
        day = some_day(world, year)
        if (
            plot.died
            or not plot.lives_on(day)
            or not plot.names
            or plot.names[-1].since >= day
            or plot.holders[-1][0] >= day
        ):
            continue
        holder = plot.holder_on(day)
        if holder.body:
            continue
        if id(holder) not in dead and year - (holder.born or year) > 62 and rng.random() < 0.06:
            dead[id(holder)] = day, heirs(world, holder, year)
        suffix = year < 2004 and rng.random() < 0.4
        if id(holder) in dead:
            died, children = dead[id(holder)]
            if died <= plot.born or died <= plot.names[-1].since or died <= plot.holders[-1][0]:
                continue
            if len(children) > 1 and plot.use in ("home", "garden", "crops") and rng.random() < 0.3:
                parts = divide(world, plot, died, len(children), children, "inherited")
                number_children(world, parts, died, plot.names[-1], suffix)
            else:
                pass_to(plot, died, rng.choice(children), "inherited")
        elif rng.random() < market:
            buyer = household(rng, plot.hamlet, year - rng.randint(24, 50))
            if year > 1990 and plot.area > 250 and rng.random() < 0.3:
                parts = divide(world, plot, day, 2, (holder, buyer), "sold")
                number_children(world, parts, day, plot.names[-1], suffix)
            else:
                pass_to(plot, day, buyer, "sold")
        elif year > 2004 and plot.use in ("garden", "crops") and rng.random() < 0.003:
            plot.use, plot.used_since = "home", day


def join_some(world: World, year: int) -> None:
    """Join a few neighbouring plots of one holder and one sheet."""
    day = some_day(world, year)
    rows: dict[tuple[int, str, str, int], list[Plot]] = defaultdict(list)
    for plot in world.living(day):
        settled = plot.died is None and plot.names and plot.names[-1].since < day and plot.holders[-1][0] < day
        if settled and not plot.holder_on(day).body:
            rows[id(plot.holder_on(day)), plot.use, plot.toponym, plot.names[-1].sheet].append(plot)
    for group in rows.values():
        near = [one for one in group if abs(one.y - group[0].y) < 2.5 and abs(one.x - group[0].x) < 3.5]
        if len(near) > 1 and world.rng.random() < 0.05:
            child = join(world, near[:3], day, near[0].holder_on(day), "joined")
            number_children(world, [child], day, near[0].names[-1], suffix=False)


def consolidate(world: World, lands: str, day: date, share: float, numbered: bool) -> None:
    """Redraw the paddies of some fields: two or three become one, or three become two across the middle one."""
    rng = world.rng
    fields: dict[tuple[str, str, int], list[Plot]] = defaultdict(list)
    for plot in world.living(day):
        if plot.land in lands and plot.use == "paddy" and plot.names[-1].since < day:
            fields[plot.hamlet, plot.toponym, plot.names[-1].sheet].append(plot)
    for group in fields.values():
        if rng.random() > share:
            continue
        group.sort(key=lambda p: (int(p.y), p.x))
        while len(group) > 1:
            some, group = group[: rng.choice((2, 2, 3))], group[3:]
            like = some[0].names[-1]
            if len(some) == 3 and rng.random() < 0.35:
                made = _shift(world, some, day)
            else:
                made = [join(world, some, day, rng.choice(some).holder_on(day), "consolidated")]
            if numbered:
                number_children(world, made, day, like, suffix=False)


def _shift(world: World, some: Sequence[Plot], day: date) -> list[Plot]:
    """Make two plots of three: the middle one is cut between its neighbours."""
    left, middle, right = some
    made = []
    for one in (left, right):
        new = Plot(
            len(world.plots), one.land, one.x, one.y, one.hamlet, one.toponym, one.use,
            round(one.area + middle.area / 2), day, "merge", [one, middle], used_since=day,
        )  # fmt: skip
        pass_to(new, day, one.holder_on(day - timedelta(days=1)), "consolidated")
        world.plots.append(new)
        one.children.append(new)
        middle.children.append(new)
        made.append(new)
    for one in some:
        one.died = day
    return made


def divide_unseen(world: World, survey: Survey) -> None:
    """Cut what heirs had long divided among themselves and only the new map shows."""
    for plot in list(world.living(survey.day)):
        if plot.land in survey.lands and plot.use in ("home", "garden") and world.rng.random() < 0.05:
            holder = plot.holder_on(survey.day)
            if not holder.body and plot.holders[-1][0] < survey.day and survey_of(plot.land, survey.day) is survey:
                divide(world, plot, survey.day, 2, (holder, heirs(world, holder, survey.day.year)[0]), "divided")
