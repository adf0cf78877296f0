"""The package itself."""

import subprocess
import sys

import pytest

import keystage.sheets


def test_importing_the_package_loads_no_spreadsheet_library():
    code = (
        "import sys, keystage.sheets; print([m for m in ('python_calamine', 'xlsxwriter', 'csv') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", keystage.sheets.__all__)
def test_every_public_name_is_there(name):
    assert getattr(keystage.sheets, name).__doc__


def test_another_name_is_not_there():
    with pytest.raises(AttributeError, match="no attribute 'write'"):
        _ = keystage.sheets.write
