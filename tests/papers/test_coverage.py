"""Which characters the shipped fonts have, compared with what the typesetter finds in them."""

import pytest
import typst

from keystage.papers.characters import FONTS
from keystage.papers.coverage import covered

REGULAR, BOLD = FONTS / "NotoSans-Regular.ttf", FONTS / "NotoSans-Bold.ttf"


def sets(text):
    """Set a text where a character without a glyph is an error."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    source = '#set document(title: "t")\n#set text(font: "Noto Sans", fallback: false)\n#sys.inputs.text'
    typst.compile(
        source.encode(), font_paths=fonts, format="pdf", pdf_standards="ua-1", sys_inputs={"text": text}
    )  # fmt: skip


def test_every_letter_said_to_be_there_has_a_glyph():
    letters = "".join(map(chr, sorted(covered(REGULAR) & covered(BOLD))))
    sets("".join(each for each in letters if each.isalpha()))


@pytest.mark.parametrize("letter", ["李", "א", "م", "अ", "ก", "\N{GRINNING FACE}"])
def test_a_letter_said_to_be_missing_has_none(letter):
    assert ord(letter) not in covered(REGULAR)
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        sets(letter)


@pytest.mark.parametrize(
    "name", ["Llwyd-Ŵyn Siân Ŷ", "Łęcki Żaneta Źrebię", "Nguyễn Thị Hường", "Ελένη", "Щербакова Ґалаґан"]
)
def test_names_of_many_languages_are_covered_in_both_weights(name):
    assert set(map(ord, name)) <= covered(REGULAR) & covered(BOLD)


def test_what_is_no_font_is_refused(tmp_path):
    (tmp_path / "x.ttf").write_bytes(bytes(100))
    with pytest.raises(ValueError, match="not a font"):
        covered(tmp_path / "x.ttf")
