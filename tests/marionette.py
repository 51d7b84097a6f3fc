"""Firefox without another program: its own remote protocol (Marionette), as far as the tests need it."""

import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

_SETTINGS = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.normandy.enabled": False,
    "services.settings.server": "",
    "signon.rememberSignons": False,
    "browser.download.useDownloadDir": True,
    "browser.download.folderList": 2,
}


class Failed(Exception):
    """Firefox refused a command."""


class Firefox:
    """`with Firefox(program, home) as firefox:` runs one headless Firefox with a new profile below `home`."""

    def __init__(self, program: str, home: Path) -> None:
        self._home, self.downloads = home / "profile", home / "downloads"
        self._home.mkdir(parents=True)
        self.downloads.mkdir()
        settings = {**_SETTINGS, "browser.download.dir": str(self.downloads)}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items())
        (self._home / "user.js").write_text("\n".join(lines))
        how = ("--headless", "--no-remote", "--marionette", "--remote-allow-system-access")
        self._process = subprocess.Popen(
            [program, *how, "--profile", str(self._home)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._count = 0

    def __enter__(self) -> "Firefox":
        port = self._home / "MarionetteActivePort"
        self.until(lambda: port.exists() and port.read_text().strip(), 60, "Firefox does not start")
        self._socket = socket.create_connection(("127.0.0.1", int(port.read_text())), timeout=60)
        self._receive()
        self("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": False}})
        return self

    def __exit__(self, *error: object) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(30)

    @staticmethod
    def until(found: Any, seconds: float, what: str) -> Any:
        late = time.monotonic() + seconds
        while not (hit := found()):
            if time.monotonic() > late:
                raise Failed(what)
            time.sleep(0.05)
        return hit

    def _receive(self) -> Any:
        def exactly(size: int) -> bytes:
            data = b""
            while len(data) < size:
                piece = self._socket.recv(size - len(data))
                if not piece:
                    raise Failed("Firefox has gone")
                data += piece
            return data

        digits = b""
        while (digit := exactly(1)) != b":":
            digits += digit
        return json.loads(exactly(int(digits)))

    def __call__(self, command: str, **fields: Any) -> Any:
        self._count += 1
        data = json.dumps([0, self._count, command, fields]).encode()
        self._socket.sendall(f"{len(data)}:".encode() + data)
        _, _, error, result = self._receive()
        if error:
            raise Failed(f"{command}: {error['error']}: {error['message']}")
        return result

    def go(self, address: str) -> None:
        self("WebDriver:Navigate", url=address)

    def run(self, script: str, *arguments: Any) -> Any:
        """A script's value, or what its promise brings."""
        return self("WebDriver:ExecuteScript", script=script, args=list(arguments))["value"]

    def wait(self, script: str, what: str = "") -> Any:
        """Until the script's value is true, in whatever page is there by then."""

        def found() -> Any:
            try:
                return self.run(f"return {script}")
            except Failed:
                return None  # between two pages

        return self.until(found, 20, what or script)

    def inside(self, script: str, *arguments: Any) -> Any:
        """A script's value in the browser itself rather than in a page."""
        self("Marionette:SetContext", value="chrome")
        try:
            return self.run(script, *arguments)
        finally:
            self("Marionette:SetContext", value="content")
