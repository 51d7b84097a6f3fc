"""The command `matchguide`. Exit 0 done, 2 a mistake of the reader's (told with its place), 1 ours."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from matchguide.cli.ending import Ended, ended_like_ctrl_c
from matchguide.cli.redaction import fault, redacted, told_whole
from matchguide.mistakes import MistakesFound


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="matchguide", description="Builds one physician's own guide to the Match from one YAML file."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, help: str, *, profile: bool = True) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help, description=help)
        if profile:
            command.add_argument("profile", type=Path, metavar="PROFILE", help="the YAML file about you")
        command.add_argument("--on", metavar="DATE", help="plan for this day, such as 2026-06-15 (else today)")
        command.add_argument("--redact", action="store_true", help="show nothing of the profile in messages")
        return command

    init = add("init", "Write a profile to start from, with all that a new folder needs.", profile=False)
    init.add_argument("folder", type=Path, metavar="DIR")
    check = add("check", "Check profiles: every mistake with its file, line and field.", profile=False)
    check.add_argument("profiles", type=Path, nargs="*", metavar="PROFILE")
    check.add_argument("--content", action="store_true", help="check all of content/ and templates/")
    check.add_argument("--names", action="store_true", help="with --content: what may be used there")
    build = add("build", "Build the guide as a folder (and with --single as one file).")
    build.add_argument("-o", "--output", type=Path, default=Path("guide"), metavar="DIR", help="(guide)")
    build.add_argument("--single", type=Path, metavar="FILE", help="also write the whole guide as one HTML file")
    pdf = add("pdf", "Print the guide as a workbook on paper (PDF).")
    pdf.add_argument("-o", "--output", type=Path, metavar="FILE", help="(the profile's name, ending in .pdf)")
    pdf.add_argument("--paper", default="letter", metavar="SIZE", help="letter or a4 (letter)")
    serve = add("serve", "Show the guide on this computer and rebuild it when the profile changes.")
    serve.add_argument("--port", type=_port, default=8000, metavar="N", help="(8000)")
    plan = add("plan", "Print the plan.")
    plan.add_argument("--json", action="store_true", help="as JSON, for other programs")
    programs = add("programs", "Judge the programs you list, and write them to go on working in.")
    programs.add_argument("-o", "--output", type=Path, metavar="FILE", help="a new .csv or .xlsx")
    decisions = add("decisions", "Print the rules of a goal, for an advisor to read and correct.", profile=False)
    decisions.add_argument(
        "goal", nargs="?", default="interventional-radiology", metavar="GOAL", help="(%(default)s)"
    )
    add("schema", "Print the JSON Schema of the profile, for editors.", profile=False)
    eject = add("eject", "Write the guide as a plain MkDocs project that needs nothing of ours.")
    eject.add_argument("folder", type=Path, metavar="DIR")
    publish = add("publish", "Seal the guide with a password, for the open web.")
    publish.allow_abbrev = False  # or `--password SECRET` would be taken for --password-file
    publish.add_argument("-o", "--output", type=Path, metavar="DIR", help="(public; none with --single alone)")
    publish.add_argument("--single", type=Path, metavar="FILE", help="one sealed HTML file, for a zip or a mail")
    publish.add_argument(
        "--password-file", type=Path, metavar="FILE", help="else MATCHGUIDE_PASSWORD, else you are asked"
    )
    publish.add_argument(
        "--site", metavar="NAME", help="a name of the place: published again there, no reader is asked anew"
    )
    publish.add_argument("--open", action="store_true", help="without a password: readable by everyone")
    cohort = add("cohort", "Build the guides of many people, and one page for their advisor.", profile=False)
    cohort.add_argument("profiles", type=Path, nargs="*", metavar="PROFILE|DIR", help="profiles, or folders of them")
    cohort.add_argument("-o", "--output", type=Path, default=Path("cohort"), metavar="DIR", help="(cohort)")
    cohort.add_argument("--jobs", type=_count, metavar="N", help="processes side by side (one for each core)")
    cohort.add_argument(
        "--shard", type=_shard, default=(1, 1), metavar="K/N", help="only the Kth of N parts, for many machines"
    )
    cohort.add_argument(
        "--seal", type=Path, metavar="FILE.csv", help="also a sealed site a person; the passphrases go to this file"
    )
    cohort.add_argument("--single", action="store_true", help="also the whole guide as one HTML file a person")
    cohort.add_argument("--pdf", action="store_true", help="with the workbook (PDF) in each guide")
    cohort.add_argument("--paper", metavar="SIZE", help="with --pdf: letter or a4 (letter)")
    cohort.add_argument("--whole", action="store_true", help="no file on the disk is shared between guides")
    cohort.add_argument("--names", action="store_true", help="the advisor's page shows the names in the profiles")
    cohort.add_argument("--mentor", metavar="PERSON", help="a copy for a mentor or letter writer of one person")
    cohort.add_argument("--forget", metavar="PERSON", help="take away whatever was made of one person")
    webapp = add("webapp", "Write the app: a static page that asks, plans and builds in the browser.", profile=False)
    webapp.add_argument("-o", "--output", type=Path, default=Path("app"), metavar="DIR", help="(app)")
    for site in (build, publish):
        site.add_argument(
            "--since", type=Path, metavar="OLD", help="a former guide (folder, plan.json, single file): what changed"
        )
        site.add_argument("--pdf", action="store_true", help="offer the workbook (PDF) as a download on the site")
        site.add_argument("--paper", metavar="SIZE", help="with --pdf: letter or a4 (letter)")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns the exit code."""
    _write_utf8()
    args = _parser().parse_args(arguments)
    try:
        with ended_like_ctrl_c():
            code = _run(args)
            sys.stdout.flush()
            return code
    except MistakesFound as error:
        print(error.text(redact=redacted(args)), file=sys.stderr)
        return 2
    except KeyboardInterrupt as end:
        print("Stopped. Your last guide is whole.", file=sys.stderr)
        return 128 + (end.signal if isinstance(end, Ended) else 2)
    except BrokenPipeError:
        _no_more_output()
        return 0
    except OSError as error:
        _no_more_output()
        place = "" if redacted(args) or error.filename is None else f"{error.filename}: "
        print(f"{place}the system refused ({error.strerror or type(error).__name__}).", file=sys.stderr)
        return 2
    except Exception as error:
        if not redacted(args):
            sys.excepthook = told_whole
            raise
        print(fault(error), file=sys.stderr)
        return 1


def _write_utf8() -> None:
    """Output is UTF-8 on every system, also into a file; odd bytes of a file's name come out as they are."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _count(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) <= 256):
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes: write a number from 1 to 256")
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    part, _, of = text.partition("/")
    if not (part.isdecimal() and of.isdecimal() and 0 < int(part) <= int(of) <= 10_000):
        raise argparse.ArgumentTypeError(f"{text} is no part: write 1/4 for the first of four")
    return int(part), int(of)


def _port(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text} is not a port: write a number from 1 to 65535, such as 8000")
    return int(text)


def _no_more_output() -> None:
    """What could not be written is not tried again when Python ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(args: argparse.Namespace) -> int:
    # Each command is imported when it is asked for: `check` must start without MkDocs.
    module = importlib.import_module(f"matchguide.cli.{args.command}")
    return int(module.run(args))


if __name__ == "__main__":
    sys.exit(main())
