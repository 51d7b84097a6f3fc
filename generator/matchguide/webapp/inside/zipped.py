"""A site as one file to take along."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping


def zipped(files: Mapping[str, bytes], on: dt.date) -> bytes:
    """The files in a ZIP, dated with the guide's own day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(path, (on.year, on.month, on.day, 0, 0, 0)), files[path])
    return out.getvalue()
