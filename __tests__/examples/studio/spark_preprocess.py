"""The job for real, in a local Spark, against the same computation in plain Python."""

import os
from collections import Counter
from pathlib import Path

import pytest
import spark
from abalone import SAMPLE, expected, parse

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def java():
    os.environ.update(spark.environment("local[2]", ROOT / "examples" / "studio"))


@pytest.fixture(scope="module")
def output(java, tmp_path_factory):
    """What the job writes, run with one seed and then with another: the second run replaces the first."""
    import preprocess

    folder = tmp_path_factory.mktemp("job") / "output"
    trains = []
    for seed in ("8", "7"):
        preprocess.main(["--input", str(SAMPLE), "--output", str(folder), "--seed", seed])
        trains.append(lines_of(folder / "train"))
    assert trains[0] != trains[1]
    return folder


def lines_of(folder):
    return [line for part in sorted(folder.glob("part-*")) for line in part.read_text().splitlines()]


def test_every_row_is_in_exactly_one_half_with_the_features_computed_here(output):
    train, validation = parse(lines_of(output / "train")), parse(lines_of(output / "validation"))
    assert sorted(train + validation) == sorted(expected())
    # The sample's rows differ, so that "in one half" can be told.
    assert len(set(expected())) == 240
    assert not set(train) & set(validation)


def test_the_halves_are_about_80_and_20_percent(output):
    # 240 draws at 0.8: three standard deviations are 18.6 rows.
    assert 192 - 19 <= len(lines_of(output / "train")) <= 192 + 19


def test_one_hot_columns_hold_one_or_nothing(output):
    sexes = Counter(row[1:3] for half in ("train", "validation") for row in parse(lines_of(output / half)))
    assert sexes == {(1.0, 0.0): 104, (0.0, 1.0): 90, (0.0, 0.0): 46}


def test_the_first_part_file_has_the_name_that_the_walkthrough_reads(output):
    assert (output / "train" / "part-00000").is_file()
    assert (output / "train" / "_SUCCESS").is_file()


def test_a_row_that_does_not_fit_ends_the_job(java, tmp_path):
    import preprocess

    broken = tmp_path / "broken.csv"
    broken.write_text(SAMPLE.read_text() + "M,long,0.4,0.1,0.5,0.2,0.1,0.1,9\n")
    with pytest.raises(Exception, match="Malformed records"):
        preprocess.main(["--input", str(broken), "--output", str(tmp_path / "out")])
    assert not (tmp_path / "out" / "train").exists()


def test_input_and_output_have_credentials_of_their_own(output, tmp_path, monkeypatch):
    """No S3 here, so a setting that breaks the local file system shows where a read's settings reach, and where not."""
    import preprocess
    from pyspark.sql import SparkSession

    session = SparkSession.builder.getOrCreate()
    try:
        broken = {"fs.file.impl": "no.such.FileSystem", "fs.file.impl.disable.cache": "true"}
        with pytest.raises(Exception, match="no.such.FileSystem not found"):
            preprocess.read(session, preprocess.Place(str(SAMPLE), options=broken))
        rows = preprocess.read(session, preprocess.Place(str(SAMPLE), options={"fs.s3a.access.key": "key-1"}))
        configuration = session.sparkContext._jsc.hadoopConfiguration()
        assert configuration.get("fs.s3a.access.key") is None
        train, _ = preprocess.split(preprocess.encode(rows), seed=7)
        place = preprocess.Place(str(tmp_path), options={"fs.s3a.access.key": "key-2"})
        assert preprocess.write(session, train, place) == len(lines_of(tmp_path))
        assert configuration.get("fs.s3a.access.key") == "key-2"
        # And the same seed makes the same halves.
        assert lines_of(tmp_path) == lines_of(output / "train")
    finally:
        session.stop()
