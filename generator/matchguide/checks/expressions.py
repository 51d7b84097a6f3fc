"""What is wrong inside an expression that parses: words in brackets, words it compares with, names that are not known
yet where it is asked."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from jinja2 import Environment, nodes

from matchguide.checks.names import Names, Wrong, unknown
from matchguide.content import expressions
from matchguide.content.vocabulary import Word

_parsed = lru_cache(maxsize=1000)(Environment().parse)

CHOICE = frozenset(
    {
        "first",
        "close",
        "broad",
        "short_of_broad",
        "low_in",
        "short_of_low_in",
        "low_both_in",
        "unseen_floor",
        "short_of_low_both_in",
        "chosen",
        "audiences",
    }
)
PLANNED = CHOICE | {
    "from_what", "counting", "visa_closed", "on_j1", "restriction", "hold", "citizenship_known", "needs_us_stays",
    "combination", "ir_level", "first_years_needed", "in_plan", "letters_missing",
    "second_versions",
}  # fmt: skip
_CHOSEN = CHOICE | {"visa_closed", "on_j1", "from_what"}
# What a file (and a part of it) may ask besides the profile, because the plan has got so far.
KNOWN_BY_THEN: Mapping[str, frozenset[str]] = {
    "standing.levels": frozenset({"points_met", "points_unknown"}),
    "standing": frozenset(),
    "gates": frozenset(),
    "table.rows": frozenset(),
    "table": _CHOSEN,
    "against": _CHOSEN | {"specialty", "short"},
    "changes": frozenset(),
    "counts": CHOICE | {"specialty", "short", "ck_item", "matched_median", "matched_q3"},
    "first-years": CHOICE | {"advanced_planned"},
    "budget": CHOICE | {"first_years_useless"},
    "signals": CHOICE | {"group", "goal_group", "total", "sent_to", "shared_with_goal", "gold_goal", "gold_rest",
                         "silver_goal", "silver_rest"},
    "phases": frozenset(),
    "cohort": PLANNED | {"over_budget"},
}  # fmt: skip
NOT_ASKED: Mapping[str, frozenset[str]] = {"standing": frozenset({"level"}), "phases": frozenset({"phase"})}
ADDED = PLANNED.union(*KNOWN_BY_THEN.values())


def problems(
    text: str,
    names: Names,
    words: Mapping[str, Word],
    conditions: Mapping[str, str],
    numbers: frozenset[str],
    place: str,
    more: Mapping[str, expressions.Kind] = MappingProxyType({}),
) -> list[Wrong]:
    """All that is wrong with an expression. `conditions` maps names to expressions; `place` is the file's stem, and
    the part of it where that matters (standing.levels); "" for what is asked once the plan stands. `more` are names
    that are known besides, with what they hold."""
    known: dict[str, expressions.Kind] = {
        **dict.fromkeys(numbers, "number"),
        **dict.fromkeys(conditions, "truth"),
        **more,
    }
    wrong = expressions.problem(text, known)
    if wrong:
        return [(f"{wrong}.", "")]
    tree = _parsed("{{ " + text + " }}")
    out = list(_inside(tree, names, words))
    if place != "conditions":
        out += _too_early(text, place, conditions, frozenset(more))
    return out


def closure(text: str, conditions: Mapping[str, str], above: tuple[str, ...] = ()) -> Iterator[str]:
    """The names an expression uses, itself or by conditions. Raises NotAnExpression; RecursionError where a
    condition asks for itself."""
    for name in expressions.names_in(text):
        if name in above:
            raise RecursionError(" -> ".join((*above, name)))
        yield name
        if name in conditions:
            yield from closure(conditions[name], conditions, (*above, name))


def _too_early(text: str, place: str, conditions: Mapping[str, str], given: frozenset[str]) -> list[Wrong]:
    by_then = KNOWN_BY_THEN.get(place, KNOWN_BY_THEN.get(place.partition(".")[0], PLANNED))
    never = NOT_ASKED.get(place.partition(".")[0], frozenset())
    try:
        used = dict.fromkeys(closure(text, conditions))
    except (expressions.NotAnExpression, RecursionError):
        return []  # told at the condition
    early = [n for n in used if n not in given and ((n in ADDED and n not in by_then) or n in never)]
    return [(f"asks {n}, which is not known yet when this is decided.", "") for n in early]


def _inside(tree: nodes.Node, names: Names, words: Mapping[str, Word]) -> Iterator[Wrong]:
    called = set()
    for call in tree.find_all(nodes.Call):
        called.add(id(call.node))
        if isinstance(call.node, nodes.Name):
            yield from _arguments(call.node.name, call.args, names, words)
    for name in tree.find_all(nodes.Name):
        word = words.get(name.name)
        if word and word.takes and id(name) not in called:
            yield f"uses {name.name} without brackets.", f'Write {name.name}("...").'
    for compare in tree.find_all(nodes.Compare):
        sides = [compare.expr, *(o.expr for o in compare.ops)]
        for i, operand in enumerate(compare.ops):
            yield from _compared(sides[i], operand, names, words)
    for node in tree.find_all((nodes.And, nodes.Or, nodes.Not)):
        for side in node.iter_child_nodes():
            if isinstance(side, nodes.Const) and not isinstance(side.value, bool):
                yield f"takes {side.value!r} for a truth.", ""


def _arguments(name: str, given: list[nodes.Expr], names: Names, words: Mapping[str, Word]) -> Iterator[Wrong]:
    word = words.get(name)
    if word is None or word.takes is None:
        yield f"puts brackets after {name}, which takes none.", ""
        return
    kinds = {
        "specialty": ["specialty"], "event": ["event"], "kind": ["kind"] * len(given),
        "specialty and kind": ["specialty", *["kind"] * max(1, len(given) - 1)],
    }[word.takes]  # fmt: skip
    if len(given) != len(kinds) or (word.takes == "kind" and not given):
        yield f"gives {name} {len(given)} words in brackets, and {len(kinds) or 1} are due.", ""
        return
    for kind, argument in zip(kinds, given, strict=True):
        if isinstance(argument, nodes.Const):
            wrong = names.wrong(kind, str(argument.value))
            if wrong:
                yield f"asks {name} of {argument.value}, which {wrong[0]}", wrong[1]
        elif not (isinstance(argument, nodes.Name) and (w := words.get(argument.name)) and w.values == "specialty"):
            yield f"gives {name} something that is no {kind}.", ""


def _compared(left: nodes.Expr, operand: nodes.Operand, names: Names, words: Mapping[str, Word]) -> Iterator[Wrong]:
    for one, other in ((left, operand.expr), (operand.expr, left)):
        name = one.name if isinstance(one, nodes.Name) else ""
        if isinstance(one, nodes.Call) and isinstance(one.node, nodes.Name):
            name = one.node.name
        word = words.get(name)
        if word is None:
            continue
        given = [c.value for c in [other, *other.find_all(nodes.Const)] if isinstance(c, nodes.Const)]
        texts = [g for g in given if isinstance(g, str)]
        if isinstance(other, nodes.Call):
            continue
        allowed = _values(word, names)
        for text in texts:
            if not allowed:
                yield f"compares {name} with {text!r}, and it is no word.", ""
            elif not _among(text, allowed, word):
                problem, help = unknown(text, sorted(allowed), f"what {name} can be", "")
                yield f"compares {name} with {text}, which {problem}", help
        ordered = operand.op in ("lt", "gt", "lteq", "gteq")
        if (ordered or any(type(g) in (int, float) for g in given)) and (allowed or not word.what):
            yield f"compares {name} by size, and it is no number.", ""


def _values(word: Word, names: Names) -> frozenset[str]:
    if isinstance(word.values, tuple):
        return frozenset(word.values)
    listed = {"specialty": names.specialties, "signals": names.groups, "combination": names.combinations}
    return frozenset(listed[word.values]) if word.values else frozenset()


def _among(text: str, allowed: frozenset[str], word: Word) -> bool:
    if word.values == "combination":
        return text in ("not-this-year", "+") or set(text.split("+")) <= allowed
    return text in allowed
