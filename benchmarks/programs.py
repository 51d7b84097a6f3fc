"""Time of the processor for a table of programs, and for the plan with it: `python benchmarks/programs.py [ROWS]`."""

import csv
import io
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from matchguide.plan.best_together import best_together
from matchguide.plan.fee_steps import best_with_steps
from matchguide.plan.fees import Prices
from matchguide.plan.outlook import Bet
from matchguide.programs import sheets
from test_program_list import plan_with
from test_program_verdicts import TABLES, table_of


def rows(count: int) -> list[list[str]]:
    """So many made-up programs, drawn from the rows of a shared list."""
    r = random.Random(5)
    with (TABLES / "a_shared_list.csv").open(encoding="utf-8-sig", newline="") as file:
        every = list(csv.reader(file))
    head, given = every[3], [row for row in every[5:-1] if row[1] and row[1] != every[3][1]]
    out = [[*head, "NRMP code", *(f"Column {i}" for i in range(8))]]
    for i in range(count):
        row = list(r.choice(given))
        row[1], row[2] = f"Made-up {i} Hospital", f"Town {i % 400}, {r.choice(['NY', 'NJ', 'TX', 'OH'])}"
        out.append([*row, f"{1000 + i % 9000}140C0", *(f"text {r.randint(0, 999)}" for _ in range(8))])
    return out


def timed(what: str, start: float) -> None:
    print(f"{what}: {time.process_time() - start:.2f} s of the processor")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    made = rows(count)
    out = io.StringIO()
    csv.writer(out).writerows(made)
    for what, raw in (("CSV", out.getvalue().encode()), ("XLSX", sheets.as_workbook([("Programs", made)]))):
        start = time.process_time()
        table = table_of(raw)
        timed(f"{count} rows as {what}", start)
    start = time.process_time()
    plan_with(table)
    timed("the plan with them", start)
    r = random.Random("two hundred")
    kinds = [k for k in "ABCDE" for _ in range(40)]
    chances = [r.choice([0.01, 0.02, 0.05]) for _ in kinds]
    for what, worth in (
        ("in blocks", [100.0 - 20 * "ABCDE".index(k) for k in kinds]),
        ("mixed", [r.random() for _ in kinds]),
    ):
        start = time.process_time()
        best_with_steps(chances, worth, kinds, Prices(30, 11, 30), 2500)
        timed(f"the best of 200 programs, worths {what}", start)
        bets = [Bet(k, 1, f, t) for k, f, t in zip(kinds, chances, worth, strict=True)]
        start = time.process_time()
        best_together(bets, Prices(30, 11, 30), 2500, 0.3)
        timed(f"the same where those of one specialty fail together, worths {what}", start)


if __name__ == "__main__":
    main()
