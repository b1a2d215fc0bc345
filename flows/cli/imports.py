"""`diachinh import`: data of earlier projects, and entries of other installations."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer

from cadastre.words.legacy_text import Encoding
from flows.cli.options import JsonOption, LangOption, run


class AsChoice(StrEnum):
    """What a file is: a map with shapes, a list without, or entries of the contract."""

    map = "map"
    list = "list"
    entries = "entries"


class EncodingChoice(StrEnum):
    """What texts are in."""

    auto = "auto"
    tcvn3 = "tcvn3"
    vni = "vni"
    unicode = "unicode"


class EraChoice(StrEnum):
    """The eras of the contract."""

    era_299 = "299"
    era_1988 = "1988"
    era_1993 = "1993"
    era_2003 = "2003"
    era_2009 = "2009"
    era_2013 = "2013"
    era_2024 = "2024"


def bring_in(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help=".shp .gpkg .geojson .dxf .dgn (v7) · .xlsx .xls .ods .csv · .jsonl"),
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="M.toml", help="Bảng ghép cột của riêng tệp này / a mapping of its columns."),
    ] = None,
    sort: Annotated[
        AsChoice | None,
        typer.Option("--as", help="Bản đồ, danh sách, hay mục JSON Lines / what it is.", show_default="by the file"),
    ] = None,
    asserted_on: Annotated[
        str | None, typer.Option(metavar="DAY", help="Dữ liệu được lập ngày nào / the day of the data: 2012-06-30.")
    ] = None,
    unit_code: Annotated[
        str | None, typer.Option(metavar="CODE", help="Mã xã 5 chữ số, khi tệp không ghi / the commune's code.")
    ] = None,
    unit_date: Annotated[
        str | None, typer.Option(metavar="DAY", help="Ngày mà mã xã ấy có hiệu lực / the day on which it is meant.")
    ] = None,
    era: Annotated[
        EraChoice | None,
        typer.Option(help="Thời kỳ, khi không rõ ngày / the era, where no day is known.", show_default="by the day"),
    ] = None,
    layer: Annotated[str | None, typer.Option(metavar="NAME", help="Lớp hay trang tính / layer or sheet.")] = None,
    encoding: Annotated[
        EncodingChoice, typer.Option(help="Mã chữ, khi không tự nhận ra / of texts, where it cannot be told.")
    ] = EncodingChoice.auto,
    crs: Annotated[
        str | None,
        typer.Option(
            metavar="EPSG|auto", help="Hệ tọa độ; auto: theo vị trí / coordinate system.", show_default="the file's"
        ),
    ] = None,
    custodian: Annotated[
        str | None, typer.Option(metavar="OFFICE", help="Cơ quan đang giữ dữ liệu / the office that holds the data.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="WHO",
            help="Người nhập; không xác minh nhân thân của tệp này / who imports it: they verify nobody of it.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ xem thử, không ghi / look only, store nothing.")
    ] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Nhập dữ liệu của dự án trước: bản đồ số, danh sách, mục / bring in data of earlier projects; twice is once.

    Ví dụ / example:  `diachinh import to12.shp --asserted-on 2012-06-30 --unit-code 20335`

    Mục do nơi khác xuất / entries of another installation:  `diachinh import muc.jsonl`
    """
    from flows.imports import importing
    from flows.imports.wanted import Wanted

    run(
        "import",
        lang,
        lambda at: importing.import_files(
            at,
            files,
            Wanted(
                sort=sort.value if sort else None,
                custodian=custodian,
                era=era.value if era else None,
                asserted_on=asserted_on,
                unit_code=unit_code,
                unit_date=unit_date,
                mapping=mapping,
                layer=layer,
                encoding=cast("Encoding | None", None if encoding is EncodingChoice.auto else encoding.value),
                crs=crs,
                by=by,
            ),
            dry_run=dry_run,
            as_json=as_json,
        ),
    )
