"""`matchguide plan PROFILE`: the plan in a few lines, or whole as JSON."""

import argparse
import json
import re

from matchguide.day import the_day
from matchguide.pages.jsonform import as_json
from matchguide.pages.words import counted
from matchguide.profile.dates import dated
from matchguide.render.plaintext import visible
from matchguide.session import Session


def run(args: argparse.Namespace) -> int:
    """Prints the plan of a profile, as text or JSON. 0; raises MistakesFound."""
    session = Session(args.profile, the_day(args.on))
    plan, words = session.plan, session.words
    if args.json:
        text = json.dumps(as_json(plan, session.profile, words), ensure_ascii=False, indent=1)
        # A terminal obeys these, and JSON may hold them as they are.
        print(re.sub("[\x7f-\x9f]", lambda hit: f"\\u{ord(hit[0]):04x}", text))
        return 0
    print(f"Match {plan.season}, {plan.on.isoformat()}, {plan.stage}")
    print(words.combination(plan.combination.id))
    for reason in plan.combination.because:
        print(f"  {visible(words.plain(reason))}")
    for a in plan.applications:
        print(f"  {words.name(a.specialty)}: {counted(a.planned, 'program')}, ${a.fee_usd:,}")
    if plan.counting:
        print(f"  ERAS program fees: at most ${plan.fees_usd:,}")
    missing = {
        (m.by.last, dated(m.by), words.name(m.specialty))
        for x in plan.letters
        for m in x.missing
        if m.specialty not in ("other", "another")
    }
    for _, by, name in sorted(missing):
        print(f"  Letter missing: {name}, ask by {by}")
    return 0
