"""Expressions as English clauses, made from the expressions themselves."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jinja2 import Environment, nodes

from matchguide.content.goal import Goal
from matchguide.content.season import Season
from matchguide.content.store import Content
from matchguide.content.vocabulary import Vocabulary, Word
from matchguide.pages.cite import shown
from matchguide.pages.words import listed
from matchguide.profile.dates import dated

_ENV = Environment()
_SIZES = {
    "gteq": "{} or more",
    "lteq": "{} or less",
    "gt": "more than {}",
    "lt": "less than {}",
    "eq": "{}",
    "ne": "{}",
}
_THAN_VALUES = {**_SIZES, "gteq": "at least {}", "lteq": "at most {}"}
_DAYS = {
    "gteq": ("{} or later", "before {}"), "lt": ("before {}", "{} or later"),
    "gt": ("after {}", "{} or before"), "lteq": ("{} or before", "after {}"), "eq": ("{}", "not {}"),
}  # fmt: skip


@dataclass(frozen=True)
class English:
    """Says expressions of one goal; dates are those of a season."""

    goal: Goal
    content: Content
    words: Vocabulary
    season: Season

    def clause(self, expression: str) -> str:
        """A whole condition: "your Step 2 CK is 250 or more and you have not applied"."""
        tree = _ENV.parse("{{ " + expression + " }}").body[0]
        assert isinstance(tree, nodes.Output)
        return self._truth(tree.nodes[0], so=True)

    def value(self, expression: str) -> str:
        """A value that fills a sentence: "the number of your letters"; a condition is told with "whether"."""
        tree = _ENV.parse("{{ " + expression + " }}").body[0]
        assert isinstance(tree, nodes.Output)
        node = tree.nodes[0]
        word = self._word(node)
        if isinstance(node, nodes.Compare | nodes.And | nodes.Or | nodes.Not) or self._is_condition(node):
            return f"whether {self._truth(node, so=True)}"
        return self._value(node) if word is None or word.what else f"whether {self._truth(node, so=True)}"

    def name(self, specialty: str) -> str:
        """A specialty or trait, as it stands inside a sentence."""
        if specialty in self.words.traits:
            return self.words.traits[specialty]
        card = self.content.cards.get(specialty)
        return card.name.lower() if card else specialty

    def filled(self, says: str) -> str:
        """A sentence with its {numbers} filled in."""
        for name, number in self.goal.numbers.items():
            says = says.replace("{" + name + "}", shown(number.value))
        return says

    def event(self, id: str) -> str:
        """A date of the season."""
        event = self.season.event(id)
        return f"{event.shown or dated(event.when)} ({id.replace('_', ' ')})"

    # -- truths

    def _truth(self, node: nodes.Node, *, so: bool) -> str:
        if isinstance(node, nodes.Not):
            return self._truth(node.node, so=not so)
        if isinstance(node, nodes.And | nodes.Or):
            return self._joined(node, so=so)
        if isinstance(node, nodes.Const):
            return "in every case" if bool(node.value) == so else "never"
        if isinstance(node, nodes.Compare):
            return self._compared(node.expr, node.ops[0], so=so)
        if isinstance(node, nodes.Name) and node.name in self.goal.conditions:
            says = self.filled(self.goal.conditions[node.name].says)
            says = f"({says})" if not so or re.search(r",| or | and ", says) else says
            return says if so else f"not {says}"
        word = self._word(node)
        if word is None:
            return f"{self._value(node)} is {'' if so else 'not '}so"
        text = word.so if so else word.otherwise
        return (
            self._with_brackets(text, node) if text else f"{word.what} is {'known' if so else 'not known, or none'}"
        )

    def _joined(self, node: nodes.And | nodes.Or, *, so: bool) -> str:
        """Both sides, and those of the same joint inside them; another joint stands in brackets. Of what is not so,
        the joint turns: not (a and b) is not a, or not b."""
        joint = "and" if isinstance(node, nodes.And) == so else "or"
        parts = []
        for side in self._sides(node, type(node)):
            text = self._truth(side, so=so)
            inner = side.node if isinstance(side, nodes.Not) else side
            parts.append(f"({text})" if isinstance(inner, nodes.And | nodes.Or) else text)
        return f", {joint} ".join(parts) if len(parts) > 2 else f" {joint} ".join(parts)

    def _sides(self, node: nodes.Node, kind: type[nodes.Node]) -> Iterable[nodes.Node]:
        if isinstance(node, kind) and isinstance(node, nodes.And | nodes.Or):
            yield from self._sides(node.left, kind)
            yield from self._sides(node.right, kind)
        else:
            yield node

    def _compared(self, left: nodes.Expr, operand: nodes.Operand, *, so: bool) -> str:
        right = operand.expr
        so = so != (operand.op in ("ne", "notin"))
        op = {"ne": "eq", "notin": "in"}.get(operand.op, operand.op)
        if isinstance(left, nodes.Call) and (word := self._word(left)) and word.takes == "event":
            return self._day(left, op, right, so=so)
        if isinstance(right, nodes.Const) and isinstance(right.value, bool):
            return self._truth(left, so=so == right.value)
        if isinstance(right, nodes.Const) and right.value is None:
            return f"{self._value(left)} is {'not known, or none' if so else 'known'}"
        if op == "in" and isinstance(left, nodes.Const):
            return f"{self._value(right)} {'includes' if so else 'does not include'} {self._value(left)}"
        if op == "in":
            several = [self._value(x) for x in getattr(right, "items", [right])]
            return f"{self._value(left)} is {'' if so else 'not '}{listed(several, 'or')}"
        if op == "gt" and isinstance(right, nodes.Const) and right.value == 0:
            op, right = "gteq", nodes.Const(1)
        number = isinstance(right, nodes.Const) or (isinstance(right, nodes.Name) and right.name in self.goal.numbers)
        size = (_SIZES if number else _THAN_VALUES)[op].format(self._value(right))
        return f"{self._value(left)} is {'' if so else 'not '}{size}"

    def _day(self, left: nodes.Call, op: str, right: nodes.Expr, *, so: bool) -> str:
        """Days counted from a date: it is before it, on it, so many days after it."""
        event = self.event(str(getattr(left.args[0], "value", "")))
        if self._word(left) and getattr(left.node, "name", "") == "days_past":
            event = f"the latest possible day of {event}"
        after = self._number(right)
        if after is None:
            return f"it is {'' if so else 'not '}{_SIZES[op].format(self._value(right))} days after {event}"
        if after:
            event = f"{after} days after {event}" if after > 0 else f"{-after} days before {event}"
        return f"it is {_DAYS[op][0 if so else 1].format(event)}"

    def _number(self, node: nodes.Expr) -> int | None:
        if isinstance(node, nodes.Const) and isinstance(node.value, int):
            return node.value
        if isinstance(node, nodes.Neg):
            inner = self._number(node.node)
            return None if inner is None else -inner
        return self.goal.count(node.name) if isinstance(node, nodes.Name) and node.name in self.goal.numbers else None

    # -- values

    def _value(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Const):
            if not isinstance(node.value, str):
                return shown(node.value)
            return self.name(node.value) if node.value in self.content.cards else f"“{node.value}”"
        if isinstance(node, nodes.Name) and node.name in self.goal.numbers:
            return shown(self.goal.number(node.name))
        if isinstance(node, nodes.Add):
            return f"{self._value(node.left)} plus {self._value(node.right)}"
        if isinstance(node, nodes.Sub):
            return f"{self._value(node.left)} less {self._value(node.right)}"
        if isinstance(node, nodes.Mul):
            return f"{self._value(node.left)} times {self._value(node.right)}"
        if isinstance(node, nodes.Neg):
            return f"minus {self._value(node.node)}"
        word = self._word(node)
        if word and word.what:
            return self._with_brackets(word.what, node)
        return self._truth(node, so=True)

    def _word(self, node: nodes.Node) -> Word | None:
        if isinstance(node, nodes.Call):
            node = node.node
        return self.words.names.get(node.name) if isinstance(node, nodes.Name) else None

    def _is_condition(self, node: nodes.Node) -> bool:
        return isinstance(node, nodes.Name) and node.name in self.goal.conditions

    def _with_brackets(self, text: str, node: nodes.Node) -> str:
        if not isinstance(node, nodes.Call):
            return text
        word = self._word(node)
        given = [self._bracket(a) for a in node.args]
        if word and word.takes == "event":
            given = [self.event(str(getattr(a, "value", ""))) for a in node.args]
        if word and word.takes == "specialty and kind":
            return text.replace("{1}", given[0]).replace("{2}", listed(given[1:], "or"))
        return text.replace("{1}", listed(given, "or"))

    def _bracket(self, node: nodes.Expr) -> str:
        return self.name(str(node.value)) if isinstance(node, nodes.Const) else self._value(node)


def season_of(content: Content) -> Season:
    """The newest season that has a file: its dates stand in the document."""
    return content.seasons[max(year for year, season in content.seasons.items() if season.published)]
