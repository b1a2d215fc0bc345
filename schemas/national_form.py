"""The words and codes of the national collection workbook; what no source tells is for an office to set."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from schemas.documents import Era, Form, Kind
from schemas.entries import IdKind
from schemas.errors import Misconfigured

FILE = "national_form.toml"
Part = Annotated[str, StringConstraints(pattern=r"^[\w\-]+$")]
"""What may stand in a file name."""
Person = Literal["individual", "household", "couple", "several", "organisation"]
IdentityState = Literal["unverified", "matches", "differs", "not_found"]
Role = Literal["individual", "head", "member", "husband", "wife", "several", "organisation"]


class FormCodes(BaseModel):
    """What stands in the workbook's coded cells (schemas/codes/national_form.toml says what each is)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dossier_prefix: Part
    current_map: tuple[Era, ...]
    day: str
    scans: Mapping[Kind, Part]
    sex: Mapping[Literal["nam", "nu"], str]
    legal_person: Mapping[Person, str]
    role: Mapping[Role, str]
    use: Mapping[Literal["private", "shared", "both"], str]
    term: Mapping[Literal["long", "until", "years"], str]
    parcel_class: Mapping[Literal["plain", "with_asset", "one_of_several", "no_certificate"], str]
    identity_kind: Mapping[IdKind, str]
    identity_state: Mapping[IdentityState, str]
    scan_present: Mapping[Literal["yes", "no"], str]
    certificate: Mapping[Form, str]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Refuse a table that lacks one of its words, or a template that cannot be filled in."""
        for name in _WHOLE:
            words: Mapping[str, str] = getattr(self, name)
            wanted = set(get_args(get_args(type(self).model_fields[name].annotation)[0]))
            if lacking := sorted(wanted - set(words)):
                raise ValueError(f"[{name}]: {', '.join(lacking)}")
        try:
            for template in (*self.term.values(), *self.parcel_class.values()):
                template.format(date="", years=0, grade=1, area_class="")
        except (KeyError, IndexError, ValueError) as err:
            raise ValueError(f"[term], [parcel_class]: {err}") from err
        return self


_WHOLE = ("sex", "legal_person", "role", "use", "term", "parcel_class", "identity_kind", "identity_state",
          "scan_present", "certificate")  # fmt: skip


def load_form_codes(home: Path) -> FormCodes:
    """Return the office's codes where its data folder has them, else those that come with the package."""
    own = home / FILE
    shipped = tomllib.loads((files("schemas") / "codes" / FILE).read_text("utf-8"))
    if not own.is_file():
        return FormCodes.model_validate(shipped)
    try:
        words = tomllib.loads(own.read_text("utf-8"))
        if isinstance(words.get("identity_state"), dict):  # an older copy has the word for unverified alone
            words["identity_state"] = {**shipped["identity_state"], **words["identity_state"]}
        return FormCodes.model_validate(words)
    except (OSError, ValueError) as err:  # a fault of TOML, UTF-8 or the model is a ValueError
        where = ""
        if isinstance(err, ValidationError):
            where = ", ".join(".".join(map(str, fault["loc"])) or str(fault["msg"]) for fault in err.errors())
        elif isinstance(err, tomllib.TOMLDecodeError):
            where = str(err)
        raise Misconfigured(
            vi=f"{own}: không dùng được ({where or 'không đọc được'}); sửa hoặc xóa tệp này",
            en=f"{own}: cannot be used ({where or 'unreadable'}); mend it or remove it",
        ) from err
