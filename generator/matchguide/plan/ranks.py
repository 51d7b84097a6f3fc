"""The reader's rank list, line by line: what each line can bring, and every mistake in it (NRMP's rules)."""

from matchguide.plan.rank_mended import mended
from matchguide.plan.rank_notes import notes
from matchguide.plan.rank_shown import shown
from matchguide.plan.situation import Situation
from matchguide.plan.types import Problem, RankLine, RankList, Walk, WalkId


def read(s: Situation) -> RankList:
    """The list as it stands, each line with its problems and what follows from it."""
    lines = tuple(_line(s, i) for i in range(len(s.profile.rank_list)))
    noted = notes(s, lines)
    walks = tuple(w for x in lines for w in _walks(x, lines))
    return RankList(lines, walks, shown(lines, noted), noted, mended(s, lines, noted))


def _line(s: Situation, i: int) -> RankLine:
    ranked = s.profile.rank_list[i]
    before = s.profile.rank_list[:i]
    specialty, start = s.specialty_of(ranked.program), s.start_of(ranked.program)
    interviewed = s.interviewed
    named = interviewed | {p.name for p in s.programs}
    problems: list[Problem] = []
    # "twice" wherever the same line stands again; the same program with other first years is never reached as meant:
    # who was refused at the upper line is refused at the lower one.
    if any(r.program == ranked.program and set(r.first_years) == set(ranked.first_years) for r in before):
        problems.append("twice")
    elif any(r.program == ranked.program for r in before):
        problems.append("never-reached")
    for program in (ranked.program, *ranked.first_years):
        if program not in named:
            problems.append("no-such-program")
        elif interviewed and program not in interviewed:
            problems.append("not-interviewed")
    advanced = specialty is not None and s.begins_later(ranked.program, specialty)
    repeated = bool({"twice", "never-reached"} & set(problems))
    if start == "pgy1" and ranked.first_years:
        problems.append("first-year-on-categorical")
    elif advanced and not ranked.first_years and not s.has_first_year and not repeated:
        problems.append("no-first-year")
    return RankLine(
        i + 1,
        ranked.program,
        specialty,
        start,
        ranked.first_years,
        not repeated,
        tuple(dict.fromkeys(problems)),
        advanced and start is None,
        specialty is not None and s.content.cards[specialty].kind == "first-year",
    )


def _walks(line: RankLine, lines: tuple[RankLine, ...]) -> list[Walk]:
    """If the line takes you; if it does not; and if it takes you while no first year does."""
    if not line.reachable:
        return [_walk("dead", line)]
    following = next((x for x in lines[line.n :] if x.reachable), None)
    out = [_walk("taken-with-years" if line.years_read else "taken", line)]
    if line.years_read:
        out.append(_walk("no-first-year", line))
    out.append(_walk("refused" if following else "end", line, following))
    return out


def _walk(id: WalkId, line: RankLine, then: RankLine | None = None) -> Walk:
    return Walk(id, line.n, then.n if then else None, line.first_years, line.program, then.program if then else "")
