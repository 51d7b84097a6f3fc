"""The guide on this computer: MkDocs' own server, answering from memory and only to its own name."""

import ipaddress
import posixpath
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

_RELOAD = "matchguide-reload.js"


class Served:
    """A WSGI application. A page of another site that has pointed its own name at this computer is refused: it
    would be able to read the guide. `server` is a mkdocs.livereload.LiveReloadServer."""

    def __init__(self, server: Any, host: str, files: Callable[[], Mapping[str, bytes]]) -> None:
        self.server, self.host, self.files = server, host, files

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answers a request from memory, as a WSGI application; 421 for a name that is not ours."""
        if not self._asked_by_its_name(environ.get("HTTP_HOST", "")):
            start_response("421 Misdirected Request", [("Content-Type", "text/plain")])
            return [b"This address is not the guide's.\n"]
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/"):
            answer: Iterable[bytes] = self.server.serve_request(environ, start_response)
            return answer
        name = posixpath.normpath(f"/{path}index.html" if path.endswith("/") else f"/{path}").lstrip("/")
        if name == _RELOAD:
            return _answer(start_response, "200 OK", self._reload(environ), "application/javascript")
        files = self.files()
        status, name = ("200 OK", name) if name in files else ("404 Not Found", "404.html")
        data = files.get(name, b"Not found")
        if name.endswith(".html"):
            data = data.replace(
                b"</body>", f'<script src="/{_RELOAD}?{self.server._visible_epoch}"></script></body>'.encode()
            )
        return _answer(start_response, status, data, self.server._guess_type(name))

    def _asked_by_its_name(self, asked: str) -> bool:
        own = {self.host, "localhost"}
        try:
            address = ipaddress.ip_address(self.host)
        except ValueError:
            pass
        else:
            if address.is_unspecified:  # `mkdocs serve -a 0.0.0.0:8000` is for every name
                return True
            own |= {"127.0.0.1", "::1"} if address.is_loopback else set()
        try:
            found = urlsplit(f"//{asked}")
            return found.hostname in own and (found.port or 80) == self.server.server_port
        except ValueError:
            return False

    def _reload(self, environ: dict[str, Any]) -> bytes:
        """MkDocs' script that waits for the next rebuild, as a file: pages may forbid scripts inside them."""
        epoch = environ.get("QUERY_STRING", "")
        script = self.server._inject_js_into_html(b"", int(epoch) if epoch.isdecimal() else 0)
        return bytes(script).removeprefix(b"<script>").removesuffix(b"</script>")


def _answer(start_response: Callable[..., Any], status: str, data: bytes, kind: str) -> list[bytes]:
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(data)))])
    return [data]
