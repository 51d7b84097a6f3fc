"""The profile to start from, in which every line says what it is for."""

import secrets

STARTER = """\
# yaml-language-server: $schema=profile.schema.json
# Your profile. Only `goal` is required. Leave out what you do not know or do not want to say: the guide then assumes
# something, tells you so, and names the line that would correct it. Nothing here leaves your computer
# unless you publish it.
version: 1
guide_id: {guide_id}  # drawn by chance: keeps your ticks and calendar dates apart from another guide's

goal:
  specialty: interventional-radiology
  # season: 2027               # the year of the Match
  # if_unmatched: must_start   # must_start | can_wait: may a year be risked?
  # couple: {specialty: psychiatry, status: non-us-img, together: required}
  #                            # only if you match as a couple: your partner's specialty and group;
  #                            # together: required (one place alone is of no use) | preferred

# applicant:
#   name: ""                   # printed on your guide; leave out for a guide without a name
#   status: non-us-img         # non-us-img | us-img
#   school_country: ""
#   graduated: 2022
#   trained:                   # residencies outside the US: finished, running, or left. Programs ask for all of them
#     - {specialty: diagnostic-radiology, country: "", started: 2020, completed: 2024}  # to come: it runs
#     - {specialty: other, country: "", started: 2018, left: 2019}   # left before its end

# us_training:                 # residencies in the US, now or before
#   - {specialty: preliminary-surgery, program: "", start: 2026-07, end: 2027-06, visa: j1, left: no}
#                              # visa: j1 | h1b | work permit | none; left: yes if you left before its end

# visa:
#   needs: j1                  # j1 | h1b | either | none
#   citizenships: [Sri Lanka]  # every passport you hold: some nationalities are restricted
#   birth_country: Sri Lanka
#   residence_country: Sri Lanka   # where you last lived as a permanent resident
#   ground: work permit        # why you need no visa: citizen | permanent resident | work permit | asylum | other
#   status_now: {kind: f1, until: 2027-05}   # what you hold in the US today: j1 research | j1 physician | j2 | f1 |
#                              # h1b | work permit | visitor | none (you are outside the US)
#   holds: []                  # green card | visa valid on 2026-01-01 | in the US on 2026-01-01 | in the US now

# exams:
#   step1: {result: pass, attempts: 1, date: 2023-05}   # pass | fail | not taken; score: 228 if it has a number
#   step2_ck: {score: 240s, attempts: 1, date: 2025-03} # 244, or a decade such as 240s, or: not taken;
#                              # result: pass alone, if you do not want to tell the score
#   step3: {result: not taken}
#   oet: not taken             # pass | fail | not taken; or with a day: {result: not taken, date: 2026-09-20}
#   ecfmg_certified: false

# backups:
#   open_to: []                # empty: all
#   ruled_out: []
#   enjoyment: {diagnostic-radiology: 5, internal-medicine: 3}   # 1-5: could you be happy there for good?

# priorities: {alignment: 3, realism: 3, visa: 3, satisfaction: 3, pathways_back: 3}   # 0-5

# experience:
#   us_clinical: [{specialty: interventional-radiology, kind: observership, weeks: 4, where: "", year: 2025}]
#   research: [{specialty: interventional-radiology, title: "", kind: case report, status: published}]
#   totals: {publications: 0, presentations: 0, abstracts: 0, work: 0, volunteer: 0}

# letters:
#   - {from: Dr. A, specialty: diagnostic-radiology, us: true, status: received, neutral_version: false}
#                              # status: received | promised | to ask

# stories:                     # used only where you say they fit
#   - {title: "", fits: [interventional-radiology, internal-medicine], text: ""}

# limits: {budget_usd: 4000}
# history: {previous_matches: 0, gaps: [{years: 2020-2021, because: ""}]}

# season_so_far:               # what has happened this season; the guide then follows it, not our advice
#   applied: {interventional-radiology: 28, diagnostic-radiology: 70}   # or: nothing; or: yes (number unknown)
#   registered: yes            # with NRMP
#   certified_list: no         # your rank list, with NRMP
#   result: first year only    # from Monday of Match Week on: matched | first year only | advanced only | not matched
#   place: {program: "", specialty: preliminary-surgery, start: pgy1}   # pgy1: first year | pgy2: second year
#                              # A result of an earlier Match goes to history: previous_matches.

# interviews: [{program: "", specialty: internal-medicine, date: 2026-11-30, liked: 4}]
# programs:                    # those you looked at yourself
#   - {name: "", specialty: internal-medicine, start: pgy1, j1: asked, non_us_imgs: seen, checked: 2026-08-01}
#                              # j1: yes | no | asked; non_us_imgs: seen | none seen | asked
#   - {name: "", specialty: diagnostic-radiology, start: pgy2, tie: I rotated there, signal: gold}
# programs_file: programs.csv  # or a table of them beside this file, .csv or .xlsx: one row for each program, and a
#                              # header such as: Program, Specialty, City, State, J1, H1B, Years limit, Tie
# rank_list:                   # in the order in which you want to go; first years under a place that starts later
#   - {program: "", first_years: [""]}
"""

_LETTERS, _DIGITS = "abcdefghjkmnpqrstuvwxyz", "23456789"


def new_id() -> str:
    """A guide_id, drawn by chance."""
    drawn = "-".join("".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(4)) for _ in range(3))
    return secrets.choice(_LETTERS) + drawn[1:]


def profile() -> str:
    """The profile to start from, with a guide_id of its own."""
    return STARTER.replace("{guide_id}", new_id(), 1)
