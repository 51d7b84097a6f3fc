"""The printing press: data and one fixed template in, the bytes of a PDF out. Nothing but fonts is read from disk."""

import datetime as dt
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

from matchguide.pdf.faces import Face

STANDARDS: list[Any] = ["1.7", "ua-1"]


def press(template: bytes, data: Any, fonts: Sequence[Face], on: dt.date) -> bytes:
    """A PDF 1.7 that is PDF/UA-1, the same bytes for the same input. Raises RuntimeError where Typst refuses or
    warns: both mean that the template, not the reader, is wrong."""
    files = {"main.typ": template, "data.json": json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()}
    # An empty folder as root and for packages: by default Typst may read the current folder and ask the network.
    with tempfile.TemporaryDirectory(prefix="matchguide-") as nowhere, tempfile.TemporaryDirectory() as shelf:
        folders = {folder for face in fonts if (folder := face.folder(Path(shelf)))}
        pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]  # the stub lacks in-memory files
            files,
            root=nowhere,
            package_path=nowhere,
            package_cache_path=nowhere,
            font_paths=typst.Fonts(
                include_system_fonts=False,
                include_embedded_fonts=any(face.known for face in fonts),
                font_paths=sorted(str(f) for f in folders),
            ),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int(dt.datetime.combine(on, dt.time(), dt.UTC).timestamp()),
        )
    if warnings:
        raise RuntimeError("; ".join(w.message for w in warnings))
    return bytes(pdf)
