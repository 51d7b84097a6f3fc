"""What several tests of cohorts share: profiles on a disk, the command, and what it wrote."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from github_pages import files_of
from matchguide.cli.main import main

ON = "2026-06-15"
IR = "interventional-radiology"


def written(folder: Path, people: Mapping[str, Any]) -> Path:
    """A folder of profiles: a name for each, and its data (or text as it is)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in people.items():
        text = data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def person(name: str = "", **more: Any) -> dict[str, Any]:
    """A small profile."""
    data: dict[str, Any] = {"goal": {"specialty": IR, "season": 2027}}
    if name:
        data["applicant"] = {"name": name}
    return {**data, **more}


def marked(n: int) -> dict[str, Any]:
    """A marker wherever a profile takes words."""
    mark = f"MARKER{n:04}X"
    return person(
        f"Name {mark}",
        letters=[{"from": f"Dr. {mark}", "specialty": "diagnostic-radiology", "us": True, "status": "received"}],
        stories=[{"title": f"Story {mark}", "fits": [IR, "internal-medicine"], "text": f"Text {mark}"}],
        experience={
            "us_clinical": [
                {"specialty": IR, "kind": "observership", "weeks": 4, "where": f"Hospital {mark}", "year": 2025}
            ],
            "research": [{"specialty": IR, "title": f"Title {mark}"}],
        },
        programs=[{"name": f"Program {mark}", "specialty": IR, "tie": f"Tie {mark}"}],
        history={"gaps": [{"years": "2020-2021", "because": f"Because {mark}"}]},
    )


def cohort(*arguments: object, on: str = ON, jobs: int = 1) -> int:
    """The exit code of the command."""
    return main(["cohort", *map(str, arguments), "--on", on, "--jobs", str(jobs)])


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def folders(out: Path) -> dict[str, Path]:
    """The folder of each person, by the name of the profile."""
    return {Path(row["file"]).name: out / row["folder"] for row in rows(out / "people.csv")}


def contents(folder: Path) -> dict[str, bytes]:
    return files_of(folder)
