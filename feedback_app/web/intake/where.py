"""A place typed by the name it bore before a reorganisation, and the area it is now."""

from flask_babel import gettext as _
from wtforms import ValidationError

from feedback_app.catalogue.packs import Catalogue
from feedback_app.catalogue.packs.areas import Area
from feedback_app.core import clock
from feedback_app.web.intake.desk import said


def now_called(typed: str, chosen: str, catalogue: Catalogue) -> str:
    """Return the code of the area that was typed by its old (or present) name; ``chosen`` decides between several.

    Raises:
        wtforms.ValidationError: nobody knows the name, it became several areas, or another area was chosen.
    """
    found = {area.code: area for area in catalogue.areas.known_as(typed, clock.today())}
    if chosen in found:
        return chosen
    if not found:
        raise ValidationError(_("Không tìm thấy tên này. Xin chọn trong danh sách, hoặc để trống cả hai."))
    names = ", ".join(said(area.name) for area in found.values())
    if chosen:
        raise ValidationError(
            _("Tên này nay là %(areas)s, khác địa bàn đã chọn. Xin giữ lại một trong hai.", areas=names)
        )
    if len(found) > 1:
        raise ValidationError(
            _(
                "Nơi này nay thuộc nhiều địa bàn: %(areas)s. Xin chọn một trong danh sách Địa bàn.",
                areas=names,
            )
        )
    return next(iter(found))


def old_names(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return each old name with what the place is called now, for the field to offer; none before they are imported."""
    areas = catalogue.areas.existing(clock.today())
    pairs = [(old.name, said(area.name)) for area in areas for old in area.old_names]
    return sorted(set(pairs))


def shown(area: Area, typed: str) -> str:
    """Return the present name, with the old one beside it where it was typed."""
    name = said(area.name)
    return str(_("%(area)s (đã ghi: %(typed)s)", area=name, typed=typed)) if typed else name
