"""What the definitions make of the counts: shares in %, scores 0-100, each with an interval. Plain Python."""
import math
Z, LEAST_COVERAGE = 1.959963984540054, 0.6
SENSITIVE = ("informal_cost_", "inspection_reports_")  # of these the reports that stand apart count too
def wrong(definitions, figures, rows):
    def count(measure):
        apart = [n for (grain, _, _, apart, name), (_, n) in figures.items() if grain == "case" and apart and name == measure]
        return figures.get(("case", "", "", "", measure), (0, 0))[1] + sum(apart if measure.startswith(SENSITIVE) else [])
    found = {}
    for one in definitions["indicators"]:
        parts, spread = [], {}
        for p in one["components"]:
            k, n = count(p["numerator"]), count(p["denominator"])
            if n < p["minimum_n"]:
                continue
            share, t = k / n, Z * Z / n
            middle, half = (share + t / 2) / (1 + t), Z / (1 + t) * math.sqrt(share * (1 - share) / n + t / 4 / n)
            ends = [100 * share, 100 * max(min(middle - half, share), 0), 100 * min(max(middle + half, share), 1)]
            scores = [min(max((end - p["worst"]) / (p["best"] - p["worst"]) * 100, 0), 100) for end in ends]
            found[one["code"], p["id"]] = [k, n, *ends, scores[0]]
            parts.append((p, scores[0], min(scores[1:]), max(scores[1:])))
        weight = sum(p["weight"] for p, *_ in parts)
        if weight < LEAST_COVERAGE - 1e-9:
            continue
        for p, score, low, high in parts:  # answers of the same people move together, others do not
            who = next((w for w in ("third", "pulse") if p["denominator"].startswith(w)), p["denominator"])
            below, above = spread.get(who, (0, 0))
            spread[who] = below + p["weight"] / weight * (score - low), above + p["weight"] / weight * (high - score)
        score = sum(p["weight"] * s for p, s, *_ in parts) / weight
        below, above = (math.sqrt(sum(ends[i] ** 2 for ends in spread.values())) for i in (0, 1))
        found[one["code"], ""] = [0, 0, score, max(score - below, 0), min(score + above, 100), score]
    published = {(r["indicator"], r["component"]): [float(r[n]) for n in list(r)[2:]] for r in rows}
    near = lambda a, b: a and b and all(abs(x - y) < 1e-6 for x, y in zip(a, b))
    return [f"{key}: published {published.get(key)}, computed {found.get(key)}"
            for key in sorted({*found, *published}) if not near(found.get(key), published.get(key))]
