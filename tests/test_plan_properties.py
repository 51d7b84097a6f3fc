"""What holds for every applicant, tried on invented ones: money, order, better is never worse, ruled out is out."""

import datetime as dt
import itertools
import os
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import people
from matchguide.content.goal import LetterRule, Split
from matchguide.plan import level as standing
from matchguide.plan import situation
from matchguide.plan.acceptability import Row, first_in
from matchguide.plan.fit import PRINCIPLES
from matchguide.plan.letters import best, worth
from matchguide.plan.make import make
from matchguide.plan.realism import percentile
from matchguide.plan.situation import Situation
from matchguide.plan.types import Plan
from matchguide.profile.model import Letter
from support import content, merged, plan_of, profile_file, profile_of, quick_content

settings.register_profile(
    "matchguide",
    max_examples=45,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
# The first example that fails is enough there, and fewer find nearly as much (mutants.py).
settings.register_profile(
    "mutants",
    settings.get_profile("matchguide"),
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "matchguide"))

IR = "interventional-radiology"
DECISIONS = content().goals[IR]
RADIOLOGY = content().with_trait("reads images")
MOST = DECISIONS.count("letters_most")
SPECIALTIES = sorted(content().cards)
BACKUPS = sorted(content().backups)
FIRST_YEARS = sorted(c.id for c in content().cards.values() if c.kind == "first-year")
DAYS = [dt.date.fromisoformat(d) for d in (
    "2026-01-10", "2026-06-15", "2026-08-31", "2026-09-01", "2026-10-01", "2026-11-20", "2027-02-10", "2027-03-16",
    "2027-06-01",
)]  # fmt: skip


def one_in(n: int) -> st.SearchStrategy[bool]:
    return st.integers(1, n).map(lambda x: x == 1)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


letter = st.fixed_dictionaries(
    {
        "from": st.sampled_from(["Dr. A", "Dr. B", "Dr. C", "Dr. D"]),
        "specialty": st.sampled_from([*RADIOLOGY, "general-surgery", "internal-medicine", "anesthesiology",
                                      "physical-medicine-rehabilitation", "pathology", "other"]),
        "us": st.booleans(),
        "status": st.sampled_from(["received", "received", "promised", "to ask"]),
        "neutral_version": st.booleans(),
    }
)  # fmt: skip
stay = st.fixed_dictionaries(
    {
        "specialty": st.sampled_from([*RADIOLOGY, "internal-medicine", "general-surgery",
                                      "physical-medicine-rehabilitation"]),
        "kind": st.sampled_from(["observership", "externship", "research"]),
        "weeks": st.integers(0, 52),
    }
)  # fmt: skip
program = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["North", "South", "West"]),
        "specialty": st.sampled_from(SPECIALTIES),
        "j1": st.sampled_from(["yes", "no", "asked"]),
    },
    optional={"tie": st.just("my rotation")},
)


def applicants() -> st.SearchStrategy[dict[str, Any]]:
    """The plain data of a profile that reads without mistakes: people as they are (people.py), without what happened
    to them, and as many put together from anything."""
    return st.integers(0, 999).map(_drawn) | _put_together()


def _drawn(seed: int) -> dict[str, Any]:
    least = {"goal": {"if_unmatched": "must_start"}, "visa": {"needs": "j1"}, "letters": [],
             "backups": {"open_to": [], "ruled_out": [], "enjoyment": {}}, "priorities": dict.fromkeys(PRINCIPLES, 3),
             "experience": {"us_clinical": []}, "exams": {}}  # fmt: skip
    return merged(least, people.before_the_season(seed))  # type: ignore[no-any-return]


