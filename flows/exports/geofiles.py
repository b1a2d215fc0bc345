"""Parcels as GeoPackage, GeoParquet or CSV, in EPSG:5899 and without personal data (contract.md, Out)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely

from cadastre.units.successions import unit_now
from flows.exports.qgis import aliases, style
from flows.exports.writing import whole_or_nothing
from schemas.entries import LandUse
from schemas.errors import BadInput, Unavailable
from schemas.tables import Tables, load_tables
from store.layers import ParcelLine

CRS = "EPSG:5899"


def write_parcels(out: Path, parcels: Sequence[ParcelLine], tables: Tables | None = None) -> int:
    """Write the parcels in the format that the file's ending names and return how many."""
    ending = out.suffix.lower()
    if ending not in (".gpkg", ".parquet", ".csv"):
        raise BadInput(
            vi=f"{out}: thửa đất được xuất ra .gpkg, .parquet hoặc .csv; đổi đuôi tệp",
            en=f"{out}: parcels are written as .gpkg, .parquet or .csv; change the ending",
        )
    tables = tables or load_tables()
    frame = _frame(parcels, tables)
    with whole_or_nothing(out) as partial:
        if ending == ".gpkg":
            with _told_by_name(out):
                _write_geopackage(partial, frame, _land_uses(parcels, tables))
        elif ending == ".parquet":
            frame.to_parquet(partial, index=False)
        else:
            flat = pd.DataFrame(frame.drop(columns="geometry"))
            flat["geometry"] = frame.geometry.to_wkt(rounding_precision=3)
            flat.to_csv(partial, index=False, encoding="utf-8")
    return len(frame)


@contextmanager
def _told_by_name(out: Path) -> Iterator[None]:
    """Turn GDAL's failure to write, whose cause it does not tell, into what a user can do about it."""
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        yield
    except (DataSourceError, DataLayerError, FeatureError) as err:
        raise Unavailable(
            vi=f"{out}: không ghi được ({type(err).__name__}), có lẽ ổ đĩa đã đầy; giải phóng chỗ hoặc ghi nơi khác; "
            "tệp cũ còn nguyên",
            en=f"{out}: could not be written ({type(err).__name__}), perhaps the disk is full; make room or write "
            "elsewhere; what stood there is untouched",
        ) from err


def _frame(parcels: Sequence[ParcelLine], tables: Tables) -> geopandas.GeoDataFrame:
    """Return the contract's layer `parcels`, a row a parcel; geometry None where nothing gives one."""
    rows = []
    for line in parcels:
        now = unit_now(line.key.unit, line.key.era, tables)
        rows.append(
            {
                "parcel_id": line.parcel_id,
                "parcel_key": str(line.key),
                "national_id": None,
                "unit_code": None if line.key.unit.startswith("~") else line.key.unit,
                "unit_code_now": now.code if now else None,
                "unit_name_now": now.name if now else None,
                "sheet_no": line.key.sheet,
                "parcel_no": line.key.parcel,
                "area_m2": line.area_m2,
                "legal_area_m2": line.legal_area_m2,
                "land_use": _joined(use.code for use in line.land_use),
                "land_use_now": _whole(_code_now(use, tables) for use in line.land_use),
                "user_type": line.user_type,
                "era": line.key.era,
                "grade": line.grade,
                "status": line.status,
                "valid_from": _iso(line.valid_from),
                "valid_to": _iso(line.valid_to),
                "source_count": line.source_count,
                "grade_reasons": ";".join(line.grade_reasons) or None,
            }
        )
    shapes = [shapely.from_wkb(line.wkb) if line.wkb else None for line in parcels]
    frame = pd.DataFrame(rows, columns=_COLUMNS).astype(
        dict.fromkeys(("area_m2", "legal_area_m2"), "float64") | {"grade": "int32", "source_count": "int32"}
    )
    return geopandas.GeoDataFrame(frame, geometry=np.array(shapes, dtype=object), crs=CRS)


_COLUMNS = [
    "parcel_id",
    "parcel_key",
    "national_id",
    "unit_code",
    "unit_code_now",
    "unit_name_now",
    "sheet_no",
    "parcel_no",
    "area_m2",
    "legal_area_m2",
    "land_use",
    "land_use_now",
    "user_type",
    "era",
    "grade",
    "status",
    "valid_from",
    "valid_to",
    "source_count",
    "grade_reasons",
]


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _joined(codes: Iterable[str | None]) -> str | None:
    known = [code for code in codes if code]
    return "+".join(known) or None


def _whole(codes: Iterable[str | None]) -> str | None:
    """Return the codes joined; None where one of them is not known, since a part would pass for the whole."""
    listed = list(codes)
    return _joined(listed) if all(listed) else None


def _code_now(use: LandUse, tables: Tables) -> str | None:
    """Return the code of the 2024 table that follows for certain; None where a person decides (domain.md 0.8)."""
    known = tables.land_uses.get(use.code)
    return known.successor if known and known.convert == "yes" else None


def _land_uses(parcels: Sequence[ParcelLine], tables: Tables) -> pd.DataFrame:
    rows: list[Mapping[str, object]] = [
        {
            "parcel_id": line.parcel_id,
            "code": use.code,
            "code_now": _code_now(use, tables),
            "area_m2": use.area_m2 if len(line.land_use) > 1 or use.area_m2 is not None else line.area_m2,
        }
        for line in parcels
        for use in line.land_use
    ]
    frame = pd.DataFrame(rows, columns=["parcel_id", "code", "code_now", "area_m2"])
    return frame.astype({"area_m2": "float64"})


def _write_geopackage(out: Path, parcels: geopandas.GeoDataFrame, land_uses: pd.DataFrame) -> None:
    import pyogrio

    out.unlink(missing_ok=True)  # SQLite wants to make the file itself
    pyogrio.write_dataframe(
        parcels, out, layer="parcels", driver="GPKG", geometry_type="MultiPolygon", promote_to_multi=True
    )
    pyogrio.write_dataframe(land_uses, out, layer="land_uses", driver="GPKG", append=True)
    styles = pd.DataFrame(
        [_style_row("parcels", "geom", style()), _style_row("land_uses", "", aliases("land_uses"))],
    )
    pyogrio.write_dataframe(styles, out, layer="layer_styles", driver="GPKG", append=True, FID="id")


def _style_row(layer: str, geometry: str, qml: str) -> Mapping[str, object]:
    """Return the row by which QGIS finds a layer's default style."""
    return {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": layer,
        "f_geometry_column": geometry,
        "styleName": "diachinh",
        "styleQML": qml,
        "styleSLD": "",
        "useAsDefault": True,
        "description": "diachinh",
        "owner": "",
        "ui": "",
    }
