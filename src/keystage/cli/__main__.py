"""So that ``python -m keystage.cli`` works too."""

from keystage.cli import main

main(prog_name="keystage")
