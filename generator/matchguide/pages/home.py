"""What Home chooses and joins: its first sentence, a card for each place of the plan, what was assumed or watched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matchguide.content.store import Content
from matchguide.pages.chosen import Chosen
from matchguide.pages.happened import open_questions
from matchguide.pages.labels import Labels
from matchguide.pages.stand import Stand, stand
from matchguide.pages.why_each import WhyEach
from matchguide.pages.words import Words
from matchguide.plan.reasons import Reason
from matchguide.plan.situation import Situation
from matchguide.plan.types import Assumption, Because, LeftOut, Plan
from matchguide.profile.model import MARKS

ROLES = ("first", "close", "broad")
CHANGES_TOLD = 1  # the nearest; the others stand on Why
ALWAYS_SHOWN = "broad"  # also where it is empty
BETTER = ("within", "above", "around the beginning", "around the end")  # places of a score


def one_thing(plan: Plan, chosen: Chosen, lacking: Sequence[str]) -> str:
    """Why not this year; or what the first card says; or what to apply to and which letters are missing, with the
    doctors of the planned specialties of whom none is named."""
    if not plan.combination.specialties:
        return chosen.say("home-not-this-year", because=chosen.say(plan.combination.because[0]))
    if plan.first:
        return chosen.say(plan.first.say)
    return " ".join(
        (chosen.say("home-do"), chosen.say("home-gap"), chosen.say("home-gap-own", lacking=list(lacking)))
    ).strip()


@dataclass(frozen=True)
class RoleCard:
    """A place of the plan: its class of style, its specialty ("" where it is empty), what is said of it, and why."""

    role: str
    css: str
    specialty: str
    text: str


def role_cards(plan: Plan, content: Content, chosen: Chosen, why_each: Callable[[str], WhyEach]) -> list[RoleCard]:
    """The places of the plan in their order, each with what `why_each` has for a card; an empty close backup is left
    out, and an empty broad one under a first choice that is broad itself."""
    cards = []
    roles = plan.combination.roles
    for role in ROLES:
        specialty = roles.get(role)  # type: ignore[call-overload]
        count = plan.count(specialty) if specialty else None
        if count:
            text = chosen.say("home-card", planned=count.planned, fee=f"{count.fee_usd:,}", specialty=specialty)
            cards.append(RoleCard(role, f"card {role}", specialty, f"{text}\n\n{why_each(specialty).on_card}"))
        elif role == ALWAYS_SHOWN and roles["first"] not in content.with_trait("broad"):
            cards.append(RoleCard(role, f"card {role} empty", "", chosen.say("home-empty")))
    return cards


def no_way_back(plan: Plan, content: Content) -> str | None:
    """The broad specialty that stands alone in the plan, where no road leads from it back to image-guided work."""
    alone = broad_alone(plan, content)
    return alone if alone and not content.cards[alone].roads else None


def broad_alone(plan: Plan, content: Content) -> str:
    """The broad specialty that is all of the plan; "" where there is another or none."""
    planned = plan.combination.specialties
    return planned[0] if len(planned) == 1 and planned[0] in content.with_trait("broad") else ""


def mark_asked(plan: Plan, s: Situation, chosen: Chosen, outcomes: str) -> list[str]:
    """Asks for the mark of a broad specialty without one, in which the reader's score stands better than in the broad
    one that is planned, where it lies in the lowest quarter; nothing where there is none."""

    def standing(specialty: str) -> Stand:
        return stand(s, s.content.evidence, f"{outcomes}-{s.content.cards[specialty].short}")

    floor = next((x for x in reversed(plan.combination.specialties) if x in s.content.with_trait("broad")), None)
    if floor is None or not standing(floor).place.startswith("below"):
        return []
    if s.stated_enjoyment(floor) == max(MARKS):  # a new mark could only be as high, and would change nothing
        return []
    open_ones = (x for x in s.goal.table.broad_order if s.may_be_named(x) and s.stated_enjoyment(x) is None)
    fits = next((x for x in open_ones if x != floor and standing(x).place in BETTER), None)
    if fits is None:
        return []
    item = f"{outcomes}-{s.content.cards[fits].short}-ck"
    return [chosen.say("home-mark-asked", specialty=fits, floor=floor, item=item, yours=str(s.ck))]


def _names(unpaid: Reason, specialty: str) -> bool:
    """Whether a specialty is among what a limit does not pay for."""
    without = unpaid.values["without"]
    return isinstance(without, tuple) and specialty in without


def against_goal(plan: Plan, goal: str, content: Content) -> Because:
    """Why the goal is not in the plan: what speaks against the plans that are the goal and radiology."""
    if goal in plan.combination.specialties:
        return ()
    rejected = plan.combination.rejected
    unpaid = (r.because for r in rejected if r.because[0].id == "against-unpaid" and _names(r.because[0], goal))
    return next(unpaid, next((r.because for r in rejected if r.id in ("ir+dr", "ir+dr+im")), ()))


def weakest_point(plan: Plan, words: Words) -> str:
    """What an honest critic says of the reader, whatever is planned; of the plan too, where it is the next season's;
    else ""."""
    against = plan.combination.against
    of = ("reader", "plan") if plan.phase in ("unmatched", "next season") else ("reader",)
    return words.text(against) if against.values["of"] in of else ""


def against_too(plan: Plan, words: Words) -> str:
    """What the critic says second; "" where there is nothing, or where it is of applying, and applying is over."""
    too = plan.combination.against_too
    over = plan.phase == "ranking" and too is not None and too.values["of"] == "applying"
    return words.text(too) if too and not over else ""


def liked_more(plan: Plan, situation: Situation) -> LeftOut | None:
    """What the plan leaves out though the reader marks it above everything planned, or nothing broad is planned."""
    most = max(
        (situation.enjoyment(x) for x in plan.combination.specialties if x != situation.goal.specialty), default=0
    )
    left = next(iter(plan.combination.left_out), None)
    roles = plan.combination.roles
    nothing_broad = not roles.get("broad") and not situation.is_a(roles.get("first") or "", "broad")
    return left if left and (nothing_broad or situation.enjoyment(left.specialty) > most) else None


def marked_alike(plan: Plan, situation: Situation) -> list[LeftOut]:
    """The first that the plan leaves out, where it is marked high enough to be planned."""
    least = situation.goal.count("mark_planned")
    return [x for x in plan.combination.left_out[:1] if situation.enjoyment(x.specialty) >= least]


def assumed(plan: Plan, chosen: Chosen, labels: Labels, most: int) -> str:
    """How much was assumed or is asked, the first `most` by name."""
    planned = {f"backups.enjoyment.{x}" for x in plan.combination.specialties}  # what the plan turns on most
    first = sorted(plan.assumptions, key=lambda a: a.field not in planned)
    named = [
        chosen.say("assumed-of-the-limit") if a.why.id == "assume-budget" else labels.line(a.field)
        for a in first[:most]
    ]
    return chosen.say("home-assumed", assumptions=len(plan.assumptions), assumptions_named=most, named=named)


def unknown(
    plan: Plan,
    chosen: Chosen,
    labels: Labels,
    most: int,
    guessed: Sequence[object] = (),
    not_told: Sequence[object] = (),
) -> str:
    """What we would ask, the first `most` by name; and the programs whose start is our guess, or not told, while it
    matters."""
    asked = open_questions(plan)
    named = [_named(a, chosen, labels) for a in asked[:most]]
    assumed = [labels.line(a.field) for a in plan.assumptions if a.origin == "assumed"]
    said = chosen.say("later-unknown", questions=len(asked), questions_named=most, named=named, assumed=assumed)
    if plan.phase not in ("interviewing", "ranking"):
        return said
    starts = chosen.say("later-starts", guessed=list(guessed))
    untold = chosen.say("later-starts-not-told", guessed=list(not_told))
    return " ".join(x for x in (starts, untold, said) if x)


def _named(asked: Assumption, chosen: Chosen, labels: Labels) -> str:
    """A question by its field; where the field is filled and one word of it is doubted, by that word."""
    if asked.why.id != "ask-elective":
        return labels.line(asked.field)
    stay = asked.why.values
    return chosen.say("ask-elective-named", kind=stay["kind"], year=stay["year"])


@dataclass(frozen=True)
class Living:
    """How a specialty of the plan stands once applications are out: how many were sent and have invited, how many
    lines of the rank list it has, the reader's own mark, and whether they ruled it out, or could not bear it."""

    specialty: str
    sent: int
    met: int
    ranked: int
    mark: int | None
    ruled_out: bool
    never: bool


