"""What in the other packs names an agency that hands over, and how that resolves afterwards. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from feedback_app.catalogue.packs import Catalogue
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.catalogue.packs.reorganisation import Reorganisation
from feedback_app.catalogue.packs.routing import Rule
from feedback_app.catalogue.packs.shape import covers
from feedback_app.reorganisation.heirs import Heirs


@dataclass(frozen=True, slots=True)
class RuleNamed:
    """A routing rule that names the old agency, and whom it means afterwards, by field (``*``: any)."""

    rule: str
    part: str  # lead | otherwise | coordinating | fallbacks | sensitive_fallbacks
    agency: str
    becomes: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class ApprovalNamed:
    """An approval chain that names the old agency, and the chain under which its heir falls afterwards."""

    chain: str
    agency: str
    heir: str | None
    heir_chain: str | None


@dataclass(frozen=True, slots=True)
class ProfileHolding:
    """Which regulation holds in a territory on the day; ``None``: none, so that of another stands in, unconfirmed."""

    territory: str
    profile: str | None
    confirmed: bool


def rules_named(catalogue: Catalogue, plan: Reorganisation, after: Heirs) -> Iterator[RuleNamed]:
    """Yield each place of the routing pack that names a predecessor."""
    old, pack = frozenset(plan.predecessors), catalogue.routing
    for rule in pack.rules:
        for part, codes in _parts(rule):
            for code in codes:
                if code in old:
                    yield RuleNamed(rule.code, part, code, _becomes(rule, code, after))
    for part in ("fallbacks", "sensitive_fallbacks"):
        for code in getattr(pack, part):
            if code in old:
                yield RuleNamed(part, part, code, (("*", after.heir(code)),))


def approvals_named(catalogue: Catalogue, plan: Reorganisation, after: Heirs) -> Iterator[ApprovalNamed]:
    """Yield each approval chain that names a predecessor which ends."""
    for chain in catalogue.approvals.chains:
        for code in chain.agencies:
            if code in plan.ending:
                heir = after.heir(code)
                heir_chain = catalogue.approvals.chain_for(heir).code if heir else None
                yield ApprovalNamed(chain.code, code, heir, heir_chain)


def profiles_holding(catalogue: Catalogue, after: Heirs) -> Iterator[ProfileHolding]:
    """Yield, for each territory, the regulation in force on the day."""
    for territory in catalogue.areas.territories:
        found = _profile(catalogue, territory.code, after)
        confirmed = found is not None and found.confirmed
        yield ProfileHolding(territory.code, found.code if found else None, confirmed)


def _profile(catalogue: Catalogue, territory: str, after: Heirs) -> RegulationProfile | None:
    holding = (p for p in catalogue.regulations if covers(after.on, p.valid_from, p.valid_to))
    return next((p for p in holding if p.territory == territory), None)


def _parts(rule: Rule) -> tuple[tuple[str, tuple[str, ...]], ...]:
    otherwise = (rule.otherwise,) if rule.otherwise else ()
    return ("lead", (rule.lead,)), ("otherwise", otherwise), ("coordinating", rule.coordinating)


def _becomes(rule: Rule, code: str, after: Heirs) -> tuple[tuple[str, str | None], ...]:
    fields = (rule.resolve_as,) if rule.resolve_as else rule.fields
    return tuple((field, after.heir(code, field)) for field in fields) or (("*", after.heir(code)),)
