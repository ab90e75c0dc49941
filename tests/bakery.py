"""A small bakery for tests of what is told side by side: pay, guidelines, skills by level, and gaps in all of them."""

from __future__ import annotations

import shutil
from pathlib import Path

SMALL = Path(__file__).parent / "fixtures" / "small"
FILES = {
    "functions.yaml": """\
groups:
  food: {label: Food}
functions:
  BAKE: {label: Bakery, group: food}
  SHOP: {label: Shop}
""",
    "skills.yaml": """\
proficiencies:
  able: {rank: 1, label: Able}
  deft: {rank: 2, label: Deft}
skills:
  dough: {label: Dough}
  icing: {label: Icing}
  ovens: {label: Ovens}
  tills: {label: Tills}
""",
    "focuses/BAKE.CAKES.yaml": """\
focus: BAKE.CAKES
label: Cakes
skills:
  icing:
    proficiency: {P1: able, P2: deft, P3: deft}
  dough:
    levels: [P1, P2]
  ovens:
    levels: [P3]
    proficiency: {P3: able}
levels:
  P1:
    basis: documented
    title: Icing hand
    job_code: CAKE-1
    pay: {currency: EUR, median: 20000, inherited: true}
    guideline:
      knowledge: Knows the recipes.
    responsibilities:
      - text: Ices what is baked.
  P2:
    basis: documented
    job_code: CAKE-2
    grade: "7"
    pay: {currency: EUR, median: 23680, percentile25: 21000}
    guideline:
      knowledge: Writes the recipes.
      complexity: Mends what fails.
    responsibilities:
      - text: Ices what is baked.
      - text: Trains icing hands.
  P3: {basis: implied, pay: {currency: USD, median: 30000}}
""",
    "focuses/BAKE.BREAD.yaml": """\
focus: BAKE.BREAD
label: Bread
skills:
  dough: {label: Sourdough and dough}
  ovens: {}
levels:
  P1: {basis: implied}
  P3: {basis: implied}
  M1: {basis: implied}
""",
    "focuses/SHOP.GEN.yaml": """\
focus: SHOP.GEN
label: Shop
levels:
  P1: {basis: implied}
""",
}


def write_bakery(folder: Path, **changes: tuple[str, str]) -> Path:
    """The bakery as a data folder; ``changes`` replace a text in a file, named by its stem."""
    (folder / "focuses").mkdir(parents=True)
    shutil.copy(SMALL / "dataset.yaml", folder)
    for name, text in FILES.items():
        stem = Path(name).stem.rpartition(".")[2].lower()
        if stem in changes:
            old, new = changes[stem]
            assert old in text
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
