"""`matchguide programs PROFILE [-o FILE.csv|.xlsx]`: the reader's programs with verdicts, to go on working in."""

import argparse
from pathlib import Path

from matchguide.cli.redaction import redacted
from matchguide.day import the_day
from matchguide.mistakes import mistake
from matchguide.output.file import put
from matchguide.output.ours import told as telling
from matchguide.pages.program_table import doubles, rows, told
from matchguide.pages.said import plain
from matchguide.pages.words import counted
from matchguide.programs.sheets import as_csv, as_workbook
from matchguide.render.plaintext import visible
from matchguide.session import Session


def run(args: argparse.Namespace) -> int:
    """Prints what the table comes to, and with -o writes it with verdicts. 0; raises MistakesFound."""
    target: Path | None = args.output
    if target is not None and target.suffix.lower() not in (".csv", ".xlsx"):
        raise mistake("--output", "is no table.", allowed="Name a file that ends in .csv or .xlsx")
    session = Session(args.profile, the_day(args.on))
    plan, words = session.plan, session.words
    if not plan.programs:
        raise mistake(
            str(args.profile),
            "lists no program.",
            allowed="Put a table beside the profile and name it, as in: programs_file: programs.csv",
        )
    if target is not None:
        _write(target, rows(plan, words))
        print(visible(str(target)))
        return 0
    count = {v: sum(x.judged.verdict == v for x in plan.programs) for v in ("open", "ask", "closed")}
    number = counted(len(plan.programs), "program")
    print(f"{number}: {count['open']} open, {count['ask']} to ask, {count['closed']} closed.")
    for a in plan.applications:
        taken = sum(x.take and x.judged.listed.specialty == a.specialty for x in plan.programs)
        print(f"  {words.name(a.specialty)}: {taken} on the list, {a.planned} planned, ${a.fee_usd:,}")
    if not redacted(args):
        for line in (*told(plan.table.notes, words), *(words.text(r) for r in doubles(plan, words))):
            print(f"  {visible(plain(line))}")
    return 0


def _write(target: Path, table: list[list[str]]) -> None:
    """Writes a new file. One that is there may hold the reader's own work, so it is never replaced."""
    if target.exists():
        free = next(
            place
            for n in range(2, 1000)
            if not (place := target.with_name(f"{target.stem}-{n}{target.suffix}")).exists()
        )
        raise mistake(
            str(target),
            "is there already, and may hold your own notes, so it stays.",
            allowed=f"Name another file: -o {free}",
        )
    data = as_csv(table) if target.suffix.lower() == ".csv" else as_workbook([("Programs", table)])
    with telling(target):
        put(target, data)
