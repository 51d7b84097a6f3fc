"""The sizes of paper a workbook is made for."""

from matchguide.mistakes import mistake, suggestion

PAPERS = {"letter": "us-letter", "a4": "a4"}


def paper_size(name: str) -> str:
    """Typst's name of a size. Raises MistakesFound for one that is none of ours."""
    if name not in PAPERS:
        help = suggestion(name, PAPERS) or f"Write one of: {', '.join(PAPERS)}"
        raise mistake("--paper", "is not a paper size.", found=name, allowed=help)
    return PAPERS[name]
