"""The theme's pages without the blanks that nobody sees: between two words, elements or signs nothing is lost."""

import re
from pathlib import Path

import pytest
from jinja2 import BaseLoader, DictLoader, Environment

from examples import session_of
from matchguide.site import plugin
from matchguide.site.build import site_files
from matchguide.site.theme import Lean, lean


def one_blank_each(page: bytes) -> str:
    return re.sub(r"\s+", " ", page.decode()).strip()


@pytest.mark.parametrize("name", ["amara", "smallest"])
def test_pages_show_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = session_of(name).guide
    ours = site_files(guide)

    def as_it_is(loader: BaseLoader) -> BaseLoader:
        return loader

    monkeypatch.setattr(plugin, "Lean", as_it_is)
    whole = site_files(guide)
    assert ours.keys() == whole.keys()
    for path in ours:
        if Path(path).suffix == ".html":
            assert one_blank_each(ours[path]) == one_blank_each(whole[path]), path
            assert len(ours[path]) < len(whole[path]) - 3_000, path
        else:
            assert ours[path] == whole[path], path


def test_where_blanks_are_seen_they_stay() -> None:
    source = "  <pre>\n    a\n\n      b\n  </pre>\n"
    assert lean(source) == source


def test_what_is_put_in_stays_as_it_is() -> None:
    env = Environment(
        loader=Lean(DictLoader({"page.html": "<div>\n    {% if text %}\n      {{ text }}\n    {% endif %}\n</div>"}))
    )
    text = "<pre>\n    a\n\n    b</pre>"
    assert env.get_template("page.html").render(text=text) == f"<div>\n{text}\n</div>"


def test_two_words_stay_two() -> None:
    source = "one\n  {% if true %}\n    two\n  {% endif %}\n  {% include 'three.html' %}\n  four"
    env = Environment(loader=Lean(DictLoader({"page.html": source, "three.html": "  three\n"})))
    assert env.get_template("page.html").render().split() == ["one", "two", "three", "four"]
