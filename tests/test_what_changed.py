"""`build --since OLD`: Home says first what is different from the former guide, and nothing of OLD is trusted."""

import datetime as dt
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from examples import session_of
from matchguide import paths
from matchguide.cli.main import main
from matchguide.pages.guide import PLAN, Guide
from matchguide.session import Session
from matchguide.site.single import single
from support import PROFILES

JUNE, NOVEMBER = "2026-06-15", "2026-11-25"
AMARA = (PROFILES / "amara.yml").read_text(encoding="utf-8")


@cache
def plan_of_june() -> bytes:
    return session_of("amara").guide.assets[PLAN]


def june(**changes: Any) -> dict[str, Any]:
    return {**json.loads(plan_of_june()), **changes}


def guide_since(tmp_path: Path, former: dict[str, Any] | bytes | str, profile: str = AMARA, on: str = JUNE) -> Guide:
    old, me = tmp_path / "plan.json", tmp_path / "me.yml"
    data = json.dumps(former) if isinstance(former, dict) else former
    old.write_bytes(data if isinstance(data, bytes) else data.encode())
    me.write_text(profile, encoding="utf-8")
    return Session(me, dt.date.fromisoformat(on), since=old).guide


def told(guide: Guide) -> str:
    block = next(b for b in guide.page("index").blocks if b.id == "changed")
    return re.sub("\ue000([0-9]+)t?\ue001", lambda m: block.slots[int(m[1])], block.template)


def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], old: Path, *more: str, on: str = NOVEMBER) -> str:
    me, out = tmp_path / "me.yml", tmp_path / "out"
    if not me.exists():
        me.write_text(AMARA, encoding="utf-8")
    assert main(["build", str(me), "-o", str(out), "--on", on, "--since", str(old), *more]) == 2
    assert not out.exists(), "nothing is written"
    return capsys.readouterr().err


# ---- every guide keeps its plan


def test_a_guide_keeps_its_plan_with_the_names_of_the_contract() -> None:
    data = june()
    assert {"schema", "phase", "combination", "applications", "timeline", "facts", "rank", "kept"} <= set(data)
    assert data["combination"]["from"] == "advice"
    assert "entry-restrictions" in data["kept"]["law"] or data["kept"]["law"]
    assert {t["id"] for t in data["kept"]["tasks"]} & {m["id"] for m in data["timeline"]}


def test_home_says_nothing_of_changes_without_a_former_guide() -> None:
    assert not [b for b in session_of("amara").guide.page("index").blocks if b.id == "changed"]


# ---- what is told


def test_nothing_changed_is_said(tmp_path: Path) -> None:
    guide = guide_since(tmp_path, plan_of_june())
    assert [b.id for b in guide.page("index").blocks][:2] == ["title", "changed"]
    assert "What changed since 15 June 2026" in told(guide)
    assert "Nothing: plan, dates, law and tasks are as they were" in told(guide)


def test_plan_counts_and_fees(tmp_path: Path) -> None:
    weaker = AMARA.replace("240s", "215").replace("budget_usd: 4000", "budget_usd: 900")
    said = told(guide_since(tmp_path, plan_of_june(), weaker))
    now = Session(tmp_path / "me.yml", dt.date(2026, 6, 15)).plan
    assert f"ERAS program fees: at most ${now.fees_usd:,} (before: ${june()['fees_usd']:,})" in said
    then = {a["specialty"]: a["planned"] for a in june()["applications"]}
    moved = [a for a in now.applications if a.planned != then.get(a.specialty, 0)]
    assert moved
    for a in moved:
        assert f"{a.planned} programs (before: {then.get(a.specialty, 0)})" in said


def test_another_combination_and_what_it_follows(tmp_path: Path) -> None:
    met = AMARA + "interviews: [{program: Alder, specialty: family-medicine, date: 2026-12-02}]\n"
    said = told(guide_since(tmp_path, plan_of_june(), met, NOVEMBER))
    assert "The plan is now: family medicine (before: IR + DR + IM)" in said
    assert "It follows your interviews now" in said
    assert "interviewing (before: preparing)" in said
    assert "Counts and fees are over" in said
    assert "$" not in said, "no sum is compared once applications are out"


