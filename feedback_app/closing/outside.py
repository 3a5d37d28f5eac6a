"""Recounts what tables from outside (invited pulses, quarters of sealed reports) give the indicators. Plain Python."""
import json, math
from collections import Counter
SMALL, LARGE = ("none", "under_5m"), ("5m_50m", "50m_500m", "over_500m")
def quarters(first, last):
    """The quarters that a period is made of: none of a month, or of one that begins in the middle of a month."""
    (year, month, day), (to_year, to_month) = map(int, first.split("-")), map(int, last.split("-")[:2])
    months = [y * 12 + m for y in range(year, to_year + 1) for m in range(12) if (year, month) <= (y, m + 1) <= (to_year, to_month)]
    whole = day == 1 and len(months) % 3 == 0
    return {f"{n // 12}-Q{n % 12 // 3 + 1}" for n in months} if whole else set()
def pulse(table):
    for one in table["shares"]:
        if one["share"] is not None:  # weighted answers count as so many equal ones, rounded down
            n = math.floor(one["effective"])
            yield f"pulse_{one['code']}_answers", n
            yield f"pulse_{one['code']}", math.floor(one["share"] * n + 0.5)
def sealed(table):
    for one in table["tables"]:
        names = [name for name, _ in one["dimensions"]]
        if "amount" in names:  # reports by amount, whatever the step; one hidden count and nothing is said
            at = names.index("amount")
            shown = {key[at]: n for key, n in one["cells"] if key[at] and not any(key[:at] + key[at + 1:])}
            small, large = ([shown.get(code) for code in codes] for codes in (SMALL, LARGE))
            if None not in small + large:
                yield "sealed_amount_told", sum(small + large)
                yield "sealed_no_large_sum", sum(small)
def wrong(folder, first, last, rows):
    counted = Counter()
    for quarter in sorted(quarters(first, last)):
        for source, count in (("pulse", pulse), ("sealed", sealed)):
            for path in sorted(folder.glob(f"{source}-{quarter}-*.json")):
                for name, n in count(json.loads(path.read_text("utf-8"))):
                    counted[name] += n
    told = {r["measure"]: int(r["n"]) for r in rows if r["measure"].startswith(("pulse_", "sealed_"))}
    return [f"{name}: counts.csv has {told.get(name, 0)}, the tables of outside/ give {counted[name]}"
            for name in sorted({*told, *counted}) if told.get(name, 0) != counted[name]]
