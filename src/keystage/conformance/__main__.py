"""``python -m keystage.conformance [FOLDER]``: builds the pack, by default in ``dist``."""

import sys
from pathlib import Path

from keystage.conformance.build import build


def main() -> None:
    """Build the pack and say where it is."""
    built = build(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))
    sys.stdout.write(f"{built.cases:,} cases: {built.folder} and {built.zip}\n")


if __name__ == "__main__":
    main()
