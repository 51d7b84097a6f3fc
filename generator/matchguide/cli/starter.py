"""What `matchguide init` writes beside the profile."""

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
programs.csv
programs.xlsx
guide/
site/
public/
profile.pdf
guide.html
.*.matchguide-*
"""
