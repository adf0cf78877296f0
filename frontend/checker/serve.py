"""Open the page that checks files from this folder: ``python serve.py``, with any Python 3. It needs no network."""

import contextlib
import functools
import http.server
import pathlib
import sys
import webbrowser

HERE = pathlib.Path(__file__).resolve().parent
POLICY = "POLICY_OF_THE_PAGE; frame-ancestors 'none'"
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css"}
"""Said here, because on Windows other programs may have changed what Python takes them for."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers with the files of this folder."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **TYPES}  # noqa: RUF012 - as in its base

    def end_headers(self):
        """Give the policy with every file: the browser then lets the page speak to nobody else."""
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_words):
        """Keep quiet."""


def server(port):
    """Return a server that this computer alone can reach."""
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, directory=str(HERE)))


def main():
    """Serve the page at a port, 8020 unless another is given, and open it."""
    with server(int(sys.argv[1]) if len(sys.argv) > 1 else 8020) as running:
        address = f"http://localhost:{running.server_port}/"
        print(f"The page is at {address}\nLeave this window open while you use it; Ctrl+C ends it.", flush=True)
        webbrowser.open(address)
        with contextlib.suppress(KeyboardInterrupt):
            running.serve_forever()


if __name__ == "__main__":
    main()
