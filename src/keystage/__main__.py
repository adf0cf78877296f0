"""``python -m keystage``."""

from keystage.cli import main

main(prog_name="keystage")