def living(plan: Plan, s: Situation) -> list[Living]:
    """Each specialty of the plan, in its order."""
    lines = list({x.program: x.specialty for x in plan.rank.lines}.values())
    return [
        Living(
            x,
            s.applied_to.get(x, 0),
            sum(i.specialty == x for i in s.profile.interviews),
            lines.count(x),
            s.stated_enjoyment(x),
            x in s.profile.backups.ruled_out,
            s.marked_never(x),
        )
        for x in plan.combination.specialties
    ]


def marked_elsewhere(plan: Plan, s: Situation, chosen: Chosen, *, trait: str = "") -> list[str]:
    """What the reader likes, or likes more than all that the season holds, and did not apply to, with the mark: all
    of it, or what has a `trait`."""
    held = {*plan.combination.specialties, *s.sought}

    def low(x: str) -> int:
        """The mark from which it is told: what is broad is set against what is broad."""
        rivals = [y for y in held if y != s.goal.specialty and (s.is_a(y, "broad") or not s.is_a(x, "broad"))]
        most = max((s.stated_enjoyment(y) or 0 for y in rivals), default=0)
        return min(s.goal.count("mark_liked"), max(s.goal.count("mark_planned"), most + 1))

    left = {*held, s.goal.specialty, *s.profile.backups.ruled_out}
    return [
        chosen.say("home-marked", specialty=x, liked=mark)
        for x, mark in s.profile.backups.enjoyment.items()
        if mark >= low(x)
        and x not in left
        and s.content.cards[x].kind == "backup"
        and (not trait or s.is_a(x, trait))
    ]


