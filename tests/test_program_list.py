"""From a table to a list: what is sent, which signal goes where, what to ask first, and the file to go on with."""

import csv
import html
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

import made_up_table
from matchguide.cli.main import main
from matchguide.pages.chosen import Chosen
from matchguide.pages.jsonform import as_json
from matchguide.pages.program_table import rows
from matchguide.pages.words import Words
from matchguide.plan.make import make
from matchguide.plan.types import ListedProgram, Plan, Split
from matchguide.programs import sheets
from matchguide.programs.listed import EMPTY, Table
from matchguide.render.markdown import page_html
from matchguide.session import Session
from support import JUNE, merged, profile_file, profile_of, quick_content
from test_program_verdicts import TABLES, table_of

pytestmark = pytest.mark.fast

AMARA = profile_file("amara.yml")


def plan_with(table: Table, but: dict[str, Any] | None = None, on: Any = JUNE) -> Plan:
    known = quick_content()
    return make(profile_of(merged(AMARA, but or {})), known, known.seasons[2027], on, table)


def words() -> Words:
    from matchguide import paths

    return Words(quick_content().of_season(2027), paths.TEMPLATES)


def three() -> Table:
    return table_of(made_up_table.workbook(), "three.xlsx")


def taken(plan: Plan, specialty: str) -> list[ListedProgram]:
    return [x for x in plan.programs if x.take and x.judged.listed.specialty == specialty]


def medicine(number: int, more: str = "") -> str:
    """So many programs of internal medicine that take a J-1; `more` columns are the same in each."""
    return "".join(f"Alder{i} Hospital,IM,NY,yes{more}\n" for i in range(number))


def test_no_more_is_sent_than_planned_and_nothing_that_is_closed() -> None:
    plan = plan_with(three())
    for a in plan.applications:
        assert len(taken(plan, a.specialty)) <= a.planned
    assert not [x for x in plan.programs if x.take and x.judged.verdict == "closed"]
    assert plan.budget_usd is not None
    assert plan.fees_usd <= plan.budget_usd
    assert len(plan.programs) == 300, "closed programs stay"


def test_who_has_more_reasons_goes_first() -> None:
    plan = plan_with(three())
    for a in plan.applications:
        left = [
            x.judged
            for x in plan.programs
            if not x.take and x.judged.listed.specialty == a.specialty and x.because[0].id == "program-out-number"
        ]
        mine = [x.judged for x in taken(plan, a.specialty) if not x.judged.listed.signal]
        if left and mine:
            assert min(j.score for j in mine) >= max(j.score for j in left)


def test_a_table_that_is_short_leaves_the_planned_number_and_tells_the_gap() -> None:
    plan = plan_with(table_of(f"Program,Specialty,State,J1\n{medicine(12)}".encode()))
    count = plan.count("internal-medicine")
    without = plan_with(EMPTY).count("internal-medicine")
    assert count is not None
    assert without is not None
    assert count.planned == without.planned
    gap = next(g for g in plan.gaps if g.specialty == "internal-medicine")
    assert (gap.planned, gap.have) == (count.planned, 12)


def test_a_table_that_is_enough_replaces_our_number() -> None:
    rich = {"limits": {"budget_usd": None}}
    without = plan_with(EMPTY, rich).count("diagnostic-radiology")
    raw = medicine(80).replace("IM", "DR")
    plan = plan_with(table_of(f"Program,Specialty,State,J1\n{raw}".encode()), rich)
    count = plan.count("diagnostic-radiology")
    assert without is not None
    assert count is not None
    assert count.planned == min(80, without.high) > without.planned
    assert count.because[0].id == "count-in-table"
    assert len(taken(plan, "diagnostic-radiology")) == count.planned


def test_one_program_twice_is_sent_once() -> None:
    plan = plan_with(
        table_of(b"Program,Specialty,State,J1\nAlder Medical Center,IM,NY,yes\nAlder Med Ctr,IM,NY,yes\n")
    )
    assert [x.take for x in plan.programs] == [True, False]
    assert plan.programs[1].because[0].id == "program-out-double"


