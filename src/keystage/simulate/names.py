"""Made-up names from many cultures: common given and family names, put together by chance.

They hold what breaks systems: accents, both apostrophes, double barrels with hyphen or space, single letters, letters
outside Western Europe, and names of more than sixty letters. Nobody's real name is looked up; some will be somebody's.
"""

from functools import cache
from random import Random
from typing import NamedTuple


class Culture(NamedTuple):
    """Given and family names that go together."""

    share: int
    """Out of the sum of all shares."""
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]


def _culture(share: int, girls: str, boys: str, families: str) -> Culture:
    return Culture(share, *(tuple(text.replace("_", " ") for text in each.split()) for each in (girls, boys, families)))


CULTURES = (
    _culture(
        52,
        "Amelia Isla Ava Mia Lily Grace Poppy Evie Ella Freya Florence Daisy Willow Rosie Phoebe Sienna Millie Ruby"
        " Alice Charlotte Harriet Matilda Imogen Zoë Chloé Beatrice Martha Eleanor Holly Jasmine Lottie-Mae Lily-Rose"
        " Gracie-Ann Bea Orla_Mae",
        "Oliver George Noah Arthur Leo Harry Oscar Archie Jack Freddie Theo Charlie Alfie Jacob Thomas Finley Joshua"
        " Edward Samuel Henry Toby Reuben Elliot Louie Albert Ralph Rowan Tommy-Lee Jayden-James T_J André Zac Kit",
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts"
        " Green Hall Wood Jackson Clarke Harrison Ward Turner Hill Cooper Morris Moore King Baker Bennett Shaw Ellis"
        " Palmer Marsh Fletcher Barnes Holloway Featherstone Cholmondeley d'Arcy St._John Winterbottom"
        " Ramsbottom Fry Ash Lee",
    ),
    _culture(
        5,
        "Aoife Niamh Saoirse Róisín Siobhán Caoimhe Sinéad Órla Gráinne Éabha Clodagh",
        "Cillian Oisín Tadhg Seán Pádraig Conor Ruairí Eoin Fionn Dáithí Séamus",
        "O’Brien O'Connor Ní_Bhriain Ó_Súilleabháin Mac_Giolla O’Sullivan Murphy Kelly Byrne O'Neill Gallagher D’Alton",
    ),
    _culture(
        3,
        "Carys Ffion Nia Mared Seren Angharad Siân Lowri Eirlys Mair",
        "Rhys Dylan Gethin Llewelyn Siôn Iolo Osian Emrys Tomos Macsen",
        "ap_Rhys Llywelyn Pryce Gruffydd Bevan Vaughan Penry Glyndŵr Ŵyn-Prosser Cadwaladr",
    ),
    _culture(
        6,
        "Zofia Maja Łucja Hanna Zuzanna Małgorzata Agnieszka Żaneta Oliwia Natalia",
        "Jakub Szymon Mikołaj Łukasz Paweł Stanisław Bartłomiej Kacper Michał Wojciech",
        "Wójcik Kowalski Kowalska Nowak Wiśniewska Zieliński Szczęsny Dąbrowski Łuczak Żurawski Grzegorczyk"
        " Brzęczyszczykiewicz",
    ),
    _culture(
        12,
        "Aisha Fatima Zainab Maryam Ayesha Khadija Inaya Anaya Priya Diya Ananya Simran Jasleen Meera Harpreet"
        " Noor-ul-Ain",
        "Muhammad Mohammed Ibrahim Yusuf Zakariya Arjun Rohan Aarav Ishaan Gurpreet Harjit Ali Hamza Abdul-Rahman"
        " Vihaan",
        "Khan Ahmed Hussain Ali Begum Patel Singh Kaur Shah Chowdhury Rahman Sharma Mehta Iqbal Akhtar Venkataraghavan"
        " Balasubramaniam Gill Uddin",
    ),
    _culture(
        5,
        "Amina Layla Yasmin Nour Salma Rania Hana Hafsa Sumaya Ikram",
        "Omar Khalid Bilal Tariq Karim Idris Abdirahman Mahad Yahya Zayd",
        "Al-Sayed El-Masry Haddad Mansour bin_Rashid Abdi Warsame Benali N’Diaye M'Barek Al_Hashimi",
    ),
    _culture(
        5,
        "Adaeze Chidinma Folake Ọláṣubọ̀mí Ama Abena Esther Blessing Temitope Oluwaseun",
        "Chukwuemeka Oluwadamilola Kwame Kofi Tobi Ayomide Emeka Sègun Ṣọlá Daniel",
        "Okafor Adeyemi Mensah Boateng Okonkwo Oyelaran Ọbasanya Adébáyọ̀ Asante Nkrumah-Owusu Eze",
    ),
    _culture(
        3,
        "Mei Xin Lì Yuna Sakura Jia-Hui Hyo-rin Ling Wen Ai",
        "Wei Jun Hiroshi Jin-woo Hao Lǐ Kenji Min-jun Yong Bo",
        "Chen Wang Lǚ Ng Wong Kim Park Tanaka Satō Ōkubo Li Ou Wu",
    ),
    _culture(
        2,
        "Linh Hương Thảo Mỹ_Duyên Ngọc Ánh Đào Bích",
        "Minh Đức Dũng Quốc_Anh Tuấn Hiếu Việt Phúc",
        "Nguyễn Đặng Trần Lê Phạm Hoàng Vũ Đỗ Bùi",
    ),
    _culture(
        4,
        "Elif Zeynep Ayşe Gülşen Çiğdem Ioana Andreea Ștefania Măriuca Ana-Maria",
        "Emre Çağlar Oğuz İlker Yiğit Andrei Ștefan Răzvan Ionuț Matei",
        "Şahin Yılmaz Öztürk Çelik Gündoğdu Țepeș Popescu Ionescu Dumitrașcu Stănescu Ünal",
    ),
    _culture(
        3,
        "Astrid Freja Åsa Solveig Þórdís Brynhildur Saga Maïwenn Élodie Amélie Inês Catalina",
        "Björn Søren Håkon Þór Jürgen Lars Rasmus Loïc François João Iñigo Ángel",
        "Åström Sørensen Ångström Guðmundsdóttir Müller Groß Jæger Lefèvre Dell’Acqua Muñoz Gonçalves Conceição"
        " van_der_Berg de_la_Cruz",
    ),
)
"""Shares are by eye, not from any statistic."""

