"""A server that behaves as GitHub Pages does: below a sub-path, 404.html with status 404, cached for ten minutes,
an entity tag, pages also without their ending, a log of every address asked for."""

import hashlib
import http.server
import mimetypes
import threading
from email.utils import formatdate
from pathlib import Path
from urllib.parse import unquote, urlsplit

PASSWORD = "revise-citric-playlist-monsieur-yearling-satchel"


def files_of(site: Path) -> dict[str, bytes]:
    """The files of an open build, without our marker: what a sealed site has to give back."""
    found = {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    del found[".matchguide"]
    return found


class GitHubPages:
    """`with GitHubPages(folder) as pages:` serves `folder` at `pages.url`; `pages.log` holds what was asked for."""

    def __init__(self, folder: Path, path: str = "/guide/") -> None:
        self.folder, self.path = folder, path
        self.log: list[str] = []
        self.gone: set[str] = set()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                return

            def do_GET(self) -> None:
                outer.log.append(self.path)
                status, file, place = outer.answer(self.path)
                if status == 301:
                    self.send_response(301)
                    self.send_header("Location", place)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                data = file.read_bytes() if file else b"Not found"
                tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
                if status == 200 and self.headers.get("If-None-Match") == tag:
                    self.send_response(304)
                    self.send_header("ETag", tag)
                    self.end_headers()
                    return
                self.send_response(status)
                kind = mimetypes.guess_type(file.name)[0] if file else "text/plain"
                self.send_header("Content-Type", kind or "application/octet-stream")
                self.send_header("Content-Length", str(len(data)))
                self.send_header("Cache-Control", "max-age=600")
                self.send_header("ETag", tag)
                self.send_header("Last-Modified", formatdate(usegmt=True))
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()
                self.wfile.write(data)

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}{self.path}"

    def answer(self, address: str) -> tuple[int, Path | None, str]:
        """Status, file, and for a redirection its target."""
        path = unquote(urlsplit(address).path)
        if path == self.path.rstrip("/"):
            return 301, None, self.path
        if not path.startswith(self.path):
            return 404, None, ""
        inside = path[len(self.path) :]
        if inside not in self.gone and ".." not in inside.split("/"):
            for name in (inside, f"{inside}.html", f"{inside}index.html"):
                if name and (self.folder / name).is_file() and (not name.endswith("/")):
                    return 200, self.folder / name, ""
        fallback = self.folder / "404.html"
        return 404, fallback if fallback.is_file() else None, ""

    def __enter__(self) -> "GitHubPages":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
