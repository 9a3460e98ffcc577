"""The sample that stands in for the data set: made by its script, in the data set's columns."""

from pathlib import Path

import make_sample

SAMPLE = Path(make_sample.__file__).with_name("abalone-sample.csv")


def test_the_script_makes_the_file_that_is_committed():
    made = "".join(",".join(row) + "\n" for row in make_sample.make_rows())
    assert SAMPLE.read_text() == made


def test_rows_have_the_nine_columns_and_plausible_values():
    rows = [line.split(",") for line in SAMPLE.read_text().splitlines()]
    assert len(rows) == 240
    for sex, *numbers in rows:
        length, diameter, height, whole, shucked, viscera, shell, rings = map(float, numbers)
        assert sex in "MFI"
        assert 0 < height < diameter < length < 1
        assert 0 < shucked + viscera + shell < whole * 1.1
        assert 3 <= rings <= 30 and rings == int(rings)
