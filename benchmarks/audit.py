"""``make audit``: look every pinned dependency up among known vulnerabilities, and say plainly what was looked up.

``pip-audit`` asks a service outside. Where it is not installed or cannot reach that service, nothing was checked: this
says so, in so many words, and never that all is well. Status 0: everything was looked up and nothing is known; 1: a
dependency has a known vulnerability; 0 with “NOT CHECKED” where nothing could be looked up, because a build without
that service must be possible; ``--strict`` makes it 3, for where a release is made.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements/dev.txt"
NOT_CHECKED = 3
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_SECONDS = 120


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--strict", action="store_true", help="fail where nothing could be looked up")
    options = parser.parse_args()
    pinned = dict(_PINNED.findall(LOCK.read_text(encoding="utf-8")))
    unhashed = without_hashes()
    print(f"{len(pinned)} dependencies are pinned; {unhashed or 'none'} without a hash.")
    if unhashed:
        return 1
    try:
        found = looked_up()
    except (OSError, ValueError, subprocess.TimeoutExpired) as fault:
        print(f"NOT CHECKED for known vulnerabilities: {fault}")
        print("Nothing is known of any of them, good or bad. Run this where pip-audit and its service can be had.")
        return NOT_CHECKED if options.strict else 0
    return tell(pinned, found)


def looked_up() -> dict[str, list[str]]:
    """Return the known vulnerabilities of each dependency that was looked up.

    Raises:
        OSError: pip-audit is not there, or cannot reach its service.
    """
    command = [
        *(sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--no-deps", "--disable-pip"),
        *("--format", "json", "--progress-spinner", "off"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    if "No module named pip_audit" in done.stderr:
        raise OSError("pip-audit is not installed.")
    if not done.stdout.strip():
        raise OSError(f"pip-audit gave no answer ({(done.stderr.strip().splitlines() or ['no reason'])[-1][:300]}).")
    answered = json.loads(done.stdout)["dependencies"]
    return {
        each["name"].lower(): [fault["id"] for fault in each["vulns"]] for each in answered if "vulns" in each
    }  # one that was skipped has none


def tell(pinned: dict[str, str], found: dict[str, list[str]]) -> int:
    """Say what was looked up and what is known; return the exit status."""
    faulty = {name: faults for name, faults in found.items() if faults}
    for name, faults in sorted(faulty.items()):
        print(f"{name}: {', '.join(faults)}")
    print(f"Looked up {len(found)} of {len(pinned)}: {len(faulty) or 'none'} with a known vulnerability.")
    if len(found) < len(pinned):
        print(f"NOT CHECKED: {', '.join(sorted({each.lower() for each in pinned} - found.keys()))}")
    return 1 if faulty else 0


def without_hashes() -> str:
    """Return the pinned dependencies that have no hash, so that what is installed might be another; usually none."""
    parts = re.split(r"(?m)^(?=[A-Za-z0-9._-]+==)", LOCK.read_text(encoding="utf-8"))
    return ", ".join(each.split("==")[0] for each in parts[1:] if "--hash=sha256:" not in each)


if __name__ == "__main__":
    raise SystemExit(main())