def test_signals_go_to_ties_first_then_to_what_is_open_and_never_to_a_question() -> None:
    raw = "Program,Specialty,City,State,J1,Tie,IMG %\n"
    raw += "Known,IM,A,NY,yes,rotated there,0%\nStrong,IM,B,NY,yes,,80%\nAsked,IM,C,NY,?,my uncle,80%\n"
    raw += "".join(f"Other{i},IM,T{i},NY,yes,,20%\n" for i in range(30))
    plan = plan_with(table_of(raw.encode()))
    signal = {x.judged.listed.name: x.signal for x in plan.programs}
    allotment = next(g for g in plan.signals if g.group == "internal-medicine")
    assert (signal["Known"], signal["Strong"], signal["Asked"]) == ("gold", "gold", None)
    given = [s for s in signal.values() if s]
    assert (given.count("gold"), given.count("silver")) == (allotment.gold, allotment.silver)
    assert next(x for x in plan.programs if x.judged.listed.name == "Known").because[1].id == "program-signal-tie"


def test_alumni_of_the_readers_school_speak_for_a_program_and_are_told() -> None:
    raw = "Program,Specialty,State,J1,Colombo Alumni\nPlain,IM,NY,yes,\nKnown,IM,NY,yes,x\n"
    plan = plan_with(table_of(raw.encode()))
    place = {x.judged.listed.name: x.place for x in plan.programs}
    assert place == {"Known": 1, "Plain": 2}
    written = rows(plan, words())
    fit = {row[0]: row[written[0].index("fit")] for row in written[1:]}
    assert fit == {"Plain": "", "Known": "Graduates of your school are there, by your table (“Colombo Alumni”)."}
    again = plan_with(table_of(sheets.as_csv(written)))
    assert rows(again, words()) == written


def test_of_too_many_signals_the_table_keeps_those_with_most_reasons() -> None:
    raw = "Program,Specialty,City,State,J1,Tie,Signal\n"
    raw += "".join(f"Other{i},IM,T{i},NY,yes,,gold\n" for i in range(10)) + "Known,IM,B,NY,yes,rotated there,gold\n"
    plan = plan_with(table_of(raw.encode()))
    gold = [x.judged.listed.name for x in plan.programs if x.signal == "gold"]
    assert gold == ["Other0", "Other1", "Known"]
    too_many = [x for x in plan.programs if "program-signal-too-many" in [r.id for r in x.because]]
    assert len(too_many) == 8


def test_a_signal_without_a_reason_is_not_said_to_fit() -> None:
    plan = plan_with(table_of(f"Program,Specialty,State,J1\n{medicine(3)}".encode()))
    assert {x.because[1].id for x in plan.programs} == {"program-signal-any"}


def test_every_answer_that_a_program_depends_on_is_named() -> None:
    plan = plan_with(table_of(b"Program,Specialty,State,J1,USCE\nAlder,IM,NY,?,required\n"))
    assert [r.id for r in plan.programs[0].because][1:] == ["program-in-if-visa", "program-in-if-us_experience"]


def test_signals_do_not_all_go_to_one_city() -> None:
    raw = "Program,Specialty,City,State,J1\n" + "".join(f"One{i},IM,Same,NY,yes\n" for i in range(40))
    plan = plan_with(table_of(raw.encode()))
    total = next(g.total for g in plan.signals if g.group == "internal-medicine")
    assert total
    assert sum(x.signal is not None for x in plan.programs) == total // 2


def test_the_readers_own_signal_stays_and_counts() -> None:
    raw = "Program,Specialty,City,State,J1,Signal,IMG %\nMine,IM,A,NY,yes,gold,0%\n"
    raw += "".join(f"Other{i},IM,T{i},NY,yes,,90%\n" for i in range(30))
    plan = plan_with(table_of(raw.encode()))
    assert (plan.programs[0].take, plan.programs[0].signal) == (True, "gold")
    gold = next(g.gold for g in plan.signals if g.group == "internal-medicine")
    assert sum(x.signal == "gold" for x in plan.programs) == gold


def test_more_signals_than_there_are_and_one_for_a_closed_program_are_told() -> None:
    raw = "Program,Specialty,City,State,J1,Signal\nNo,IM,X,NY,no,gold\n"
    raw += "".join(f"Mine{i},IM,T{i},NY,yes,gold\n" for i in range(5))
    plan = plan_with(table_of(raw.encode()))
    gold = next(g.gold for g in plan.signals if g.group == "internal-medicine")
    told = [{r.id for r in x.because if r.id.startswith("program-signal")} for x in plan.programs]
    assert told[0] == {"program-signal-wasted"}
    assert told[1:] == [{"program-signal-yours"}] * 3 + [{"program-signal-too-many"}] * 2
    assert sum(x.signal == "gold" for x in plan.programs) == gold == 3


