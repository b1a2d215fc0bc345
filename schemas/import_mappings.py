"""Which columns of earlier projects' files are which fields: data in schemas/codes/import_mappings.toml, or a file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

Target = Literal[
    "unit_code", "unit_name", "sheet_no", "parcel_no", "old_sheet_no", "old_parcel_no", "area_m2", "legal_area_m2",
    "land_use", "land_use_old", "term", "origin", "user_type", "owners", "owner_birth_year", "owner_id_no",
    "owner_address", "address", "toponym", "serial", "register_no", "issued_on", "change_note",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mapping:
    """Columns by field, the first that holds something counts; `constants` stand in every row."""

    name: str
    title: str
    fields: dict[Target, tuple[str, ...]]
    constants: dict[Target, str]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = "own"
    title: str = ""
    fields: dict[Target, Annotated[list[str], Field(min_length=1)] | str]
    constants: dict[Target, str] = Field(default_factory=dict)

    def mapping(self) -> Mapping:
        columns = {name: (given,) if isinstance(given, str) else tuple(given) for name, given in self.fields.items()}
        return Mapping(self.name, self.title or self.name, columns, self.constants)


def load_mappings() -> tuple[Mapping, ...]:
    """Return the mappings that come with the package."""
    text = (files("schemas") / "codes" / "import_mappings.toml").read_text(encoding="utf-8")
    given = TypeAdapter(list[_Given]).validate_python(tomllib.loads(text)["mapping"])
    return tuple(one.mapping() for one in given)


def read_mapping(text: str) -> Mapping:
    """Return the mapping of one's own file; ValueError with the place that is at fault."""
    try:
        return _Given.model_validate(tomllib.loads(text)).mapping()
    except ValidationError as err:
        fault = err.errors(include_url=False)[0]
        raise ValueError(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}") from None


def template(columns: list[str]) -> str:
    """Return a mapping to fill in, for a file with these columns."""
    seen = ", ".join(columns)
    lines = [f'{name} = "…"' for name in ("unit_code", "sheet_no", "parcel_no", "area_m2", "land_use", "owners")]
    return "\n".join((f"# {seen}", 'name = "own"', "[fields]", *lines, "[constants]", '# sheet_no = "3"'))
