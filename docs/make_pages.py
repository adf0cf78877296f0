"""Makes all pages and tables that come from the product: ``make pages``. Tests say when one is old."""

import runpy
from pathlib import Path

HERE = Path(__file__).parent
MAKERS = ("checks_page", "guides_pages", "commands_page", "house_map", "tables")

if __name__ == "__main__":
    for name in MAKERS:
        runpy.run_path(str(HERE / f"{name}.py"), run_name="__main__")
