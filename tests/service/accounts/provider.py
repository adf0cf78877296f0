"""A made-up OpenID Connect provider on this machine, as small as one can be."""

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIEnvironment


class Provider:
    """Answers as a provider does; ``claims`` is whom it says is signed in."""

    def __init__(self) -> None:
        self.address = ""
        self.claims: dict[str, object] = {}
        self.asked: list[dict[str, list[str]]] = []

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/token":
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            self.asked.append(parse_qs(body.decode()))
        answers: dict[str, object] = {
            "/.well-known/openid-configuration": {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/token": {"access_token": "a made-up token", "token_type": "Bearer"},
            "/userinfo": self.claims,
        }
        start("200 OK" if path in answers else "404 Not Found", [("Content-Type", "application/json")])
        return [json.dumps(answers.get(path, {})).encode()]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def a_provider() -> Iterator[Provider]:
    """Run a provider until the block ends."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider, handler_class=_Quiet)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
