"""The reader's programs as rows: for the file to go on working in, and what is said about their table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matchguide.pages.words import Words
from matchguide.plan.reasons import Reason, why
from matchguide.plan.types import ListedProgram, Plan
from matchguide.programs.listed import Listed, Note

# Columns in the order in which they are written; those that are always there, to be filled, are marked.
COLUMNS: Mapping[str, bool] = {
    "name": True,
    "specialty": True,
    "state": True,
    "city": False,
    "start": False,
    "kind": False,
    "visa": False,
    "j1": True,
    "h1b": False,
    "non_us_imgs": True,
    "years_limit": True,
    "attempts_limit": True,
    "ck_floor": False,
    "us_experience": False,
    "esir": False,
    "joint_first_year": False,
    "service": False,
    "code": False,
    "acgme": False,
    "tie": True,
    "alumni": False,
    "live": False,
    "accepting": False,
    "checked": True,
    "signal": True,
    "chance": True,
    "invited": False,
    "interview": True,
    "interview_date": True,
    "people": True,
    "asked": True,
    "liked": True,
    "link": False,
    "note": True,
}
_DOUBLES_TOLD = 40  # before they are counted
_ROWS_NAMED = 8  # before "and so many more"
OURS = ("verdict", "fit", "send", "advised", "ask", "why", "row")


def rows(plan: Plan, words: Words) -> list[list[str]]:
    """The header and a row for each program: what the reader wrote, in our columns and theirs, and what we say of it.
    Rows that are no programs stand at the end, as notes."""
    used = {column for one in plan.programs for column in one.judged.listed.said}
    columns = [c for c, always in COLUMNS.items() if always or c in used]
    kept = list(plan.brought.kept)
    out = [[*columns, *OURS, *kept]]
    for one in plan.programs:
        p = one.judged.listed
        written = _written(p, words)
        mine = [written.get(c, "") for c in columns]
        out.append([*mine, *_ours(plan, one, words), *(p.more.get(c, "") for c in kept)])
    note = columns.index("note")
    for _, text in plan.brought.others:
        row = [""] * len(out[0])
        row[note] = text
        out.append(row)
    return out


def _written(p: Listed, words: Words) -> dict[str, str]:
    """Each cell as it was written; where a code, a heading or the profile says it, in our words."""
    derived = {
        "name": p.name,
        "specialty": words.name(p.specialty) if p.specialty else "",
        "state": p.state or "",
        "start": p.start or "",
        "tie": p.tie or "",
    }
    if p.place.in_profile:
        derived |= {
            "j1": p.j1 or "",
            "non_us_imgs": str(p.non_us_imgs or ""),
            "signal": p.signal or "",
            "checked": str(p.checked or ""),
        }
    return {**derived, **p.said, **({"alumni": p.alumni} if p.alumni else {})}


def _ours(plan: Plan, one: ListedProgram, words: Words) -> Iterator[str]:
    j = one.judged
    p = j.listed
    decides = next((g for g in j.gates if g.gate == j.decides), None)
    yield j.verdict
    yield "; ".join(words.plain(r) for r in j.fit)
    yield "yes" if one.take else "no"
    yield one.signal or ""
    yield "; ".join(words.said(f"ask-{gate}") for gate in j.questions)
    yield " ".join(words.plain(r) for r in ((decides.because[0],) if decides else ()) + one.because)
    place = "profile" if p.place.in_profile else f"{p.place.sheet} {p.place.row}".strip()
    yield place


def told(notes: Sequence[Note], words: Words) -> list[str]:
    """What was not understood, each with its place; the same text in one column once, with its rows."""
    grouped: dict[tuple[Any, ...], list[Note]] = {}
    for note in notes:
        grouped.setdefault((note.id, note.sheet, note.column, note.values.get("text")), []).append(note)
    return [_told(group, words) for group in grouped.values()]


def _told(group: Sequence[Note], words: Words) -> str:
    note = group[0]
    sentence = words.text(sentence_of(note))
    if not note.row:
        return sentence
    place = why(
        "table-place",
        sheet_name=note.sheet,
        row=note.row,
        more=[n.row for n in group[1:_ROWS_NAMED]],
        further=max(0, len(group) - _ROWS_NAMED),
        column_name=note.column,
    )
    return f"{words.text(place)} {sentence}"


def sentence_of(note: Note) -> Reason:
    """A note as the sentence that tells it."""
    v = note.values
    return why(
        f"table-{note.id}",
        sheet_name=note.sheet,
        cell=v.get("text", ""),
        program=v.get("name", ""),
        likely=v.get("likely", ""),
        percent=v.get("percent", 0),
        read_as=v.get("read_as"),
        by_column=v.get("by_column", False),
    )


def doubles(plan: Plan, words: Words) -> list[Reason]:
    """Entries that are, or may be, one program."""
    out = []
    for d in plan.table.doubles[:_DOUBLES_TOLD]:
        first, again = plan.table.programs[d.first], plan.table.programs[d.again]
        out.append(
            why(
                "table-double" if d.sure else "table-near",
                program=first.name,
                next_program=again.name,
                row=None if first.place.in_profile else first.place.row,
                next_row=None if again.place.in_profile else again.place.row,
                sheet_name=first.place.sheet,
                next_sheet=again.place.sheet,
                differ=[words.said(f"column-{name}") for name in d.differ],
            )
        )
    if left := len(plan.table.doubles[_DOUBLES_TOLD:]):
        out.append(why("table-more-doubles", number=left))
    return out
