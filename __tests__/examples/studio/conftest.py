"""The scripts are plain files for a notebook, not a package: they are imported from where they lie."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "examples" / "studio"))
sys.path.insert(0, str(ROOT / "sandbox" / "data"))
