"""Runs the README's cell for SageMaker's SDK, with some of its words replaced, and prints the last line of an error.

    python sdk.py README '{"111122223333": "123456789012", …}'
"""

import json
import re
import sys
from pathlib import Path

readme, replaced = Path(sys.argv[1]).read_text(), json.loads(sys.argv[2])
(cell,) = (block for block in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if "import sagemaker" in block)
for word, other in {**replaced, "processor.run(": "processor.run(wait=False, "}.items():
    assert word in cell, word
    cell = cell.replace(word, other)
exec(cell)
