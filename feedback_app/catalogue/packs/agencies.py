"""The shape of ``agencies.yaml``: who exists when, under which name, and who took over."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.shape import Code, LocalText, Shape, Text, covers


class AgencyType(StrEnum):
    """Whose agency it is. A central vertical agency is asked, not directed, by the province."""

    PROVINCIAL = "provincial"
    CENTRAL_VERTICAL = "central_vertical"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


class NamePeriod(Shape):
    """The name an agency bears from a day on; type and parent too where a reorganisation changed them."""

    valid_from: date
    vi: Text
    en: Text
    type: AgencyType | None = None
    parent: Code | None = None
    confirmed: bool = True
    source: Text | None = None

    @property
    def name(self) -> LocalText:
        return LocalText(vi=self.vi, en=self.en)


class Succession(Shape):
    """Who answers instead from ``starts`` on; without fields and areas it holds for everything."""

    to: Code
    starts: date
    fields: tuple[Code, ...] = ()
    areas: tuple[Code, ...] = ()
    confirmed: bool
    source: Text

    def holds(self, on: date, field: str | None, area: str | None) -> bool:
        """Whether it applies on that day to a matter of that field and area."""
        if self.starts > on:
            return False
        return (not self.fields or field in self.fields) and (not self.areas or area in self.areas)

    @property
    def precision(self) -> int:
        """Larger for the narrower rule: an area names the owner more exactly than a field."""
        return 2 * bool(self.areas) + bool(self.fields)


class Agency(Shape):
    """One agency; the code stays the same through renames."""

    code: Code
    type: AgencyType
    names: tuple[NamePeriod, ...] = Field(min_length=1)
    valid_to: date | None = None
    parent: Code | None = None
    successors: tuple[Succession, ...] = ()
    confirmed: bool
    source: Text

    @property
    def valid_from(self) -> date:
        return self.names[0].valid_from

    def exists(self, on: date) -> bool:
        """Whether the agency itself stands on that day, whoever answers for parts of it."""
        return covers(on, self.valid_from, self.valid_to)

    def named(self, on: date) -> NamePeriod:
        """Return the name period in force on that day, the first one before the agency began."""
        past = [period for period in self.names if period.valid_from <= on]
        return past[-1] if past else self.names[0]

    @model_validator(mode="after")
    def _spans_are_in_order(self) -> Self:
        starts = [period.valid_from for period in self.names]
        if starts != sorted(set(starts)):
            raise ValueError("các tên gọi phải xếp theo valid_from tăng dần, không trùng ngày")
        if self.valid_to is not None and self.valid_to < starts[-1]:
            raise ValueError("valid_to phải sau valid_from của tên gọi cuối cùng")
        return self

    @model_validator(mode="after")
    def _successions_leave_nobody_out(self) -> Self:
        if self.valid_to is None:
            return self
        day_after = self.valid_to + timedelta(days=1)
        if any(succession.starts > day_after for succession in self.successors):
            raise ValueError("successors.starts phải không muộn hơn ngày liền sau valid_to")
        by_field = any(succession.fields for succession in self.successors)
        if by_field and not any(succession.precision == 0 for succession in self.successors):
            raise ValueError(
                "kế thừa chia theo lĩnh vực cần thêm một dòng successors chung (không fields, không areas)"
            )
        return self


class Roles(Shape):
    """Which agencies bear the three functions of the regulation; successions apply to them too."""

    focal_point: Code
    provincial_office: Code
    inspectorate: Code


class AgenciesPack(Shape):
    """The directory of agencies of the province."""

    version: Text
    roles: Roles
    agencies: tuple[Agency, ...] = Field(min_length=1)
