"""The signals a reader has and how to spend them (numbers: AAMC, season 2025; the split is our judgement)."""

from matchguide.plan.reasons import Reason, evidence, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.plan.types import Combination, Signals

IR, DR, IM = "interventional-radiology", "diagnostic-radiology", "internal-medicine"


def plan(s: Situation, combination: Combination, applied: tuple[str, ...]) -> tuple[Signals, ...]:
    """One entry an allotment: radiology's is shared by DR and IR, surgery's serves preliminary surgery too."""
    groups: dict[str, list[str]] = {}
    for x in applied:
        group = {"preliminary-surgery": "general-surgery", "preliminary-medicine": IM}.get(
            x, s.content.cards[x].signals
        )
        groups.setdefault(group, []).append(x)
    return tuple(_group(s, combination, g, tuple(xs)) for g, xs in groups.items() if g != "none")


def _group(s: Situation, combination: Combination, group: str, specialties: tuple[str, ...]) -> Signals:
    item = s.season.evidence.signals
    has = s.content.evidence.has
    tiers = {
        t: int(s.content.evidence.number(f"{item}.{group}.{t}")) if has(f"{item}.{group}.{t}") else None
        for t in ("gold", "silver", "total")
    }
    gold, silver, total = tiers["gold"], tiers["silver"], tiers["total"]
    if total is None and gold is not None:
        total = gold + (silver or 0)
    season = int(str(s.content.evidence.items[item].year or 0))
    return Signals(
        group,
        specialties,
        gold,
        silver,
        total,
        tuple(_advice(s, combination, group, specialties, total)),
        season,
    )


def _advice(
    s: Situation, combination: Combination, group: str, specialties: tuple[str, ...], total: int | None
) -> list[Reason]:
    item = s.season.evidence.signals
    if total is None:
        return [why("signals-none", *evidence(item), group=group)]
    out = [why("signals-gate", *line("programs"), *evidence(item))]
    if group == "radiology":
        split = s.content.judgement.signals.get(combination.level, {"gold": (0, 6), "silver": (0, 6)})
        gold, silver = split["gold"], split["silver"]
        if IR not in specialties:
            gold, silver = (0, sum(gold)), (0, sum(silver))
        elif DR not in specialties:
            gold, silver = (sum(gold), 0), (sum(silver), 0)
        elif s.must_start:
            gold, silver = _at_most_half(gold), _at_most_half(silver)
        out.append(
            why(
                "signals-radiology",
                *evidence(item, "signals-radiology-shared"),
                *line("goal.if_unmatched"),
                gold_ir=gold[0],
                gold_dr=gold[1],
                silver_ir=silver[0],
                silver_dr=silver[1],
                both=IR in specialties and DR in specialties,
            )
        )
        both = IR in specialties and DR in specialties
        out.append(why("signals-institution", *evidence("signals-to-institution"), both=both))
    elif group == IM:
        out.append(
            why(
                "signals-im" if IM in specialties else "signals-im-preliminary",
                *evidence(item, "im-signals-tracks"),
            )
        )
    elif group == "general-surgery":
        own = "general-surgery" in specialties
        out.append(why("signals-surgery" if own else "signals-surgery-preliminary", *evidence(item)))
    else:
        out.append(why("signals-spread", *evidence(item), group=group, total=total))
    out.append(why("signals-effect", *evidence("signals-effect")))
    return out


def _at_most_half(split: tuple[int, int]) -> tuple[int, int]:
    total = sum(split)
    first = min(split[0], total // 2)
    return first, total - first
