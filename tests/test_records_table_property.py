"""The same roles give the same records, in whatever form a sheet writes them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rolegraph.model import codes
from rolegraph.records.intake import Intake
from rolegraph.records.table.compose import TableHarvest
from table_samples import Rows, harvest, make_csv, make_xlsx

STEPS = ("Basic", "Good", "Expert")
SKILLS = ("Kneading", "Oven care", "C++", "Hygiene: food", "Décor (fine)")

FIELDS = "function: Family, focus: Craft, level: Level, title: Title, definition: About, job_code: Job"
WIDE = f"""
sheets:
  Roles:
    columns: {{{FIELDS}, skill: [S1, S2, S3, S4, S5], proficiency: [N1, N2, N3, N4, N5], responsibility: Duties}}
    split: {{responsibility: line}}
proficiencies: [{", ".join(STEPS)}]
"""
JOINED = f"""
sheets:
  Roles:
    columns: {{{FIELDS}, skill: Skills, responsibility: [D1, D2, D3]}}
    split: {{skill: "|"}}
    skill_form: name (proficiency)
proficiencies: [{", ".join(STEPS)}]
"""
LONG = f"""
sheets:
  Roles:
    columns: {{{FIELDS}, skill: Skill, proficiency: Need, responsibility: Duty}}
proficiencies: [{", ".join(STEPS)}]
"""
SHEETS = f"""
sheets:
  Roles:
    columns: {{{FIELDS}}}
  Skills:
    join: [job_code]
    columns: {{job_code: Job, skill: Skill, proficiency: Need}}
  Duties:
    join: [job_code]
    columns: {{job_code: Job, responsibility: Duty}}
proficiencies: [{", ".join(STEPS)}]
"""
HEADER = ["Family", "Craft", "Level", "Title", "About", "Job"]

texts = st.text("abcXYZ äß\"',;:()&<>é0123", min_size=1, max_size=12).map(str.strip).filter(bool)


@dataclass(frozen=True)
class Role:
    family: str
    craft: str
    level: str
    title: str
    about: str
    skills: tuple[tuple[str, str], ...]
    duties: tuple[str, ...]


roles = st.lists(
    st.builds(
        Role,
        st.sampled_from(["Baking", "Sales & Co"]),
        st.sampled_from(["Bread", "Cake, fine", "Shop"]),
        st.sampled_from(["P1", "P2", "M1"]),
        texts,
        st.one_of(st.just(""), texts, st.builds("{}\n{}".format, texts, texts)),
        st.lists(
            st.tuples(st.sampled_from(SKILLS), st.sampled_from(STEPS)), max_size=5, unique_by=lambda pair: pair[0]
        ).map(tuple),
        st.lists(texts, max_size=3, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda role: (role.family, role.craft, role.level),
)  # fmt: skip


def list_cells(role: Role, number: int) -> list[str]:
    return [role.family, role.craft, role.level, role.title, role.about, f"J{number}"]


def write_wide(given_roles: list[Role]) -> dict[str, Rows]:
    rows = [[*HEADER, "S1", "S2", "S3", "S4", "S5", "N1", "N2", "N3", "N4", "N5", "Duties"]]
    for number, role in enumerate(given_roles):
        padding = [""] * (5 - len(role.skills))
        names = [name for name, _ in role.skills] + padding
        steps = [step for _, step in role.skills] + padding
        rows.append(
            [*list_cells(role, number), *names, *steps, "\n".join(f"- {duty}" for duty in role.duties)]
        )
    return {"Roles": rows}


def write_joined(given_roles: list[Role]) -> dict[str, Rows]:
    rows = [[*HEADER, "Skills", "D1", "D2", "D3"]]
    for number, role in enumerate(given_roles):
        skills = "|".join(f"{name} ({step})" for name, step in role.skills)
        rows.append([*list_cells(role, number), skills, *role.duties, *[""] * (3 - len(role.duties))])
    return {"Roles": rows}


def write_long(given_roles: list[Role]) -> dict[str, Rows]:
    rows = [[*HEADER, "Skill", "Need", "Duty"]]
    for number, role in enumerate(given_roles):
        pairs = list(zip_longest(role.skills, role.duties)) or [(None, None)]
        for skill, duty in pairs:
            rows.append([*list_cells(role, number), *(skill or ("", "")), duty or ""])
    return {"Roles": rows}


def write_sheets(given_roles: list[Role]) -> dict[str, Rows]:
    numbered = list(enumerate(given_roles))
    return {
        "Roles": [HEADER, *(list_cells(role, number) for number, role in numbered)],
        "Skills": [
            ["Job", "Skill", "Need"],
            *([f"J{n}", *pair] for n, role in numbered for pair in role.skills),
        ],
        "Duties": [["Job", "Duty"], *([f"J{n}", duty] for n, role in numbered for duty in role.duties)],
    }


def take_records(intake: Intake) -> tuple[object, ...]:
    return (
        intake.groups, intake.functions, intake.tracks, intake.levels, intake.proficiencies, intake.skills, intake.focuses,
    )  # fmt: skip


def check_against_roles(found: TableHarvest, given_roles: list[Role]) -> None:
    """Compares the records with what was written, fact by fact."""
    labels = {skill.code: skill.label for skill in found.intake.skills}
    functions = {function.code: function.label for function in found.intake.functions}
    steps = {step.code: step.label for step in found.intake.proficiencies}
    read = set()
    for focus in found.intake.focuses:
        for profile in focus.profiles:
            level = codes.split_profile(profile.code).level
            skills = {
                (labels[use.skill], steps[str(use.find_proficiency(level))])
                for use in focus.skills
                if level in use.levels
            }
            duties = tuple(responsibility.text for responsibility in profile.responsibilities)
            read.add(
                (
                    functions[focus.function],
                    focus.label,
                    level,
                    profile.title,
                    profile.definition or "",
                    frozenset(skills),
                    duties,
                )
            )
    assert read == {
        (r.family, r.craft, r.level, r.title, r.about, frozenset(r.skills), r.duties) for r in given_roles
    }


@given(roles)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_every_form_of_sheet_gives_the_same_records(given_roles: list[Role]) -> None:
    forms = {WIDE: write_wide, JOINED: write_joined, LONG: write_long, SHEETS: write_sheets}
    found = [
        harvest(source, mapping)
        for mapping, write in forms.items()
        for source in (
            make_xlsx(write(given_roles)),
            *([make_csv(write(given_roles)["Roles"])] if mapping is not SHEETS else []),
        )
    ]
    for each in found:
        assert each.problems == ()
        assert take_records(each.intake) == take_records(found[0].intake)
        assert each.codebook == found[0].codebook
    check_against_roles(found[0], given_roles)


@given(roles, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_order_of_rows_changes_no_code(given_roles: list[Role], random: object) -> None:
    rows = list(write_long(given_roles)["Roles"])
    shuffled = rows[1:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = harvest(make_csv(rows), LONG), harvest(make_csv([rows[0], *shuffled]), LONG)
    assert first.codebook == second.codebook
    assert first.intake.skills == second.intake.skills
    assert [f.code for f in first.intake.focuses] == [f.code for f in second.intake.focuses]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@given(given_roles=roles)
@settings(max_examples=20)
def test_delimiter_changes_no_record(delimiter: str, given_roles: list[Role]) -> None:
    rows = write_long(given_roles)["Roles"]
    first, second = harvest(make_csv(rows), LONG), harvest(make_csv(rows, delimiter), LONG)
    assert take_records(first.intake) == take_records(second.intake)
