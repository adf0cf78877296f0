"""Send a school's return to a Keystage gateway; bring home its receipt, the expected pupils and the results.

Python 3.11 and nothing else; copy it and change it as you like (MIT licence). The token comes from the environment:

    GATEWAY_TOKEN=ks_… python send_return.py https://gateway.example 2026 9992001_KS2_NAALLLL_001.xml --save received

It ends with 0: accepted. 1: the file has errors. 2: an option is wrong. 3: somebody must look, then --because or
--confirm. 4: refused. 5: it is not known whether it arrived: run it again, as the same file cannot count twice.
"""

import argparse
import hashlib
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

TRIES, LONGEST_WAIT = 6, 120
LATER = {429, 500, 502, 503, 504}
ENDS = {"applied": 0, "in error": 1, "unreadable": 1}
"""Whatever else has become of it, somebody must look: 3."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):  # the token and pupils' data go to the address that was given, and nowhere else
        return None


class Gateway:
    def __init__(self, address, year, token):
        self.root, self.token = f"{address.rstrip('/')}/api/v1/returns/{year}/", token
        self.opener = urllib.request.build_opener(NoRedirect)

    def ask(self, path, body=None, **headers):
        """Return an answer's bytes. What may pass is tried again: nothing that is sent twice counts twice."""
        headers = {name.replace("_", "-"): each for name, each in headers.items()}
        request = urllib.request.Request(self.root + path, body, {**headers, "Authorization": f"Bearer {self.token}"})
        for tried in range(1, TRIES + 1):
            wait = str(min(2**tried, LONGEST_WAIT))
            try:
                with self.opener.open(request, timeout=60) as answer:
                    return answer.read()
            except urllib.error.HTTPError as refused:
                if refused.code not in LATER:
                    stop(4, f"{refused.code}: {message_of(refused.read())}")
                why, wait = f"It answered {refused.code}", refused.headers.get("Retry-After", wait)
            except (OSError, http.client.HTTPException) as fault:
                why = f"There was no answer ({fault})"
            if tried < TRIES:
                say(f"{why}. Trying again in {wait} seconds.")
                time.sleep(int(wait))
        stop(5, f"{why}, {TRIES} times. It is not known whether it arrived. Run this again: it cannot count twice.")

    def tell(self, path, **body):
        return json.loads(self.ask(path, json.dumps(body).encode(), Content_Type="application/json"))

    def send(self, name, content):
        """Send a file. Its hash is the key: the same file is the same arrival, whatever happens on the way."""
        digest, name = hashlib.sha256(content).hexdigest(), "".join(c for c in name if c.isprintable() and c != '"')
        head = f'--{digest}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{digest}--\r\n".encode()
        kind = f"multipart/form-data; boundary={digest}"
        arrived = json.loads(self.ask("files", body, Content_Type=kind, Idempotency_Key=digest))
        return arrived if arrived["sha256"] == digest else stop(5, "What arrived is not what was sent. Run this again.")

    def settle(self, key, because, confirm):
        """Wait until a file is checked, say what was found, and do what it waits for where a person has said so."""
        while (file := json.loads(self.ask(f"files/{key}")))["stage"] == "received":
            time.sleep(5)
        for each in file["report"]:
            where = f", line {each['line']}" if each["line"] else ""
            say(f"{each['severity']} {each['code']}, {each['pupil'] or 'the file'}{where}: {each['message']}")
        if file["stage"] == "queries to answer" and because:
            asks = [each["asks"] for each in file["report"] if each["asks"] and not each["answer"]]
            file = self.tell(f"files/{key}/answers", answers=[{"asks": each, "text": because} for each in asks])
        if difference := file["difference"]:
            say("It would change what counts:", json.dumps({n: v for n, v in difference.items() if n != "held"}))
            file = self.tell(f"files/{key}/confirm", held=difference["held"]) if confirm else file
        say(file["message"])
        return file

    def fetch(self, folder, file):
        """Save the receipt, the expected pupils and the results that there are."""
        folder.mkdir(parents=True, exist_ok=True)
        if file["links"]["receipt"]:
            (folder / f"{file['receipt']}.json").write_bytes(self.ask(f"receipts/{file['receipt']}"))
        (folder / "register.csv").write_bytes(self.ask("expected?format=csv"))
        counts, results = (json.loads(self.ask(each)) for each in ("expected", "results"))
        say(
            "Pupils:", ", ".join(f"{counts[each]} {each}" for each in ("expected", "received", "missing", "unexpected"))
        )
        for each in results["files"]:
            content = self.ask(f"results/{each['key']}")
            if hashlib.sha256(content).hexdigest() != each["sha256"]:
                stop(5, f"{each['name']} did not come whole. Run this again.")
            (folder / Path(each["name"]).name).write_bytes(content)
        say(f"Results: {len(results['files'])} files. The next come: {results['release_at'] or 'no time is set'}.")


def message_of(answer):
    try:
        return json.loads(answer)["message"]
    except (ValueError, KeyError, TypeError):
        return "it says no more. Is this the address of a Keystage gateway?"


def say(*words):
    print(*words, file=sys.stderr)


def stop(status, words):
    say(words)
    sys.exit(status)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("year", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--because", help="why all that the checks ask about is right: a person has looked")
    parser.add_argument("--confirm", action="store_true", help="what it would change is meant: a person has looked")
    parser.add_argument("--save", type=Path, help="a folder for the receipt, the expected pupils and the results")
    asked = parser.parse_args()
    if not asked.address.startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
        parser.error("the address must begin with https://: pupils' data go over no open line")
    if not (token := os.environ.get("GATEWAY_TOKEN")):
        parser.error("GATEWAY_TOKEN is not set: the headteacher or account manager makes a token at the gateway")
    try:
        content = asked.file.read_bytes()
    except OSError as fault:
        parser.error(f"{asked.file} cannot be read: {fault.strerror}")
    gateway = Gateway(asked.address, asked.year, token)
    file = gateway.settle(gateway.send(asked.file.name, content)["key"], asked.because, asked.confirm)
    if asked.save:
        gateway.fetch(asked.save, file)
    sys.exit(ENDS.get(file["stage"], 3))


if __name__ == "__main__":
    main()
