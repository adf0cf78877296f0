from keystage.years.subjects import Subject, Test


def test_the_subjects_are_the_words_that_files_and_json_use():
    assert [str(subject) for subject in Subject] == ["reading", "writing", "maths", "science"]


def test_the_tests_are_reading_maths_and_gps_and_nothing_else():
    assert {str(test) for test in Test} == {"reading", "maths", "gps"}