def test_a_date_that_moved(tmp_path: Path) -> None:
    former = june()
    line = next(m for m in former["timeline"] if m["id"] == "rank_lists_due")
    now, line["when"] = line["when"], "2027-02-24"
    assert now == "2027-03-03"
    assert "3 March 2027 (before: 24 February 2027)" in told(guide_since(tmp_path, former))


def test_law_that_changed_and_law_that_was_looked_at_again(tmp_path: Path) -> None:
    former = june()
    law = former["kept"]["law"]
    first, second = sorted(law)[:2]
    law[first]["sum"] = "0" * 12
    law[second]["as_of"] = "2020-01-01"
    law["no-such-fact"] = {"as_of": "2020-01-01", "sum": "0"}
    guide = guide_since(tmp_path, former)
    said = told(guide)
    assert "has changed (" in said
    assert "was looked at again, and is the same (" in said
    assert "no-such-fact" not in said
    assert f"ev-{first}" in said, "it leads to its source"


def test_tasks_new_and_gone(tmp_path: Path) -> None:
    former = june()
    tasks = former["kept"]["tasks"]
    taken = tasks.pop(0)
    tasks.append({"id": "an-old-one", "text": "Buy a fax machine"})
    said = told(guide_since(tmp_path, former))
    new, _, gone = said.partition("Done or over")
    assert taken["text"].rstrip(".") in new
    assert "Buy a fax machine" in gone


def test_words_of_the_former_guide_are_mere_text(tmp_path: Path) -> None:
    former = june(phase="**x** <b>")
    former["combination"]["id"] = "zz+top"
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) {{ 7*7 }} [[entry-restrictions]]"
    former["kept"]["tasks"].append({"id": "bad", "text": hostile})
    guide = guide_since(tmp_path, former)
    block = next(b for b in guide.page("index").blocks if b.id == "changed")
    assert hostile in block.slots
    assert "alert(1)" not in block.template
    assert "**x**" not in block.template
    assert "zz+top" in block.slots


# ---- where OLD may lie


def test_a_folder_its_plan_and_a_single_file_say_the_same(tmp_path: Path) -> None:
    former = session_of("amara").guide
    folder, file, page = tmp_path / "june", tmp_path / "old.json", tmp_path / "june.html"
    folder.mkdir()
    (folder / PLAN).write_bytes(former.assets[PLAN])
    file.write_bytes(former.assets[PLAN])
    page.write_bytes(single(former, paths.TEMPLATES))
    me = PROFILES / "amara.yml"
    said = {told(Session(me, dt.date(2026, 11, 25), since=old).guide) for old in (folder, file, page)}
    assert len(said) == 1


def test_the_plan_in_a_single_file_is_inert(tmp_path: Path) -> None:
    bad = AMARA.replace("Dr. Mensah", "</script><script>alert(1)</script><!--")
    me = tmp_path / "me.yml"
    me.write_text(bad, encoding="utf-8")
    text = single(Session(me, dt.date(2026, 6, 15)).guide, paths.TEMPLATES).decode()
    inside = re.findall(r'<script type="application/json" id="plan">(.*?)</script>', text, re.DOTALL)
    assert len(inside) == 1
    assert "<" not in inside[0]
    assert "</script><script>alert(1)" in json.dumps(json.loads(inside[0]))


# ---- what is refused, exit 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"{}",
        b"[]",
        b"[" * 200_000,
        b'{"schema": 2}',
        b'{"schema": 1, "on": "2026-06-15"}',
        b"\xff\xfe\x00",
        b"9" * 10_000,
        b"<!doctype html><title>x</title>",
        b'<script type="application/json" id="plan">{"schema": 1}</script>',
    ],
)
def test_what_is_none_of_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes) -> None:
    old = tmp_path / "plan.json"
    old.write_bytes(data)
    said = refused(tmp_path, capsys, old)
    assert "plan.json" in said
    assert "Name a former guide of yours" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "change",
    [
        {"fees_usd": -1},
        {"fees_usd": "1"},
        {"on": "15 June"},
        {"phase": "x" * 41},
        {"timeline": [{"id": "a", "when": "2026-06"}] * 2_001},
        {"timeline": [{"id": "a", "when": "tomorrow"}]},
        {"kept": {}},
        {"schema": True},
    ],
)
def test_a_plan_that_is_not_as_we_write_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any]
) -> None:
    old = tmp_path / "plan.json"
    old.write_text(json.dumps(june(**change)), encoding="utf-8")
    said = refused(tmp_path, capsys, old)
    assert "is no plan that this matchguide wrote" in said
    assert next(iter(change)) in said