def test_questions_come_by_what_their_answer_is_worth() -> None:
    raw = "Program,Specialty,State,J1,Years limit,IMG %,Tie\n"
    raw += (
        "Two,IM,NY,?,4,80%,I rotated there\nPlain,IM,NY,?,,,\nStrong,IM,NY,?,,80%,I rotated there\nNo,IM,NY,no,,,\n"
    )
    plan = plan_with(table_of(raw.encode()))
    assert [plan.programs[i].judged.listed.name for i in plan.questions] == ["Strong", "Two", "Plain"]


def test_an_unticked_box_of_a_strong_program_is_worth_a_question() -> None:
    raw = "Program,Specialty,State,J1,IMG %,Tie\nStrong,IM,NY,False,80%,I rotated there\nWeak,IM,NY,False,,\n"
    plan = plan_with(table_of(raw.encode()))
    assert [plan.programs[i].judged.listed.name for i in plan.questions] == ["Strong"]


def test_programs_of_two_specialties_at_one_hospital_name_each_other() -> None:
    raw = "Program,Specialty,State,J1\nAldermoor DR,DR,MA,yes\nAldermoor IR,IR,MA,yes\nBirch IR,IR,MA,yes\n"
    plan = plan_with(table_of(raw.encode()))
    told = [[r.values["other_programs"] for r in x.because if r.id == "program-one-hospital"] for x in plan.programs]
    assert told == [[["Aldermoor IR"]], [["Aldermoor DR"]], []]


def test_the_profiles_own_programs_and_the_table_are_one_list() -> None:
    mine = [
        {"name": "Alder", "specialty": "internal-medicine", "tie": "my uncle", "j1": "yes"},
        {"name": "Only Mine", "specialty": "internal-medicine"},
    ]
    plan = plan_with(table_of(b"Program,Specialty,State,J1\nAlder,IM,NY,no\nBirch,IM,NY,yes\n"), {"programs": mine})
    found = {x.judged.listed.name: x.judged for x in plan.programs}
    assert set(found) == {"Alder", "Birch", "Only Mine"}
    assert (found["Alder"].verdict, found["Alder"].listed.tie, found["Alder"].listed.state) == (
        "open",
        "my uncle",
        "NY",
    )
    assert [n.id for n in plan.table.notes] == ["in-profile-too"]


def test_without_a_table_nothing_is_optimized_and_prices_stand() -> None:
    plan = plan_with(EMPTY)
    assert plan.more_money is None
    assert [(m.low, m.high) for m in plan.marginal] == [(None, None)] * len(plan.applications)
    assert all(m.next_ten_usd == a.next_ten_usd for m, a in zip(plan.marginal, plan.applications, strict=True))


def test_the_next_money_names_two_ways_and_what_would_turn_them() -> None:
    raw = "Program,Specialty,State,J1,IMG %\n" + "".join(f"M{i} Hospital,IM,NY,yes,60%\n" for i in range(200))
    raw += "".join(f"R{i} Hospital,DR,NJ,yes,20%\n" for i in range(150))
    plan = plan_with(table_of(raw.encode()), {"limits": {"budget_usd": None}})
    money = plan.more_money
    assert money
    assert {o.specialty for o in money.options} == {"internal-medicine", "diagnostic-radiology"}
    assert all(0 < o.usd <= money.usd and o.number for o in money.options)
    marginal = {m.specialty: m for m in plan.marginal}
    for specialty in ("internal-medicine", "diagnostic-radiology"):
        low, high = marginal[specialty].low, marginal[specialty].high
        assert low is not None and high is not None  # noqa: PT018
        assert 0 <= low <= high < 1


def test_what_the_list_may_bring_is_told_by_specialty_and_knows_what_is_known() -> None:
    """An invitation in the table is an interview, whatever the chances."""

    def brings(status: str) -> tuple[int, int, int, int]:
        raw = f"Program,Specialty,State,J1,Chance,Status\nLast Hospital,DR,NY,yes,reach,{status}\n"
        raw += "".join(f"M{i} Hospital,IM,NY,yes,likely,\n" for i in range(40))
        plan = plan_with(table_of(raw.encode()))
        assert plan.expected
        of = {x.specialty: x for x in plan.expected.interviews}
        many, radiology = of["internal-medicine"], of["diagnostic-radiology"]
        assert (many.programs, radiology.programs, len(of)) == (40, 1, 2)
        assert 0 <= many.lowest <= many.low < many.high < many.highest <= 40
        low, high = map(int, plan.expected.no_place)
        assert 0 < low < high < 100
        return radiology.lowest, radiology.low, radiology.high, radiology.highest

    assert brings("") == (0, 0, 0, 0)
    assert brings("invited") == (1, 1, 1, 1)