def liked_most(plan: Plan, s: Situation, chosen: Chosen) -> list[str]:
    """What the reader likes most, with the mark, where they applied, and to nothing that they like as much; where all
    that they applied to is marked too low to plan, what is not."""
    held = {*plan.combination.specialties, *s.sought}
    planned = s.goal.count("mark_planned")
    whole = (x for x in held if s.content.cards[x].kind != "first-year")
    low = all(s.stated_enjoyment(x) is not None and s.backup_marks.get(x, 0) < planned for x in whole)
    liked = s.liked_most_outside(held, "mark_planned" if low else "mark_liked") if s.sought else {}
    return [chosen.say("home-liked-most", specialty=x, liked=mark) for x, mark in liked.items()]


def sent_against_marks(plan: Plan, alive: Sequence[Living], s: Situation, chosen: Chosen) -> str:
    """Where most applications went to a specialty without a mark that plans it, and fewer to one liked; else ""."""
    sent = [x for x in alive if x.sent and x.specialty != s.goal.specialty]
    most = max(sent, key=lambda x: x.sent, default=None)
    best = max(sent, key=lambda x: x.mark or 0, default=None)
    if plan.phase not in ("late", "interviewing") or most is None or best is None:
        return ""
    liked = (best.mark or 0) >= s.goal.count("mark_liked")
    if not liked or (most.mark or 0) >= s.goal.count("mark_planned") or best.sent >= most.sent:
        return ""
    return chosen.say(
        "home-sent-against-marks",
        specialty=most.specialty,
        sent=most.sent,
        own=most.mark,
        best=best.specialty,
        best_sent=best.sent,
        liked=best.mark,
    )


def met_against_marks(alive: Sequence[Living], s: Situation, chosen: Chosen) -> list[str]:
    """What met the reader in a specialty that they marked too low to plan, or liked as little when they saw it: a
    line for each."""
    least = s.goal.count("mark_planned")
    out = []
    for x in alive:
        seen = [i.liked for i in s.profile.interviews if i.specialty == x.specialty]
        liked = [i for i in seen if i is not None]
        mark = x.mark if x.mark is not None else max(liked) if seen and len(liked) == len(seen) else least
        if x.met and not x.ranked and mark < least:
            out.append(chosen.say("home-met-against-mark", specialty=x.specialty, liked=mark, seen=x.mark is None))
    return out


def best_known(alive: Sequence[Living], s: Situation, outcomes: str) -> Living | None:
    """Of them the one of the first line of the rank list, else the one with the most lines, or interviews, where it
    is published how many programs people ranked."""
    item = f"{outcomes}-{{}}-ranks"
    has = s.content.evidence.has
    asked = [
        x
        for x in alive
        if (x.ranked or x.met)
        and has(item.format(s.content.cards[x.specialty].short) + ".matched.median")
        and has(item.format(s.content.cards[x.specialty].short) + ".not_matched.median")
    ]
    first = next((s.specialty_of(x.program) for x in s.profile.rank_list), None)
    return max(asked, key=lambda x: (x.specialty == first, x.ranked or x.met), default=None)


def how_sure(alive: Sequence[Living], s: Situation, chosen: Chosen, outcomes: str) -> str:
    """How sure the season's outcome is, by the reader's own interviews beside what is published; no chance."""
    best = best_known(alive, s, outcomes)
    short = s.content.cards[best.specialty].short if best else ""
    return chosen.on_page(
        "home-how-sure",
        best=bool(best),
        item=f"{outcomes}-{short}-ranks",
        specialty=best.specialty if best else "",
        met=best.met if best else 0,
        ranked=best.ranked if best else 0,
    )


def silent(alive: Sequence[Living], words: Words) -> list[str]:
    """What was applied to and has not invited the reader, but for what they could not bear."""
    mine = (x for x in alive if x.sent and not x.met and not x.ruled_out and not x.never)
    return [words.name(x.specialty).lower() for x in mine]


def what_would_change(plan: Plan, alive: Sequence[Living], chosen: Chosen, words: Words) -> str:
    """What would change what the guide advises now."""
    return chosen.on_page(
        "home-would-change",
        silent=silent(alive, words),
        changes=[_inside(chosen.say(r)) for r in _soon(plan)[:CHANGES_TOLD]],
    )


def changes(plan: Plan) -> list[Reason]:
    """What would change the plan, besides the visa."""
    return [r for r in plan.combination.changes_if if r.id != "flip-visa"]


def first_change(plan: Plan, chosen: Chosen) -> str:
    """The first of them, as the end of a sentence."""
    return _inside(next((chosen.say(r) for r in _soon(plan)), ""))


def _soon(plan: Plan) -> list[Reason]:
    """Those that can still come about before applications go out."""
    return [r for r in changes(plan) if not r.values["later"]]


def _inside(said: str) -> str:
    """A sentence as it stands behind other words."""
    return said[:1].lower() + said[1:]