@st.composite
def _put_together(draw: st.DrawFn) -> dict[str, Any]:
    kinds = draw(st.lists(st.sampled_from(["open", "out", "neither"]), min_size=len(BACKUPS), max_size=len(BACKUPS)))
    limited = draw(one_in(3))
    open_to = [b for b, k in zip(BACKUPS, kinds, strict=True) if k == "open"] if limited else []
    ruled_out = [b for b, k in zip(BACKUPS, kinds, strict=True) if k == "out"] if draw(st.booleans()) else []
    if draw(one_in(4)):
        ruled_out += draw(st.lists(st.sampled_from(FIRST_YEARS), max_size=2, unique=True))
    marks = {b: draw(st.integers(1, 5)) for b in BACKUPS if draw(st.booleans())}
    countries = ["Sri Lanka", "India", "Iran", "Nigeria", "Canada", "Sudan", "Turkmenistan"]
    graduated = draw(optional(st.integers(2010, 2027)))
    step1 = {"result": draw(st.sampled_from(["pass", "pass", "pass", "not taken", "fail"])),
             "attempts": draw(st.integers(1, 3))}  # fmt: skip
    data: dict[str, Any] = {
        "goal": {"specialty": IR, "season": 2027, "if_unmatched": draw(st.sampled_from(["must_start", "can_wait"]))},
        "exams": {"step1": step1},
        "visa": {"needs": draw(st.sampled_from(["j1", "j1", "h1b", "either", "none"]))},
        "backups": {"open_to": open_to, "ruled_out": ruled_out, "enjoyment": marks},
        "priorities": {p: draw(st.integers(0, 5)) for p in PRINCIPLES},
        "letters": draw(st.lists(letter, max_size=6)),
        "experience": {"us_clinical": draw(st.lists(stay, max_size=3))},
    }
    if graduated is not None:
        data["applicant"] = {"graduated": graduated}
        if graduated <= 2021 and draw(one_in(4)):
            trained = draw(st.sampled_from(["diagnostic-radiology", "anesthesiology", "internal-medicine"]))
            data["applicant"]["trained"] = [{"specialty": trained, "completed": graduated + 5}]
    if draw(one_in(8)):
        data["exams"] = {}
    elif not draw(one_in(8)):
        score = draw(st.integers(205, 275) | st.sampled_from(["220s", "230s", "240s", "250s", "260s"]))
        data["exams"]["step2_ck"] = {"score": score, "attempts": draw(st.sampled_from([1, 1, 1, 2]))}
    if draw(st.booleans()):
        data["exams"]["oet"] = draw(st.sampled_from(["pass", "not taken"]))
    if draw(st.booleans()):
        data["visa"]["citizenships"] = draw(st.lists(st.sampled_from(countries), min_size=1, max_size=2, unique=True))
        data["visa"]["birth_country"] = draw(st.sampled_from(countries))
    if draw(st.booleans()):
        data["limits"] = {"budget_usd": draw(st.integers(0, 8000))}
    if draw(one_in(4)):
        data["programs"] = draw(st.lists(program, max_size=5))
    if draw(one_in(6)):
        data["interviews"] = [{"program": "North", "specialty": draw(st.sampled_from(SPECIALTIES))}]
    return data


days = st.sampled_from(DAYS)


def situation_of(data: dict[str, Any], on: dt.date = DAYS[1]) -> Situation:
    return situation.read(profile_of(data), quick_content(), quick_content().seasons[2027], on)


SITUATION = situation_of({"goal": {"specialty": IR}})


def planned(plan: Plan) -> dict[str, int]:
    return {a.specialty: a.planned for a in plan.applications}


# ---- money


@given(applicants(), days)
def test_a_budget_is_never_exceeded_and_no_count_is_odd(data: dict[str, Any], on: dt.date) -> None:
    plan = plan_of(data, on)
    if plan.budget_usd is not None:
        assert plan.fees_usd <= plan.budget_usd
    assert plan.fees_usd == sum(a.fee_usd for a in plan.applications)
    for a in plan.applications:
        assert 0 <= a.planned <= a.wanted
        assert 0 <= a.low <= a.wanted <= a.high
        assert a.because
    if plan.budget_usd is None:
        assert all(a.planned == a.wanted for a in plan.applications)
        assert not plan.cuts


