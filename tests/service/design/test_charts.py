"""Where the parts of charts stand, worked out by hand."""

import re
from xml.etree import ElementTree as ET

from keystage.service.design.charts import Bar, Series, bars, trend
from service.design.catalogue import engine

READING = Bar("Reading", 72, "72%", 75, "England 75%")
HIDDEN = Bar("Writing", None, "hidden")
PAGE = """{% from "design/charts.html" import bar_chart, trend_chart, chart_key %}
{{ chart_key(["This school", "England"], ticks=true) }}{{ bar_chart(bars, "A <title>", "one") }}
{{ trend_chart(trend, "Over the years", "two", "%") }}"""


def test_a_bar_is_as_long_as_its_value_and_the_tick_stands_at_the_other():
    (row,) = bars([READING]).rows
    assert (row.width, row.tick) == ("72%", "75%")


def test_rows_stand_58_pixels_apart():
    chart = bars([READING, READING, READING])
    assert chart.height == 174
    assert [row.bar_y for row in chart.rows] == [20, 78, 136]


def test_words_beside_the_tick_stand_on_the_side_with_room():
    near, far = bars([Bar("a", 1, "1%", 50, "England 50%"), Bar("b", 1, "1%", 51, "England 51%")]).rows
    assert (near.anchor, far.anchor) == ("start", "end")


def test_a_value_beyond_the_scale_keeps_to_it():
    more, less = bars([Bar("a", 130, "130"), Bar("b", -5, "-5")]).rows
    assert (more.width, less.width) == ("100%", "0%")


def test_a_scale_can_have_another_end():
    assert bars([Bar("a", 5, "5")], most=8).rows[0].width == "62.5%"


def test_what_is_not_known_has_no_bar_and_is_said():
    chart = bars([READING, HIDDEN])
    assert (chart.rows[1].width, chart.rows[1].tick) == ("", "")
    assert chart.says == "Reading 72%, England 75%; Writing hidden."


def test_a_chart_of_nothing_says_so():
    assert bars([]).says == "There is nothing to show."
    assert trend([], []).says == "There is nothing to show."


SCHOOL = Series("This school", [60, None, 70, 75], ["60%", "", "70%", "75%"])
ENGLAND = Series("England", [65, None, 60, 75], ["65%", "", "60%", "75%"])


def test_years_stand_in_the_middle_of_their_columns():
    chart = trend(["2018", "2019", "2020", "2021"], [SCHOOL])
    assert [column.x for column in chart.columns] == ["12.5%", "37.5%", "62.5%", "87.5%"]


def test_a_point_stands_as_high_as_its_value():
    # The scale is 132 pixels high and begins 22 down: 75 of 100 is a quarter of it from the head.
    points = trend(["a", "b", "c", "d"], [SCHOOL]).series[0].points
    assert [point.y for point in points] == [22 + 53, 22 + 40, 22 + 33]
    assert [point.x for point in points] == ["12.5%", "62.5%", "87.5%"]


def test_a_line_goes_from_year_to_year_and_not_over_a_gap():
    (line,) = trend(["a", "b", "c", "d"], [SCHOOL]).series[0].lines
    assert (line.x1, line.y1, line.x2, line.y2) == ("62.5%", 62, "87.5%", 55)


def test_a_line_is_not_drawn_between_years_that_cannot_be_compared():
    broken = Series("This school", [60, 61, 62], ["60", "61", "62"], broken_after=frozenset({0}))
    (line,) = trend(["a", "b", "c"], [broken]).series[0].lines
    assert line.x1 == "50%"


def test_the_words_of_the_greater_value_stand_above_and_of_two_alike_the_schools():
    school, england = trend(["a", "b", "c", "d"], [SCHOOL, ENGLAND]).series
    assert [point.words_y < point.y for point in school.points] == [False, True, True]
    assert [point.words_y < point.y for point in england.points] == [True, False, False]


def test_a_year_without_assessments_is_said_in_the_chart_and_in_its_words():
    chart = trend(["2019", "2020"], [Series("This school", [60, None], ["60%", ""])], missing=["", "no assessments"])
    assert chart.columns[1].missing == "no assessments"
    assert chart.says == "2019: This school 60%; 2020: no assessments."


def _drawn() -> str:
    chart = trend(["a", "b", "c", "d"], [SCHOOL, ENGLAND])
    template = engine.from_string(PAGE)
    return template.render({"bars": bars([READING, HIDDEN]), "trend": chart})


def test_the_drawing_is_an_image_with_a_title_and_a_description():
    text = _drawn()
    for part in re.findall(r"<svg class=\"ks-chart\".*?</svg>", text, re.DOTALL):
        drawn = ET.fromstring(part)
        assert drawn.get("role") == "img"
        named = {each.get("id") for each in drawn if each.tag in ("title", "desc")}
        assert set(drawn.get("aria-labelledby").split()) == named
    assert "A &lt;title&gt;" in text
    assert "Reading 72%, England 75%; Writing hidden." in text


def test_the_drawing_needs_no_style_of_its_own():
    text = _drawn()
    assert "style=" not in text
    assert "<style" not in text


def test_ids_are_those_that_were_given():
    ids = re.findall(r'id="([^"]+)"', _drawn())
    assert sorted(ids) == ["one-desc", "one-title", "two-desc", "two-title"]
