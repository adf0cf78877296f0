import pytest

from keystage import years


@pytest.mark.parametrize(
    ("year", "short_name", "operator"),
    [
        (2022, "PAG", "Capita"),
        (2023, "PAG", "Capita"),
        (2024, "PAG", "Capita"),
        (2025, "PAG", "Capita"),
        (2026, "NCA Portal", "Pearson"),
        (2027, "NCA Portal", "Pearson"),
    ],
)
def test_the_gateway_of_each_year(year, short_name, operator):
    gateway = years.load(year).gateway
    assert (gateway.short_name, gateway.operator) == (short_name, operator)


@pytest.mark.parametrize(
    ("year", "version", "tag"),
    [
        (2022, "21.0", "Gender"),
        (2023, "22.0", "Gender"),
        (2024, "23.0", "Sex"),
        (2025, "24.0", "Sex"),
        (2026, "25.0", "Sex"),
        (2027, "26.0", "Sex"),
    ],
)
def test_the_version_and_the_tag_for_sex_of_each_year(year, version, tag):
    ctf = years.load(year).ctf
    assert (ctf.version, ctf.sex_tag, ctf.sexes) == (version, tag, ("M", "F"))


@pytest.mark.parametrize("year", years.held())
def test_the_return_goes_to_the_national_agency(year):
    ctf = years.load(year).ctf
    assert (ctf.destination_lea, ctf.destination_estab, ctf.type_token) == ("NAA", "LLLL", "KS2")
    assert ctf.destination_provenance.basis == "assumed"