LONG_FORENAMES = (
    "Maximiliana-Alexandrina Wilhelmina Theodora Konstantina Philippa Seraphina",
    "Bartholomew-Constantine Maximilian Alexander Thaddeus Montgomery Ignatius",
)
LONG_SURNAMES = (
    "Featherstonehaugh-Wolstenholme-Cholmondeley-Fotheringham-Attenborough",
    "Venkatanarasimharajuvaripeta-Balasubramaniam van der Winterbottom-Montague",
)
LETTERS = "AEJKLMOTUYZ"


@cache
def _cultures(encoding: str) -> tuple[tuple[Culture, ...], tuple[int, ...]]:
    """Return the cultures with those names that an encoding can hold, and their shares summed up."""
    kept = tuple(
        Culture(each.share, *(_in(names, encoding) for names in (each.girls, each.boys, each.families)))
        for each in CULTURES
    )
    kept = tuple(each for each in kept if each.girls and each.boys and each.families)
    shares = [each.share for each in kept]
    return kept, tuple(sum(shares[: n + 1]) for n in range(len(shares)))


def _in(names: tuple[str, ...], encoding: str) -> tuple[str, ...]:
    return tuple(name for name in names if name.encode(encoding, "ignore").decode(encoding) == name)


class Name(NamedTuple):
    """A made-up name."""

    surname: str
    forename: str


def name(chance: Random, sex: str, encoding: str = "utf-8") -> Name:
    """Make up a name; only letters of ``encoding`` are used."""
    cultures, shares = _cultures(encoding)
    culture = chance.choices(cultures, cum_weights=shares)[0]
    forename, surname = chance.choice(culture.girls if sex == "F" else culture.boys), chance.choice(culture.families)
    odd = chance.random()
    if odd < 0.03:
        other = chance.choice(chance.choice(cultures).families)
        surname = f"{surname}{'-' if odd < 0.02 else ' '}{other}"
    elif odd < 0.05:
        forename = (
            f"{forename}{'-' if odd < 0.035 else ' '}{chance.choice(culture.girls if sex == 'F' else culture.boys)}"
        )
    elif odd < 0.052:
        surname, forename = chance.choice(LONG_SURNAMES), LONG_FORENAMES[0 if sex == "F" else 1]
    elif odd < 0.055:
        surname = chance.choice(LETTERS)
    elif odd < 0.057:
        forename = chance.choice(LETTERS)
    return Name(surname, forename)


def forename(chance: Random, sex: str, encoding: str = "utf-8") -> str:
    """Make up a forename alone, as for a twin."""
    cultures, shares = _cultures(encoding)
    culture = chance.choices(cultures, cum_weights=shares)[0]
    return chance.choice(culture.girls if sex == "F" else culture.boys)