def test_twenty_megabytes_are_refused_unread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "plan.json"
    with old.open("wb") as handle:
        handle.truncate(20_000_001)
    assert "too large" in refused(tmp_path, capsys, old)


def test_folders_without_a_plan_sealed_ones_and_missing_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, sealed = tmp_path / "empty", tmp_path / "public"
    empty.mkdir()
    (sealed / "sealed").mkdir(parents=True)
    assert "holds no plan.json" in refused(tmp_path, capsys, empty)
    assert "is sealed with a password" in refused(tmp_path, capsys, sealed)
    assert "no such file" in refused(tmp_path, capsys, tmp_path / "nowhere.json")


def test_the_guide_of_somebody_else_and_one_of_a_later_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "plan.json"
    old.write_bytes(session_of("re-applicant").guide.assets[PLAN])
    assert "is the guide of somebody else" in refused(tmp_path, capsys, old)
    old.write_bytes(plan_of_june())
    assert "is of a later day (15 June 2026)" in refused(tmp_path, capsys, old, on="2026-05-01")


def test_the_id_decides_before_the_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    me, old = tmp_path / "me.yml", tmp_path / "plan.json"
    me.write_text("guide_id: a1234567\n" + AMARA, encoding="utf-8")
    old.write_bytes(Session(me, dt.date(2026, 6, 15)).guide.assets[PLAN])
    me.write_text("guide_id: a1234567\n" + AMARA.replace("Amara Silva", "Amara Perera"), encoding="utf-8")
    assert told(Session(me, dt.date(2026, 6, 15), since=old).guide), "a name may change"
    me.write_text("guide_id: b1234567\n" + AMARA, encoding="utf-8")
    assert "is the guide of somebody else" in refused(tmp_path, capsys, old)


def test_in_a_public_log_the_place_is_hidden(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "dr-silva.json"
    old.write_text("{}", encoding="utf-8")
    said = refused(tmp_path, capsys, old, "--redact")
    assert "dr-silva" not in said
    assert "--since" in said
    said = refused(tmp_path, capsys, tmp_path / "silva-nowhere.json", "--redact")
    assert "silva" not in said


# ---- the commands


def test_the_folder_it_replaces_may_be_the_former_guide(tmp_path: Path) -> None:
    out, page = tmp_path / "guide", tmp_path / "guide.html"
    me = str(PROFILES / "smallest.yml")
    assert main(["build", me, "-o", str(out), "--on", JUNE]) == 0
    assert main(["build", me, "-o", str(out), "--on", NOVEMBER, "--since", str(out), "--single", str(page)]) == 0
    for file in (out / "index.html", page):
        assert "What changed since 15 June 2026" in file.read_text(encoding="utf-8")
    assert json.loads((out / PLAN).read_text(encoding="utf-8"))["on"] == NOVEMBER


def test_a_sealed_site_holds_its_plan_inside_and_says_what_changed(tmp_path: Path) -> None:
    from matchguide.publish.seal import unseal
    from matchguide.publish.site import read_site

    old, password, out = tmp_path / "plan.json", tmp_path / "password", tmp_path / "public"
    old.write_bytes(session_of("smallest").guide.assets[PLAN])
    password.write_text("collage-clunky-blabber-drudge-seventeen-deserving", encoding="utf-8")
    me = str(PROFILES / "smallest.yml")
    command = ["publish", me, "-o", str(out), "--on", NOVEMBER, "--since", str(old)]
    assert main([*command, "--password-file", str(password)]) == 0
    files = unseal(read_site(out), "collage-clunky-blabber-drudge-seventeen-deserving")
    assert json.loads(files[PLAN])["on"] == NOVEMBER
    assert b"What changed since 15 June 2026" in files["index.html"]
    assert not list(out.rglob(PLAN))
