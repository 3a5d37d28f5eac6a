"""Counts every published figure of this package anew: python3 recompute.py. Plain Python, nothing to install."""
import csv, hashlib, json, math, sys
from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
HERE, Z = Path(__file__).resolve().parent, 1.959963984540054
told, definitions = (json.loads((HERE / f"{name}.json").read_text("utf-8")) for name in ("manifest", "definitions"))
first, last, today, files = told["first"], told["last"], told["today"], told["files"]
wrong = [f"changed: {n}" for n, h in files.items() if hashlib.sha256((HERE / n).read_bytes()).hexdigest() != h]
read = lambda name: list(csv.DictReader((HERE / name).read_text("utf-8").splitlines()))
spans = lambda text: [part.split("..") for part in text.split(";") if part]  # pauses from..to, agencies who..until
working, counts, days, legs, found = (defaultdict(kind) for kind in (list, Counter, list, Counter, list))
for row in read("calendar.csv"): working[row["calendar"]].append(row["day"])
between = lambda c, a, b: max(bisect_right(working[c["calendar"]], b) - bisect_right(working[c["calendar"]], a), 0)
waits = lambda c, day: c["started_on"] <= day and (not c["ended_on"] or c["ended_on"] > day)
paused = lambda c, day: waits(c, day) and any(a <= day and (not b or b > day) for a, b in spans(c["pauses"]))
def groups(c, agency):
    own = [("case", agency, "", c["sensitive"])] if agency else []
    return own if c["sensitive"] else [("case", "", "", ""), ("case", "", c["field"], ""), *own]
def count(c, day, names, used=None):
    agency = next((who for who, until in spans(c["agencies"]) if day < until), c["agency"])
    for group in groups(c, agency) if first <= day <= last else ():
        counts[group].update(name for name, true in names.items() if true)
        days[group] += [] if used is None else [used]
KINDS = {"informal_cost": ("informal_cost_due", "informal_cost_settled_in_time"),
         "overlapping_inspection": ("inspection_reports_due", "inspection_reports_settled")}
for c in read("cases.csv"):
    start, due, answer, end, back = (c[n] for n in ("started_on", "due_on", "answered_on", "ended_on", "disputed_on"))
    reopened = answer and back and (date.fromisoformat(back) - date.fromisoformat(answer)).days <= 30
    in_time, rate, kept = answer and (not due or answer <= due), not c["in_project"], not reopened
    off = sum(between(c, max(a, start), min(b or answer, answer)) for a, b in spans(c["pauses"]))
    count(c, start, {"received": c["round"] == "1"})
    count(c, answer, {c["outcome"]: 1, "answered": 1, "in_time": rate and in_time, "late": rate and not in_time,
          "reopened_within_30_days": reopened}, between(c, start, answer) - off)
    count(c, "" if answer else end, {"withdrawn": 1})
    count(c, c["rated_on"], {"rated": 1, "satisfied_answered": kept and c["rated_answered"],
          "solved_says_enterprise": kept and c["rated_solved"] == "yes"})
    count(c, back, {"disputed": 1})
    total, good = KINDS.get(c["kind"], ("due_in_period", "answered_in_time"))
    falls = rate and due < today and not paused(c, due) and (answer or not end or end > due)
    count(c, due, {total: falls, good: falls and in_time and kept})
    late = c["open_due_on"] and c["open_due_on"] < last and not c["open_in_project"] and not paused(c, last)
    for group in groups(c, c["open_agency"]) if waits(c, last) else ():
        counts[group].update(n for n, true in (("open", 1), ("overdue", late), ("paused", paused(c, last))) if true)
counts["case", "", "", ""].update({row["measure"]: int(row["n"]) for row in read("counts.csv")})
for leg in read("legs.csv"):
    legs["leg", leg["agency"], leg["role"], ""].update({"legs": 1, **{n: int(leg[n]) for n in leg if n.endswith("days")}})
for group, names in [*counts.items(), *legs.items()]:
    found.update({(*group, name): [n, names["legs"] or n] for name, n in names.items() if n or group[0] == "leg"})
for group, used in ((group, sorted(used)) for group, used in days.items() if used):
    found[*group, "days_median"] = [(used[(len(used) - 1) // 2] + used[len(used) // 2]) / 2, len(used)]
    found[*group, "days_p90"] = [used[math.ceil(90 * len(used) / 100) - 1], len(used)]
published = {tuple(r.values())[:5]: [float(r["value"]), int(r["n"])] for r in read("figures.csv")}
wrong += [f"{', '.join(key)}: published {published.get(key)}, counted {found.get(key)}"
          for key in sorted({*found, *published}) if (found.get(key) or None) != published.get(key)]
wrong += __import__("indicators").wrong(definitions, published, read("indicators.csv"))
wrong += __import__("outside").wrong(HERE / "outside", first, last, read("counts.csv"))
print("\n".join(wrong) or f"{told['snapshot']}: {len(published)} figures, all as published")
sys.exit(bool(wrong))