def test_the_next_money_is_split_in_the_best_way_there_is() -> None:
    """Few programs left or many: every split of a small sum that can be the best is tried."""

    def split(more: int) -> Split:
        r = random.Random(0)
        raw = "Program,Specialty,State,J1,Chance\n"
        for specialty, planned in (("IM", 110), ("DR", 85), ("IR", 35)):
            for i in range(planned + more):
                raw += f"{specialty}{i} Hospital,{specialty},NY,yes,{r.choice(['likely', 'even', 'reach'])}\n"
        money = plan_with(table_of(raw.encode()), {"limits": {"budget_usd": None}}).more_money
        assert money
        assert money.split
        return money.split

    for more, bought in ((3, 9), (10, 10)):
        found = split(more)
        assert found.short is None
        assert sum(n for _, n in found.numbers) == bought


@pytest.mark.parametrize(
    ("short", "alone", "said"),
    [
        (None, [], "The best split, by the middle chances: 6 in IM and 4 in DR."),
        (
            "7",
            ["10 in IM"],
            "The best split that we found, by the middle chances: 6 in IM and 4 in DR. Another split can add at most "
            "7 percent more than this one. If programs of one specialty did not tend to decide alike, it would be 10 "
            "in IM.",
        ),
    ],
)
def test_a_split_is_called_the_best_only_where_it_is(short: str | None, alone: list[str], said: str) -> None:
    values = {"best_split": ["6 in IM", "4 in DR"], "split_short": short, "split_alone": alone}
    assert Chosen(words(), {}).say("more-money-split", **values) == said


def test_the_plan_as_json_has_the_fields_of_the_contract() -> None:
    plan = plan_with(table_of((TABLES / "a_shared_list.csv").read_bytes()))
    data = as_json(plan, profile_of(AMARA), words())
    assert len(data["programs"]) == 27
    for p in data["programs"]:
        assert {"name", "specialty", "verdict", "gates", "score", "take", "signal", "because"} <= set(p)
        assert p["verdict"] in ("open", "closed", "ask")
        assert all(set(g) == {"gate", "state", "because"} and g["because"] for g in p["gates"])
    visa = data["programs"][3]["gates"][0]
    assert [b["text"] for b in visa["because"]] == [
        "It does not take the J-1.",
        "Row 9: “No visa”, checked May 2026.",
    ]
    assert {"specialty", "next_ten_usd", "low", "high", "because"} == set(data["marginal"][0])
    json.dumps(data)


# The file to go on working in


def home(tmp_path: Path, table: bytes, name: str) -> Path:
    (tmp_path / name).write_bytes(table)
    profile = tmp_path / "me.yml"
    text = (Path(__file__).parents[1] / "profiles/amara.yml").read_text(encoding="utf-8")
    profile.write_text(f"{text}\nprograms_file: {name}\n", encoding="utf-8")
    return profile


def page_of(profile: Path) -> str:
    """The page of the reader's programs, as a reader sees it."""
    pages = {p.id: p for p in Session(profile, JUNE).guide.pages}
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(page_html(pages["your-programs"]))).split())


def test_the_page_says_what_the_list_may_bring_beside_those_who_ranked_and_what_is_assumed(tmp_path: Path) -> None:
    raw = "Program,Specialty,State,J1,Chance\n" + "".join(f"M{i} Hospital,IM,NY,yes,likely\n" for i in range(40))
    said = page_of(home(tmp_path, raw.encode(), "list.csv"))
    assert "Nobody knows how many interviews you will get" in said
    assert re.search(r"40 IM \d+ to \d+ 3 to 8 1 to 3 ", said)
    for assumed in ("by our highest chances", "no prediction of your match", "Longer lists go with matching"):
        assert assumed in said


