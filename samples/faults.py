"""Labelled faults: errors of the kind that real papers hold, printed on purpose in one paper of a parcel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from numpy.random import Generator
from pyproj import Transformer

from samples.chance import chance, pick
from samples.estate import Estate, Fault
from samples.paper import Slip
from samples.words import number
from schemas.entries import Corner


def with_faults(rng: Generator, held: Sequence[Estate], share: float) -> tuple[Estate, ...]:
    """Return the estates, that share of them with a fault that one of their papers can show."""
    return tuple(replace(e, fault=pick(rng, _possible(e))) if chance(rng, share) else e for e in held)


def _possible(estate: Estate) -> tuple[Fault, ...]:
    on_book: tuple[Fault, ...] = ("digit_swap",)
    on_certificate: tuple[Fault, ...] = ("parts_off", "words_differ") if estate.certificate else ()
    on_extract: tuple[Fault, ...] = ("xy_swapped", "wrong_meridian") if estate.extract else ()
    return on_book + on_certificate + on_extract


def swapped_digits(area_m2: float) -> float:
    """Return the area with its first two unlike neighbouring digits changed about: 245,6 becomes 425,6."""
    digits = list(f"{area_m2:.1f}".replace(".", ""))
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1] and (i > 0 or digits[1] != "0"):
            digits[i], digits[i + 1] = digits[i + 1], digits[i]
            break
    return int("".join(digits)) / 10


def faulty_corners(corners: tuple[Corner, ...], fault: Fault | None) -> tuple[Corner, ...]:
    """Return the corners as a table with that fault prints them: X and Y changed about, or computed on 108°00'."""
    if fault == "xy_swapped":
        return tuple(replace(corner, x=corner.y, y=corner.x) for corner in corners)
    if fault == "wrong_meridian":
        to_zone = Transformer.from_crs("EPSG:5899", "EPSG:5898", always_xy=True)
        moved = [to_zone.transform(corner.y, corner.x) for corner in corners]
        return tuple(
            replace(corner, x=round(north, 2), y=round(east, 2))
            for corner, (east, north) in zip(corners, moved, strict=True)
        )
    return corners


def index_slips(estate: Estate) -> tuple[Slip, ...]:
    """Return what the parcel index of this estate misprints."""
    if estate.fault != "digit_swap":
        return ()
    area = estate.plot.area_m2
    return (Slip("digit_swap", "area_m2", number(swapped_digits(area), 1), number(area, 1)),)


def certificate_slips(estate: Estate) -> tuple[Slip, ...]:
    """Return what the certificate of this estate misprints."""
    certificate = estate.certificate
    if certificate and estate.fault == "parts_off":
        own = certificate.private_m2
        return (Slip("parts_off", "private_m2", number(own + 0.1, 1), number(own, 1)),)
    if certificate and estate.fault == "words_differ":
        area = certificate.area_m2
        return (Slip("words_differ", "area_words_m2", number(area + 1, 1), number(area, 1)),)
    return ()


def extract_slips(estate: Estate) -> tuple[Slip, ...]:
    """Return what the corner table of this estate's extract misprints."""
    if estate.fault == "xy_swapped":
        return (Slip("xy_swapped", "corners", "Y, X", "X, Y"),)
    if estate.fault == "wrong_meridian":
        return (Slip("wrong_meridian", "corners", "108°00'", "107°45'"),)
    return ()
