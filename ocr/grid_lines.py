"""Printed rules of a table: found strip by strip, so that broken, dashed, leaning and bent ones are followed.

A rule is traced on the page with its rules kept. Coordinates are pixels of the clean frame. "Along" is the way
a rule runs (down for an upright one), "across" the other way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]

_STRIP_INCH = 0.22
_GAP_INCH = 0.05  # a dash's gap; lines of text stand farther apart
_SHORTEST_INCH = 0.5
_THICKEST_INCH = 0.05
_STRAY_INCH = 0.025  # how far a rule may wander from one strip to the next
_TOGETHER_INCH = 0.1  # double rules count as one
_MISSED_STRIPS = 8
_BESIDE_INCH = (0.016, 0.021, 0.026, 0.031)
_MOST_LEAN = 0.035
_CROWDED = 0.35  # share of a rule's ink that has other ink beside it
_DOUBLE = 0.93  # nearly all of it: the other stroke of a double rule


@dataclass(frozen=True, slots=True)
class Rule:
    """A traced rule: places across at ascending places along, and the share of its way where ink was seen."""

    along: tuple[float, ...]
    across: tuple[float, ...]
    share: float

    @property
    def start(self) -> float:
        """Return where it begins."""
        return self.along[0]

    @property
    def end(self) -> float:
        """Return where it ends."""
        return self.along[-1]

    @property
    def length(self) -> float:
        """Return how far it runs."""
        return self.end - self.start

    def at(self, along: float) -> float:
        """Return where it lies across, straight on beyond its ends."""
        if len(self.along) < 2:
            return self.across[0]
        if self.start <= along <= self.end:
            return float(np.interp(along, self.along, self.across))
        lean = float(np.polyfit(self.along, self.across, 1)[0])
        nearest = self.start if along < self.start else self.end
        return float(np.interp(nearest, self.along, self.across) + lean * (along - nearest))


@dataclass(frozen=True, slots=True)
class _Trace:
    strips: list[int]
    across: list[float]
    inked: list[float]


def find_rules(marks: Mask, dpi: float, *, upright: bool) -> list[Rule]:
    """Return the upright (or level) rules of a page, left to right (or top to bottom); `marks` is 1 on ink."""
    image = marks if upright else np.ascontiguousarray(marks.T)
    strip = max(8, round(_STRIP_INCH * dpi))
    strokes = _long_strokes(image, dpi)
    traces = _linked(_peaks(strokes, strip, dpi), max(2.0, _STRAY_INCH * dpi))
    rules = [_rule(trace, strip, image.shape[0]) for trace in traces if len(trace.strips) >= 2]
    rules = [rule for rule in rules if rule.length >= _SHORTEST_INCH * dpi and rule.share >= 0.4]
    rules = [rule for rule in rules if _straight(rule) and _alone(image, rule, dpi)]
    return _joined(sorted(rules, key=lambda r: median(r.across)), _TOGETHER_INCH * dpi)


def _long_strokes(image: Mask, dpi: float) -> Mask:
    """Return 1 on thin strokes that run down the image, dashes bridged."""
    gap = max(3, round(_GAP_INCH * dpi) | 1)
    shortest = max(20, round(0.3 * dpi))
    stout = cv2.dilate(image, np.ones((1, 3), np.uint8))
    bridged = cv2.morphologyEx(stout, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
    runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((shortest, 1), np.uint8))
    thick = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, max(6, round(_THICKEST_INCH * dpi))), np.uint8))
    return np.asarray(cv2.subtract(runs, cv2.dilate(thick, np.ones((3, 3), np.uint8))), dtype=np.uint8)


def _peaks(strokes: Mask, strip: int, dpi: float) -> list[list[tuple[float, float]]]:
    """Return for each strip the places across where strokes fill at least half of it, with the share filled."""
    widest = max(6.0, _THICKEST_INCH * dpi + 4)
    result = []
    for top in range(0, strokes.shape[0], strip):
        part = strokes[top : top + strip]
        filled = part.sum(axis=0, dtype=np.int64) / part.shape[0]
        inked = np.concatenate(([False], filled >= 0.25, [False]))
        starts, ends = np.flatnonzero(inked[1:] & ~inked[:-1]), np.flatnonzero(~inked[1:] & inked[:-1])
        found = []
        for a, b in zip(starts.tolist(), ends.tolist(), strict=True):
            share = min(1.0, float(filled[a:b].max()) * (1.0 if b - a > 1 else 0.9))
            together = float(part[:, a:b].any(axis=1).mean())
            if b - a <= widest and max(share, together) >= 0.5:
                weights = filled[a:b]
                found.append((float((np.arange(a, b) * weights).sum() / weights.sum()), together))
        result.append(found)
    return result


def _linked(strips: Sequence[Sequence[tuple[float, float]]], stray: float) -> list[_Trace]:
    """Return the peaks strung together from strip to strip; a trace may miss some strips on its way."""
    done: list[_Trace] = []
    open_traces: list[_Trace] = []
    for number, peaks in enumerate(strips):
        free = list(peaks)
        for trace in sorted(open_traces, key=lambda t: -len(t.strips)):
            missed = number - trace.strips[-1]
            expected = _expected(trace, number)
            near = [p for p in free if abs(p[0] - expected) <= stray * (1 + 0.25 * (missed - 1))]
            if near:
                best = min(near, key=lambda p: abs(p[0] - expected))
                free.remove(best)
                trace.strips.append(number)
                trace.across.append(best[0])
                trace.inked.append(best[1])
        done += [t for t in open_traces if number - t.strips[-1] > _MISSED_STRIPS]
        open_traces = [t for t in open_traces if number - t.strips[-1] <= _MISSED_STRIPS]
        open_traces += [_Trace([number], [x], [share]) for x, share in free]
    return done + open_traces


def _expected(trace: _Trace, strip: int) -> float:
    """Return where a trace should be in a later strip, straight on by its last strips."""
    if len(trace.strips) < 4:
        return trace.across[-1]
    lean, offset = np.polyfit(trace.strips[-8:], trace.across[-8:], 1)
    return float(lean * strip + offset)


def _rule(trace: _Trace, strip: int, limit: int) -> Rule:
    middles = [min((s + 0.5) * strip, limit - 1.0) for s in trace.strips]
    smooth = [median(trace.across[max(0, i - 1) : i + 2]) for i in range(len(trace.across))]
    covered = sum(trace.inked) / (trace.strips[-1] - trace.strips[0] + 1)
    along = [max(0.0, middles[0] - strip / 2), *middles, min(float(limit - 1), middles[-1] + strip / 2)]
    return Rule(tuple(along), (smooth[0], *smooth, smooth[-1]), covered)


def _joined(rules: list[Rule], together: float) -> list[Rule]:
    """Return the rules with double ones taken as one and the pieces of a broken one strung together."""
    result: list[Rule] = []
    for rule in rules:
        for i, other in enumerate(result):
            first, second = (other, rule) if other.start <= rule.start else (rule, other)
            apart = second.start >= first.end
            at = second.start if apart else (second.start + min(first.end, second.end)) / 2
            off = abs(first.at(at) - second.at(at))
            if off <= (together / 3 if apart else together):
                result[i] = _appended(first, second) if apart else max(first, second, key=lambda r: r.length)
                break
        else:
            result.append(rule)
    return sorted(result, key=lambda r: median(r.across))


def _straight(rule: Rule) -> bool:
    """Return whether the rule leans no more than a table's may on a levelled page; the lines of a plan do."""
    return abs(rule.across[-1] - rule.across[0]) <= max(6.0, _MOST_LEAN * rule.length)


def _alone(image: Mask, rule: Rule, dpi: float) -> bool:
    """Return whether the rule's ink stands alone: the strokes of text, in a line or one over the other, do not."""
    along = np.arange(int(rule.start), int(rule.end), 2)
    across = np.round(np.interp(along, rule.along, rule.across)).astype(np.int64)

    def inked(aside: float) -> NDArray[np.bool_]:
        places = np.clip(across + round(aside * dpi), 0, image.shape[1] - 1)
        return np.asarray(image[along, places] > 0)

    on = inked(0) | inked(-0.004) | inked(0.004)
    if not on.any():
        return False
    beside = np.zeros(len(along), np.bool_)
    for aside in _BESIDE_INCH:
        beside |= inked(aside) | inked(-aside)
    crowded = float(beside[on].mean())
    return crowded < _CROWDED or crowded > _DOUBLE


def _appended(first: Rule, second: Rule) -> Rule:
    whole = second.end - first.start
    share = (first.share * first.length + second.share * second.length) / whole if whole > 0 else 0.0
    return Rule((*first.along, *second.along), (*first.across, *second.across), share)
