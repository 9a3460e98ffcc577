"""What the Spark job has to write, computed without Spark."""

import csv
from collections import Counter
from pathlib import Path

SAMPLE = Path(__file__).parents[3] / "sandbox" / "data" / "abalone-sample.csv"


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
