"""Puts into a wheel the fingerprint of the content and templates it is built from; the tests pass with this state."""

import runpy
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Stamp(BuildHookInterface):  # type: ignore[type-arg,misc]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.target_name != "wheel":
            return
        root = Path(self.root)
        package = root / "generator/matchguide"
        made = runpy.run_path(str(package / "checks/fingerprint.py"))
        self._folder = tempfile.TemporaryDirectory()
        stamp = Path(self._folder.name) / made["STAMP"]
        stamp.write_text(made["fingerprint"](package, root / "content", root / "templates"), encoding="ascii")
        build_data["force_include"][str(stamp)] = f"matchguide/_data/{made['STAMP']}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "_folder"):
            self._folder.cleanup()
