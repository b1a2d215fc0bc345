"""python -m samples.district: a district of invented parcels with forty years of true history, as entries."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from samples.district.make import make_district
from schemas.errors import DiachinhError

_EXAMPLE = "example: python -m samples.district --seed 7 --parcels 2000 --errors worn --notes 0.5 --out /tmp/district7"


def main() -> int:
    """Write a district and print its numbers; return the exit code."""
    asked = argparse.ArgumentParser(prog="python -m samples.district", description=__doc__, epilog=_EXAMPLE)
    asked.add_argument("--seed", type=int, required=True, help="the same seed gives the same district")
    asked.add_argument("--parcels", type=int, default=2000, help="parcels in 1982; about five entries come of each")
    asked.add_argument("--communes", type=int, default=4, help="communes of 2024, at least 4")
    asked.add_argument("--errors", choices=("none", "worn"), default="none", help="the reading of worn scans, or none")
    asked.add_argument("--notes", type=float, default=0.5, help="share of papers that say where a parcel came from")
    asked.add_argument("--out", type=Path, required=True, help="a new folder")
    given = asked.parse_args()
    try:
        made = make_district(
            given.out,
            seed=given.seed,
            parcels=given.parcels,
            communes=given.communes,
            notes=given.notes,
            errors=given.errors,
        )
    except DiachinhError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(json.dumps(made, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
