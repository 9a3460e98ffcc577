"""Makes abalone-sample.csv: invented measurements in the columns of the Abalone data set, for the sandbox and the tests.

It is not the Abalone data set, nor drawn from it: every value comes from the seeded generator below. Nine columns, no
header: sex, length, diameter, height (millimetres / 200), whole, shucked, viscera, shell weight (grams / 200), rings.

    python3 make_sample.py > abalone-sample.csv
"""

import csv
import random
import sys

SEED = 20260107
ROWS = 240


def make_rows(seed=SEED, rows=ROWS):
    """Rows of text fields; the same for the same seed on any Python, since only random() is drawn from."""
    draw = random.Random(seed).random

    def around(value, spread):
        return value * (1 + spread * (draw() + draw() - 1))

    made = []
    for _ in range(rows):
        rings = 3 + int(6 * draw() + 6 * draw() + 6 * draw() * draw())
        # Young animals cannot be told apart: I is for infant.
        sex = "I" if draw() < 1.25 - rings / 9 else "MF"[draw() < 0.46]
        length = around(0.72 * (1 - 0.82**rings), 0.15)
        diameter = around(0.79 * length, 0.05)
        height = around(0.27 * length, 0.12)
        whole = around(5.4 * length * diameter * height * 2, 0.1)
        shucked = around(0.43 * whole, 0.12)
        viscera = around(0.21 * whole, 0.12)
        shell = around(0.28 * whole, 0.12)
        sizes = [f"{size:.3f}" for size in (length, diameter, height)]
        weights = [f"{weight:.4f}" for weight in (whole, shucked, viscera, shell)]
        made.append([sex, *sizes, *weights, str(rings)])
    return made


if __name__ == "__main__":
    csv.writer(sys.stdout, lineterminator="\n").writerows(make_rows())