@given(applicants(), days)
def test_the_upper_bound_is_never_below_the_lower(data: dict[str, Any], on: dt.date) -> None:
    plan = plan_of(data, on)
    assert plan.fees_low_usd <= plan.fees_usd
    for a in plan.applications:
        assert 0 <= a.fee_low_usd <= a.fee_usd
        assert a.next_ten_usd >= 110


@given(applicants(), st.integers(0, 6000), st.integers(1, 3000))
def test_money_buys_no_fewer_applications(data: dict[str, Any], budget: int, more: int) -> None:
    less = plan_of({**data, "limits": {"budget_usd": budget}})
    rich = plan_of({**data, "limits": {"budget_usd": budget + more}})
    assert rich.fees_usd >= less.fees_usd - 60, "a few dollars may stay where a whole specialty came in"
    assert set(rich.combination.specialties) >= set(less.combination.specialties), "money only adds"


@given(applicants(), st.integers(0, 6000))
def test_the_broad_backup_is_thinned_last(data: dict[str, Any], budget: int) -> None:
    plan = plan_of({**data, "limits": {"budget_usd": budget}})
    broad = plan.combination.roles["broad"]
    if broad is None:
        return
    mine = plan.count(broad)
    assert mine is not None
    floor = min(mine.wanted, DECISIONS.budget.minimums.get(broad, 30))
    if mine.planned < floor:
        assert all(n == 0 for x, n in planned(plan).items() if x != broad)


# ---- what the reader said


@given(applicants(), days)
def test_ruled_out_never_appears(data: dict[str, Any], on: dt.date) -> None:
    plan = plan_of(data, on)
    assume(plan.combination.source == "advice")  # what was applied to or interviewed for is asked about, not refused
    ruled_out = set(data["backups"]["ruled_out"])
    shorts = {content().cards[x].short for x in ruled_out}
    assert not ruled_out & set(plan.combination.specialties)
    assert not ruled_out & {f.specialty for f in plan.fit}
    assert not ruled_out & set(planned(plan))
    assert not ruled_out & {letters.specialty for letters in plan.letters}
    assert not ruled_out & {s.specialty for s in plan.statements}
    named = [plan.combination.id, *(r.id for r in plan.combination.rejected),
             *(str(r.values.get("to", "")) for r in plan.combination.changes_if)]  # fmt: skip
    assert not shorts & {short for id in named for short in id.split("+")}


@given(applicants(), days)
def test_open_to_and_a_one_are_hard_limits(data: dict[str, Any], on: dt.date) -> None:
    plan = plan_of(data, on)
    assume(plan.combination.source == "advice")  # what was applied to or interviewed for is asked about, not refused
    chosen = [x for x in plan.combination.specialties if x != IR]
    if data["backups"]["open_to"]:
        assert set(chosen) <= set(data["backups"]["open_to"])
    for x in [*chosen, *planned(plan)]:
        assert data["backups"]["enjoyment"].get(x) != 1
    if data["backups"]["enjoyment"].get("general-surgery") == 1:
        assert "preliminary-surgery" not in planned(plan)


@given(applicants(), days)
def test_a_combination_agrees_with_itself(data: dict[str, Any], on: dt.date) -> None:
    found = plan_of(data, on).combination
    places = [found.roles[r] for r in ("first", "close", "broad") if found.roles[r]]
    assert tuple(places) == found.specialties
    assert len(set(places)) == len(places)
    assert (found.id == "not-this-year") == (not places)
    assert found.because
    assert found.id not in [r.id for r in found.rejected]
    assert found.id not in [r.values.get("to") for r in found.changes_if]
    assert ("alternate-pathway" in found.beside) == situation_of(data, on).radiologist_at_home
    if found.level == "none":
        assert IR not in found.specialties


