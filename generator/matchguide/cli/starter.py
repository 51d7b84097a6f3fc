"""What `matchguide init` writes: a profile in which every line says what it is for."""

import secrets

_PROFILE = """\
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

# applicant:
#   name: ""                   # printed on your guide; leave out for a guide without a name
#   status: non-us-img         # non-us-img | us-img
#   school_country: ""
#   graduated: 2022
#   trained: [{specialty: diagnostic-radiology, country: "", completed: 2024}]   # residencies finished abroad

# visa:
#   needs: j1                  # j1 | h1b | either | none
#   citizenships: [Sri Lanka]  # every passport you hold: some nationalities are restricted
#   birth_country: Sri Lanka
#   residence_country: Sri Lanka   # where you last lived as a permanent resident
#   holds: []                  # green card | visa valid on 2026-01-01 | in the US on 2026-01-01 | in the US now

# exams:
#   step1: {result: pass, attempts: 1, date: 2023-05}   # pass | fail | not taken
#   step2_ck: {score: 240s, attempts: 1, date: 2025-03} # 244, or a decade such as 240s, or: not taken
#   step3: {result: not taken}
#   oet: not taken             # pass | fail | not taken
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
# interviews: [{program: "", specialty: internal-medicine, date: 2026-11-30, liked: 4}]
# programs: [{name: "", specialty: internal-medicine, start: pgy1, j1: asked, non_us_imgs: seen, checked: 2026-08-01}]
# rank_list: [{program: "", first_years: []}]
"""

_LETTERS, _DIGITS = "abcdefghjkmnpqrstuvwxyz", "23456789"


def profile() -> str:
    """The profile to start from, with a guide_id of its own."""
    drawn = "-".join("".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(4)) for _ in range(3))
    return _PROFILE.replace("{guide_id}", secrets.choice(_LETTERS) + drawn[1:], 1)


MKDOCS = """\
# `mkdocs serve` and `mkdocs build` work here too. The plugin brings the pages, the look and the search settings.
site_name: Your Match guide
docs_dir: extra
use_directory_urls: false
theme: {name: material, language: en, font: false}
plugins:
  - search
  - matchguide: {profile: profile.yml}
  - offline
"""

GITIGNORE = """\
# Scores and visa status: keep the profile out of any repository that is not private.
profile.yml
guide/
site/
public/
profile.pdf
guide.html
.*.matchguide-*
"""
