"""Each listed program for this reader: gates first, then what speaks for it. Nothing is hidden, and nothing is
guessed: what the table does not say is unknown."""

from collections.abc import Iterator
from typing import Any, Literal

from matchguide.plan.reasons import Reason, Ref, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import Judged, ProgramGate, State, Verdict, VisaPlan
from matchguide.programs.listed import Experience, Listed


def judge(s: Situation, visas: VisaPlan) -> tuple[Judged, ...]:
    """Every program of the profile and the table, in their order."""
    mine = _Reader(s, visas)
    return tuple(mine.judged(p) for p in s.programs)


class _Reader:
    """What of the reader the gates ask, worked out once."""

    def __init__(self, s: Situation, visas: VisaPlan) -> None:
        self.s = s
        self.rules = s.goal.programs
        roads = [r.visa for r in visas.roads if not r.first_closed] or [r.visa for r in visas.roads]
        self.roads = tuple(roads)
        graduated = s.profile.applicant.graduated
        self.graduated = graduated
        self.at_start = None if graduated is None else max(0, s.season.season - graduated)
        self.at_application = None if graduated is None else max(0, s.season.season - 1 - graduated)
        self.attempts = self._attempts()
        self.stays = [u for u in s.profile.experience.us_clinical if u.kind != "research"]
        self.stays_said = "us_clinical" in s.profile.experience.model_fields_set
        self.hands_on = frozenset(self.rules.hands_on)
        self.many, self.liked = s.goal.number("many_residents"), s.goal.number("program_liked")
        self.strong, self.some = s.goal.number("strong_fit"), s.goal.number("some_fit")
        self.old_days = s.goal.number("row_old_days")

    def _attempts(self) -> tuple[int, ...] | None:
        """How often Step 1 and Step 2 CK were sat to pass, or will have been at the least; None where nothing is
        known of either."""
        exams, out = self.s.profile.exams, []
        for exam, taken in ((exams.step1, self.s.step1), (exams.step2_ck, exams.step2_ck.result)):
            failed = taken == "fail"
            said = exam.attempts
            if said is not None:
                out.append(said + failed)
            elif failed:
                out.append(1 + failed)
        passed = [self.s.step1 == "pass", bool(self.s.ck_taken)]
        if not out and any(passed):
            out = [1] * sum(passed)
        return tuple(out) or None

    def judged(self, p: Listed) -> Judged:
        gates = tuple(self._gates(p))
        closed = next((g.gate for g in gates if g.state == "closed"), None)
        questions = tuple(g.gate for g in gates if g.asks)
        verdict: Verdict = "closed" if closed else "ask" if questions else "open"
        fit = tuple(self._fit(p))
        score = sum(self.rules.weight(r.id.removeprefix("program-fit-"), p.specialty) for r in fit)
        old = p.checked is not None and (self.s.on - p.checked.last).days > self.old_days
        decides = closed or (questions[0] if questions else None)
        level: Literal["strong", "some", "none"] = (
            "strong" if score >= self.strong else "some" if score >= self.some else "none"
        )
        return Judged(p, verdict, gates, decides, questions, score, level, fit, old)

    def _gates(self, p: Listed) -> Iterator[ProgramGate]:
        yield self._visa(p)
        if p.accepting is not None:
            state: State = {"yes": "open", "no": "closed"}.get(p.accepting, "unknown")  # type: ignore[assignment]
            yield self._gate(p, "accepting", state, f"accepting-{state}", "accepting", asks=state == "unknown")
        yield self._years(p)
        yield self._attempts_gate(p)
        yield self._floor(p)
        if p.us_experience is not None:
            yield self._experience(p, p.us_experience)
        elif "us_experience" in p.unread:
            yield self._gate(p, "us_experience", "unknown", "unread-us_experience", "us_experience")
        if p.start == "physician":
            if self.s.has_first_year:
                yield self._gate(p, "start", "open", "start-done", "start")
            else:
                yield self._gate(p, "start", "closed", "start-closed", "start")

    def _gate(
        self, p: Listed, gate: str, state: State, id: str, column: str, *, asks: bool = False, **values: Any
    ) -> ProgramGate:
        """A gate with the row that says so, in its own words, and the day it was checked."""
        said = p.said.get(column, "")
        if column in ("j1", "h1b") and not said:
            said = p.said.get("visa", "")  # one column for both; the cell of the other visa says nothing of this one
        because = [why(f"program-{id}", *refs(p), **values)]
        if said and not p.place.in_profile:
            because.append(
                why("program-row", *refs(p), row=p.place.row, sheet_name=p.place.sheet, cell=said, checked=p.checked)
            )
        elif said or p.checked:
            because.append(why("program-checked", *refs(p), checked=p.checked))
        return ProgramGate(gate, state, tuple(because), asks)

    def _unknown(self, p: Listed, gate: str, about: str, column: str) -> ProgramGate:
        """A gate of which the table says nothing, or nothing that we understand."""
        id = f"unread-{gate}" if column in p.unread else f"{about}-unknown"
        return self._gate(p, gate, "unknown", id, column)

    # Gates

    def _visa(self, p: Listed) -> ProgramGate:
        if self.roads == ("none",):
            return self._gate(p, "visa", "open", "visa-none", "visa")
        answers = {road: getattr(p, road) for road in self.roads}
        open_to = next((road for road in self.roads if answers[road] == "yes"), None)
        if open_to:
            return self._gate(p, "visa", "open", "visa-open", open_to, visa=open_to)
        if all(answer == "no" for answer in answers.values()):
            other = next((x for x in ("j1", "h1b") if x not in self.roads and getattr(p, x) == "yes"), None)
            id = "visa-ticked" if p.ticked else "visa-other" if other else "visa-closed"
            return self._gate(p, "visa", "closed", id, self.roads[0], visa=list(self.roads), other=other)
        road = next(road for road in self.roads if answers[road] != "no")
        id = "visa-asked" if answers[road] == "ask" else "visa-unknown"
        if answers[road] is None and (road in p.unread or (road not in p.said and "visa" in p.unread)):
            id = "unread-visa"
        return self._gate(p, "visa", "unknown", id, road, asks=True, visa=list(self.roads))

    def _years(self, p: Listed) -> ProgramGate:
        limit, column = p.years_limit, "years_limit"
        if limit is None:
            return self._unknown(p, "years", "years", column)
        if limit.graduated is not None:
            if self.graduated is None:
                return self._gate(p, "years", "unknown", "years-yours", column)
            state: State = "open" if self.graduated >= limit.graduated else "closed"
            return self._gate(p, "years", state, f"graduated-{state}", column, from_year=str(limit.graduated))
        if limit.years is None:
            return self._gate(p, "years", "open", "years-none", column)
        most = limit.years - limit.strict
        if self.at_start is None or self.at_application is None:
            return self._gate(p, "years", "unknown", "years-yours", column)
        values: dict[str, Any] = {"most": most, "at_application": self.at_application, "at_start": self.at_start}
        if most >= self.at_start:
            return self._gate(p, "years", "open", "years-open", column, **values)
        if most < self.at_application:
            return self._gate(p, "years", "closed", "years-closed", column, **values)
        return self._gate(p, "years", "unknown", "years-between", column, asks=True, **values)

    def _attempts_gate(self, p: Listed) -> ProgramGate:
        limit, column = p.attempts_limit, "attempts_limit"
        if limit is None:
            return self._unknown(p, "attempts", "attempts", column)
        if limit.most is None:
            return self._gate(p, "attempts", "open", "attempts-none", column)
        if self.attempts is None:
            return self._gate(p, "attempts", "unknown", "attempts-yours", column)
        mine = sum(self.attempts) if limit.total else max(self.attempts)
        values: dict[str, Any] = {"most": limit.most, "mine": mine, "total": limit.total}
        if mine <= limit.most:
            return self._gate(p, "attempts", "open", "attempts-open", column, **values)
        if limit.total and limit.most < len(self.attempts):  # so few cannot hold one attempt at each exam
            return self._gate(p, "attempts", "unknown", "attempts-total", column, asks=True, **values)
        return self._gate(p, "attempts", "closed", "attempts-closed", column, **values)

    def _floor(self, p: Listed) -> ProgramGate:
        floor, column = p.ck_floor, "ck_floor"
        if floor is None:
            return self._unknown(p, "ck_floor", "floor", column)
        if floor.score is None:
            return self._gate(p, "ck_floor", "open", "floor-none", column)
        ck = self.s.ck
        if ck is None:
            return self._gate(p, "ck_floor", "unknown", "floor-yours", column, floor=floor.score, above=floor.strict)
        values: dict[str, Any] = {"floor": floor.score, "above": floor.strict, "mine": str(ck)}
        if ck.low > floor.score or (ck.low == floor.score and not floor.strict):
            return self._gate(p, "ck_floor", "open", "floor-open", column, **values)
        if ck.high < floor.score:
            return self._gate(p, "ck_floor", "closed", "floor-closed", column, **values)
        if ck.low == ck.high:
            return self._gate(p, "ck_floor", "unknown", "floor-equal", column, asks=True, **values)
        return self._gate(p, "ck_floor", "unknown", "floor-range", column, **values)

    def _experience(self, p: Listed, wanted: Experience) -> ProgramGate:
        column = "us_experience"
        if wanted.level != "required":
            return self._gate(p, "us_experience", "open", f"experience-{wanted.level}", column)
        state, id = self._met(wanted)
        values: dict[str, Any] = {"weeks": wanted.weeks, "specialty": wanted.specialty, "hands_on": wanted.hands_on}
        return self._gate(p, "us_experience", state, f"experience-{id}", column, asks=state == "unknown", **values)

    def _met(self, wanted: Experience) -> tuple[State, str]:
        """Whether the reader's time in the US is what is required; a question where that depends on how it is
        counted, or where the reader did not say."""
        if not self.stays:
            return ("closed", "missing") if self.stays_said else ("unknown", "yours")
        stays = self.stays
        if wanted.specialty:
            stays = [u for u in stays if u.specialty == wanted.specialty]
            related = self.s.is_a(wanted.specialty, RADIOLOGY) and any(
                self.s.is_a(u.specialty, RADIOLOGY) for u in self.stays
            )
            if not stays:
                return ("unknown", "related") if related and not wanted.hands_on else ("closed", "other-field")
        if wanted.hands_on:
            stays = [u for u in stays if u.kind in self.hands_on]
            if not stays:
                return "closed", "not-hands-on"
        weeks = sum(u.weeks or 0 for u in stays)
        if wanted.weeks is not None and weeks < wanted.weeks:
            return "closed", "too-short"
        if wanted.observing or wanted.hands_on or any(u.kind in self.hands_on for u in stays):
            return "open", "met"
        return "unknown", "kind"

    # What speaks for it

    def _fit(self, p: Listed) -> Iterator[Reason]:
        found: list[tuple[str, dict[str, object]]] = []
        if p.tie:
            found.append(("tie", {"tie_said": "" if p.tie == "yes" else p.tie}))
        if p.alumni:
            found.append(("alumni", {"cell": "" if p.alumni == "yes" else p.alumni}))
        share = p.non_us_imgs
        if isinstance(share, float):
            id = "residents-many" if share >= self.many else "residents-some" if share > 0 else "residents-none"
            found.append((id, {"cell": p.said.get("non_us_imgs", ""), "share": round(share)}))
        elif share:
            id = {"yes": "residents-some", "no": "residents-none"}[share]
            found.append((id, {"cell": p.said.get("non_us_imgs", ""), "share": None}))
        if p.kind in ("community", "affiliated"):
            found.append(("community", {"kind": p.kind}))
        if p.esir == "yes":
            found.append(("esir", {}))
        if p.joint_first_year:
            found.append(("joint-first-year", {"cell": "" if p.joint_first_year == "yes" else p.joint_first_year}))
        if p.live == "yes":
            found.append(("place", {}))
        if p.liked is not None and p.liked >= self.liked:
            found.append(("liked", {"mark": p.liked}))
        for id, values in found:
            if self.rules.weight(id, p.specialty):
                yield why(f"program-fit-{id}", *refs(p), **values)


def refs(p: Listed) -> tuple[Ref, ...]:
    """The line of the profile that a program stands on: an entry of its own, or the table."""
    return line(f"programs[{p.place.row}]" if p.place.in_profile else "programs_file")