@given(applicants(), days)
def test_an_unknown_nationality_decides_nothing(data: dict[str, Any], on: dt.date) -> None:
    silent = plan_of({**data, "visa": {"needs": "j1"}}, on)
    free = plan_of({**data, "visa": {"needs": "j1", "citizenships": ["India"], "birth_country": "India"}}, on)
    barred = plan_of({**data, "visa": {"needs": "j1", "citizenships": ["Iran"], "birth_country": "Iran"}}, on)
    assert silent.combination.id == free.combination.id == barred.combination.id
    assert silent.visa.restriction is None
    assert not silent.visa.nationality_known
    assert free.visa.nationality_known
    assert [r.first_closed for r in silent.visa.roads] == [None]
    assert {g.gate: g.state for g in silent.visa.roads[0].gates}["entry"] == "unknown"
    assert not silent.combination.conditional
    assert barred.combination.conditional
    assert "visa.citizenships" in {a.field for a in silent.assumptions}
    for fit in silent.fit:
        visa = fit.principles["visa"]
        assert visa.score is not None or (visa.low, visa.high) == (0, 4)


# ---- order does not matter


def shuffled(value: Any, chance: random.Random, *, lists: bool) -> Any:
    """The same data with mappings (and, if asked, lists) in another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {k: shuffled(value[k], chance, lists=lists) for k in keys}
    if isinstance(value, list):
        out = [shuffled(v, chance, lists=lists) for v in value]
        if lists:
            chance.shuffle(out)
        return out
    return value


@given(applicants(), days, st.randoms(use_true_random=False))
def test_the_order_of_fields_changes_nothing_at_all(data: dict[str, Any], on: dt.date, chance: random.Random) -> None:
    assert plan_of(shuffled(data, chance, lists=False), on) == plan_of(data, on)


@given(applicants(), days, st.randoms(use_true_random=False))
def test_the_order_of_lists_changes_no_decision(data: dict[str, Any], on: dt.date, chance: random.Random) -> None:
    def decisions(plan: Plan) -> Any:
        return (
            plan.combination.id,
            plan.combination.level,
            plan.combination.points,
            planned(plan),
            plan.fees_usd,
            [(f.specialty, f.score, f.first_in) for f in plan.fit],
            [(x.specialty, len(x.use), len(x.missing)) for x in plan.letters],
            [(r.visa, r.first_closed) for r in plan.visa.roads],
            {c.what for c in plan.closed},
            {a.id for a in plan.advice},
        )

    assert decisions(plan_of(shuffled(data, chance, lists=True), on)) == decisions(plan_of(data, on))


@given(applicants(), days)
def test_the_same_twice(data: dict[str, Any], on: dt.date) -> None:
    assert plan_of(data, on) == plan_of(data, on)


# ---- better is never worse


def realism(data: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {f.specialty: (f.principles["realism"].low, f.principles["realism"].high) for f in plan_of(data).fit}


def assert_no_worse(before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]) -> None:
    for specialty, (low, high) in before.items():
        assert after[specialty][0] >= low, specialty
        assert after[specialty][1] >= high, specialty


@given(applicants(), st.integers(180, 299), st.integers(1, 40))
def test_a_better_score_is_never_less_realistic(data: dict[str, Any], score: int, more: int) -> None:
    def with_score(value: int) -> dict[str, Any]:
        return {**data, "exams": {**data["exams"], "step2_ck": {"score": value}}}

    assert_no_worse(realism(with_score(score)), realism(with_score(min(300, score + more))))


@given(applicants(), letter)
def test_one_more_letter_is_never_less_realistic(data: dict[str, Any], more: dict[str, Any]) -> None:
    assert_no_worse(realism(data), realism({**data, "letters": [*data["letters"], more]}))


@given(applicants(), stay)
def test_more_weeks_are_never_less_realistic(data: dict[str, Any], more: dict[str, Any]) -> None:
    stays = [*data["experience"]["us_clinical"], more]
    assert_no_worse(realism(data), realism({**data, "experience": {**data["experience"], "us_clinical": stays}}))


@given(applicants(), st.integers(0, 3))
def test_a_failed_attempt_never_helps(data: dict[str, Any], exam: int) -> None:
    order = ("none", "weak", "middle", "strong")
    clean = {**data, "exams": {"step1": {"result": "pass", "attempts": 1}, "step2_ck": {"score": 250, "attempts": 1}}}
    failed = {**clean, "exams": {**clean["exams"], "step1": {"result": "pass", "attempts": 1 + exam}}}
    assert_no_worse(realism(failed), realism(clean))
    levels = [order.index(standing.level(situation_of(x))[0]) for x in (failed, clean)]
    assert levels[0] <= levels[1]


@given(applicants(), st.integers(200, 260), st.integers(1, 40))
def test_a_better_score_never_lowers_the_standing(data: dict[str, Any], score: int, more: int) -> None:
    order = ("none", "weak", "middle", "strong")

    def level(value: int) -> int:
        exams = {**data["exams"], "step2_ck": {"score": value, "attempts": 1}}
        return order.index(standing.level(situation_of({**data, "exams": exams}))[0])

    assert level(score + more) >= level(score)


@given(
    st.tuples(st.integers(200, 270), st.integers(0, 20), st.integers(0, 20)),
    st.integers(150, 300),
    st.integers(0, 50),
)
def test_a_percentile_grows_with_the_score(marks: tuple[int, int, int], score: int, more: int) -> None:
    q1, first, second = marks
    quartiles = {"q1": q1, "median": q1 + first, "q3": q1 + first + second}
    ends = DECISIONS.realism.score
    assert 0 < percentile(score, quartiles, ends) <= percentile(score + more, quartiles, ends) < 1


# ---- weights and firmness


@given(applicants(), st.sampled_from([0.5, 2.0, 2.5]))
def test_scaling_all_weights_changes_nothing(data: dict[str, Any], factor: float) -> None:
    small = {p: w / 2.5 for p, w in data["priorities"].items()}
    assume(any(small.values()))
    base = plan_of({**data, "priorities": small}).fit
    scaled = plan_of({**data, "priorities": {p: w * factor for p, w in small.items()}}).fit
    scores = {f.specialty: f.score for f in base}
    for fit in scaled:
        assert fit.score == pytest.approx(scores[fit.specialty], abs=0.0011)
    for one, other in itertools.pairwise(scaled):
        if (one.gate is None) == (other.gate is None):
            assert scores[one.specialty] >= scores[other.specialty] - 0.0011
    shares = {f.specialty: f.first_in for f in base}
    assert {f.specialty: f.first_in for f in scaled} == shares, "the shares are over all weights, not the reader's"


@given(applicants(), st.sampled_from(PRINCIPLES))
def test_a_heavier_principle_never_hurts_who_is_best_on_it(data: dict[str, Any], principle: str) -> None:
    weights = {**data["priorities"], principle: min(4, data["priorities"][principle])}
    assume(any(weights.values()))

    def ranks(w: dict[str, int]) -> tuple[list[str], dict[str, float], dict[str, float]]:
        open_ones = [f for f in plan_of({**data, "priorities": w}).fit if f.gate is None]
        marks = {f.specialty: (f.principles[principle].low + f.principles[principle].high) / 2 for f in open_ones}
        return [f.specialty for f in open_ones], {f.specialty: f.score for f in open_ones}, marks

    before, _, marks = ranks(weights)
    assume(before)
    after, scores, _ = ranks({**weights, principle: weights[principle] + 1})
    top = max(marks.values())
    for specialty in (x for x in before if marks[x] == top):
        overtaken_by = set(after[: after.index(specialty)]) - set(before[: before.index(specialty)])
        assert all(scores[x] <= scores[specialty] + 0.0011 for x in overtaken_by), "only a tie may change places"


@given(applicants(), days)
def test_the_shares_of_coming_first_add_up(data: dict[str, Any], on: dt.date) -> None:
    fit = plan_of(data, on).fit
    open_ones = [f for f in fit if f.gate is None]
    assert sum(f.first_in for f in fit) == pytest.approx(1.0 if open_ones else 0.0)
    assert all(f.first_in == 0 for f in fit if f.gate)
    assert [f.rank for f in fit] == list(range(1, len(fit) + 1))
    for f in fit:
        assert 0 <= f.score <= 4
        assert f.specialty != IR
        for p in f.principles.values():
            assert 0 <= p.low <= p.high <= 4
            assert p.because
            assert p.score is None or p.low == p.high == p.score


def row(name: str, *marks: int | tuple[int, int]) -> Row:
    return Row(name, tuple(m if isinstance(m, tuple) else (m, m) for m in marks))


def test_firmness_in_the_cases_everybody_can_check() -> None:
    assert first_in([], 100) == ()
    assert first_in([row("a", 1000, 0, 0, 0, 0)], 100) == (1.0,)
    assert first_in([row("a", *[2000] * 5), row("b", *[2000] * 5)], 100) == (0.5, 0.5), "ties are split"
    assert first_in([row("a", *[2000] * 5), row("b", *[1999] * 5)], 1000) == (1.0, 0.0), "worse on all, never first"
    mirror = first_in([row("a", 4000, 0), row("b", 0, 4000)], 10_000)
    assert mirror[0] == pytest.approx(0.5, abs=0.02)
    unknown = first_in([row("a", *[(0, 4000)] * 5), row("b", *[2000] * 5)], 10_000)
    assert unknown[0] == pytest.approx(0.5, abs=0.03), "what is unknown could be either"
    third = first_in([row("a", 3000, 3000, 0), row("b", 0, 0, 3000)], 10_000)
    assert third[0] == pytest.approx(0.75, abs=0.02), "the chance that two of three parts exceed a half"
    assert mirror == first_in([row("a", 4000, 0), row("b", 0, 4000)], 10_000), "the same every time"


# ---- letters


def value(letter: Letter, rule: LetterRule) -> int:
    return worth(letter, rule, DECISIONS.letters.worth, SITUATION.is_a)


def total(chosen: tuple[int, ...], letters: tuple[Letter, ...], rule: LetterRule) -> float:
    return sum(value(letters[i], rule) for i in chosen)


def allowed(chosen: tuple[int, ...], letters: tuple[Letter, ...], rule: LetterRule) -> bool:
    radiology = sum(letters[i].specialty in RADIOLOGY for i in chosen)
    return radiology <= rule.at_most.get("reads images", MOST) and all(value(letters[i], rule) > 0 for i in chosen)


@settings(max_examples=200)
@given(st.lists(letter, max_size=7), st.sampled_from(sorted(DECISIONS.letters.rules)))
def test_the_letters_chosen_are_the_best_there_are(written: list[dict[str, Any]], specialty: str) -> None:
    letters = tuple(Letter.model_validate(x) for x in written)
    rule = DECISIONS.letters.rules[specialty]
    chosen = best(letters, rule, DECISIONS.letters.worth, SITUATION.is_a, MOST)
    assert allowed(chosen, letters, rule)
    assert len(chosen) == len(set(chosen)) <= MOST
    every = itertools.chain.from_iterable(itertools.combinations(range(len(letters)), n) for n in range(MOST + 1))
    most = max(total(c, letters, rule) for c in every if allowed(c, letters, rule))
    assert total(chosen, letters, rule) == most


@given(applicants(), days)
def test_letters_at_most_four_and_three_with_those_to_ask(data: dict[str, Any], on: dt.date) -> None:
    plan = plan_of(data, on)
    never = {x: r.never for x, r in DECISIONS.letters.rules.items()}
    for letters in plan.letters:
        assert len(letters.use) <= MOST
        if plan.applications:
            assert len(letters.use) + len(letters.missing) >= DECISIONS.count("letters_needed")
        elif plan.phase not in ("late", "unmatched", "next season"):
            assert not letters.missing, "nothing is asked for once applications are closed"
        for used in letters.use:
            assert used.status != "to ask"
            source = data["letters"][used.index]
            assert source["from"] == used.writer
            if used.specialty in RADIOLOGY:
                assert "reads images" not in never[letters.specialty]
                assert used.version != "neutral" or source["neutral_version"], "no version that was never written"
        assert all(m.by.last >= on or m.overdue is False for m in letters.missing)
    if plan.applications:
        assert {letters.specialty for letters in plan.letters} == set(planned(plan))


# ---- signals


@given(applicants(), days)
def test_no_more_than_half_of_the_radiology_signals_go_to_ir_when_one_must_start(
    data: dict[str, Any], on: dt.date
) -> None:
    plan = plan_of(data, on)
    for group in plan.signals:
        assert set(group.specialties) <= set(planned(plan))
        for reason in group.advice:
            if reason.id == "signals-radiology":
                v = reason.values
                assert v["gold_ir"] + v["gold_dr"] == group.gold
                assert v["silver_ir"] + v["silver_dr"] == group.silver
                both = "diagnostic-radiology" in plan.combination.specialties
                if data["goal"]["if_unmatched"] == "must_start" and both:
                    assert v["gold_ir"] <= 3
                    assert v["silver_ir"] <= 3


def test_a_bold_split_of_signals_is_halved_only_for_who_must_start() -> None:
    """Our splits keep to half; whoever changes them may not break the rule."""
    whole = quick_content()
    split_by_level = {**DECISIONS.signals.split, "strong": Split(gold=(5, 1), silver=(4, 2))}
    signals = DECISIONS.signals.model_copy(update={"split": split_by_level})
    bold = replace(whole, goals={IR: whole.goals[IR].model_copy(update={"signals": signals})})
    data = profile_file("strong-radiology.yml")

    def split(if_unmatched: str) -> tuple[int, int]:
        profile = profile_of({**data, "goal": {**data["goal"], "if_unmatched": if_unmatched}})
        plan = make(profile, bold, whole.seasons[2027], DAYS[1])
        reason = next(r for g in plan.signals for r in g.advice if r.id == "signals-radiology")
        return reason.values["gold_ir"], reason.values["silver_ir"]

    assert split("can_wait") == (5, 4)
    assert split("must_start") == (3, 3)


# ---- reasons


@given(applicants(), days)
def test_every_reason_rests_on_something_that_exists(data: dict[str, Any], on: dt.date) -> None:
    """Evidence and season references are found in the store, so that "Why am I told this?" never points nowhere."""
    plan = plan_of(data, on)
    season = quick_content().seasons[2027]
    events = {e.id for e in season.events}
    reasons = [*plan.combination.because, *plan.combination.changes_if, plan.combination.against, *plan.cuts,
               *plan.first_years.because, *plan.visa.advice]  # fmt: skip
    reasons += [r for x in plan.combination.rejected for r in x.because]
    reasons += [r for x in plan.applications for r in x.because]
    reasons += [r for x in plan.fit for p in x.principles.values() for r in p.because]
    reasons += [r for x in plan.letters for m in x.missing for r in m.because]
    reasons += [r for x in plan.visa.roads for g in x.gates for r in g.because]
    reasons += [r for x in plan.closed for r in x.because]
    reasons += [r for x in plan.signals for r in x.advice]
    for reason in reasons:
        for ref in reason.refs:
            if ref.kind == "evidence":
                assert quick_content().evidence.has(ref.name), f"{reason.id}: {ref.name}"
            if ref.kind == "season":
                assert ref.name in events | {"stage"}, f"{reason.id}: {ref.name}"
