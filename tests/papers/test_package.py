"""What is shipped beside the code: fonts whole, with their licence."""

import subprocess
import sys

from keystage.papers.characters import FONTS
from keystage.papers.typeset import TEMPLATES
from keystage.papers.word_faults import SHIPPED


def test_the_fonts_come_with_their_licence():
    assert sorted(each.name for each in FONTS.iterdir()) == ["NotoSans-Bold.ttf", "NotoSans-Regular.ttf", "OFL.txt"]
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Google" in licence.splitlines()[0]


def test_the_package_that_is_installed_has_templates_fonts_and_licence(tmp_path):
    project = FONTS.parents[3]
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, project],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    held = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", wheel], capture_output=True, text=True, check=True
    ).stdout
    for name in [each.name for each in (*FONTS.iterdir(), *TEMPLATES.iterdir(), *SHIPPED.iterdir())]:
        assert f"/{name} " in held


def test_nothing_below_this_floor_loads_the_typesetter():
    program = "import sys, keystage.checks.run, keystage.simulate; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
