"""However the signs of Markdown and HTML are put together in a content file, what comes out has no attribute and no
address but those of the guide."""

import random
import re

import pytest
from lxml import html

from matchguide.content.inert import inert, link_to
from matchguide.render.markdown import new_markdown

pytestmark = pytest.mark.fast

PIECES = [
    *"[]()<>{}:!`*_#|\\&\"' \n\t",
    *("\n\n", "    ", "x", "``", "~~~", "```", "```python", "> ", "- ", "1. ", "---", '!!! note "x"', "\u2028"),
    *("javascript:alert(1)", "http://e.x", "//e.x", "data:text/html,x", "https://ok.example/a", "index.md"),
    *('onclick="a"', "{: onclick=a}", "{onclick=a}", "```{: onclick=a}", "&lt;", "&#60;", "<a href=javascript:1>"),
    *("[r]", "[r]: ", "](", "]:", "![", "[[x|y]]", "[[charting.a|w]]", "\\[", "\\]", "\\("),
]
SAFE = re.compile(r"https://ok\.example/a|index\.md")


def test_four_thousand_drawn_texts() -> None:
    drawn, converter = random.Random(3), new_markdown()
    for _ in range(4000):
        text = "".join(drawn.choice(PIECES) for _ in range(drawn.randrange(2, 14)))
        tree = html.fragment_fromstring(converter.reset().convert(inert(text) + "\n\nend"), create_parent=True)
        for element in tree.iter():
            assert isinstance(element.tag, str), text
            for name, value in element.attrib.items():
                aligned = element.tag in ("td", "th") and name == "style" and "text-align" in str(value)
                linked = name == "href" and SAFE.fullmatch(str(value))
                assert aligned or linked or name in ("id", "class", "start"), (text, name, value)


def test_twice_is_as_once() -> None:
    drawn = random.Random(5)
    for _ in range(500):
        text = "".join(drawn.choice(PIECES) for _ in range(8))
        assert inert(inert(text)) == inert(text)


def test_an_address_that_is_not_https_is_no_link() -> None:
    assert link_to("https://x.org/a(b)", "Words") == "[Words](https://x.org/a(b))"
    for address in (
        "http://x.org",
        "javascript:alert(1)",
        "https://x.org/ onclick",
        "https://x.org/)[y](javascript:1",
    ):
        assert link_to(address, "Words [x]").startswith("Words (x) (`")