def test_with_a_budget_of_nothing_the_page_says_why_the_list_is_empty(tmp_path: Path) -> None:
    profile = home(tmp_path, b"Program,Specialty,State,J1\nAlder,IM,NY,yes\n", "list.csv")
    text = profile.read_text(encoding="utf-8")
    profile.write_text(re.sub(r"budget_usd: \d+", "budget_usd: 0", text), encoding="utf-8")
    said = page_of(profile)
    assert "Your budget is $0, so no program is on your list." in said
    assert "you plan none in internal medicine" in said
    assert "What your list may bring" not in said


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("source", ["a_shared_list.csv", "c_tracker.csv", "three"])
def test_its_own_file_is_read_again_without_loss(source: str, ending: str) -> None:
    raw = made_up_table.workbook() if source == "three" else (TABLES / source).read_bytes()
    first = table_of(raw)
    once = rows(plan_with(first), words())

    def written(table: list[list[str]]) -> bytes:
        return sheets.as_csv(table) if ending == "csv" else sheets.as_workbook([("Programs", table)])

    again = table_of(written(once))
    assert len(again.programs) == len(first.programs)
    for before, after in zip(first.programs, again.programs, strict=True):
        for name in vars(before):
            if name not in ("place", "said"):
                assert getattr(before, name) == getattr(after, name), (before.name, name)
        assert {k: v for k, v in before.said.items() if v}.items() <= dict(after.said).items()
    assert [text for _, text in again.others] == [text for _, text in first.others]
    twice = rows(plan_with(again), words())
    assert sorted(twice[0]) == sorted(once[0])
    theirs = [name for name in once[0] if name not in ("row", "why")]  # which name rows
    for one, two in zip(once[1:], twice[1:], strict=True):
        before, after = dict(zip(once[0], one, strict=True)), dict(zip(twice[0], two, strict=True))
        assert [before[name] for name in theirs] == [after[name] for name in theirs]


def test_the_command_tells_and_writes_and_never_replaces(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = home(tmp_path, (TABLES / "a_shared_list.csv").read_bytes(), "list.csv")
    assert main(["programs", str(profile), "--on", "2026-06-15"]) == 0
    told = capsys.readouterr().out
    assert "27 programs: " in told
    assert "Row 34, IMG %: “140%” is more than 100 percent." in told
    target = tmp_path / "out.csv"
    assert main(["programs", str(profile), "-o", str(target), "--on", "2026-06-15"]) == 0
    with target.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert (table[0]["name"], table[0]["verdict"], table[2]["verdict"]) == (
        "Brackenfold Medical Center", "open", "closed"
    )  # fmt: skip
    target.write_text("my own notes")
    assert main(["programs", str(profile), "-o", str(target), "--on", "2026-06-15"]) == 2
    assert target.read_text() == "my own notes"
    assert "out-2.csv" in capsys.readouterr().err
    assert main(["programs", str(profile), "-o", str(tmp_path / "out.txt"), "--on", "2026-06-15"]) == 2


def test_a_profile_without_programs_is_told_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = tmp_path / "me.yml"
    profile.write_text("goal: {specialty: interventional-radiology}\n")
    assert main(["programs", str(profile), "--on", "2026-06-15"]) == 2
    assert "programs_file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "table", "says"),
    [
        ("none.csv", None, "no such table"),
        ("../x.csv", None, "beside the profile"),
        ("empty.csv", b"", "no program stands"),
        ("big.csv", b"x" * 10_000_001, "too large"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "password"),
    ],
)
def test_a_table_that_cannot_be_used_is_a_mistake_with_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, table: bytes | None, says: str
) -> None:
    profile = home(tmp_path, table or b"", name if table is not None else "other.csv")
    text = profile.read_text(encoding="utf-8").replace("other.csv", name)
    profile.write_text(text, encoding="utf-8")
    for command in (["programs"], ["plan"], ["check"]):
        assert main([*command, str(profile), "--on", "2026-06-15"]) == 2
        assert says in capsys.readouterr().err


def test_a_budget_of_nothing_sends_nothing() -> None:
    plan = plan_with(three(), {"limits": {"budget_usd": 0}})
    assert plan.fees_usd == 0
    assert not [x for x in plan.programs if x.take]


def test_after_applications_nothing_is_sent_any_more() -> None:
    import datetime as dt

    applied = {"season_so_far": {"applied": {"internal-medicine": 80}}}
    plan = plan_with(three(), applied, dt.date(2026, 12, 8))
    assert not plan.counting
    assert not [x for x in plan.programs if x.take or x.signal]
    assert not [r for x in plan.programs for r in x.because if r.id.startswith(("program-in", "program-out-not"))]


def test_a_guide_of_a_cohort_is_built_anew_when_its_table_changes(tmp_path: Path) -> None:
    from matchguide.cohort.fingerprint import of_source

    profile = home(tmp_path, b"Program,J1\nAlder,yes\n", "list.csv")
    before = of_source(profile)
    assert before == of_source(profile)
    (tmp_path / "list.csv").write_bytes(b"Program,J1\nAlder,no\n")
    assert of_source(profile) != before
