"""Cells that hold skills, responsibilities, aliases and occupations -> what they add to a role or focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from rolegraph.errors import Place
from rolegraph.records.document import quote
from rolegraph.records.slugs import make_slug
from rolegraph.records.table.drafts import Drafts, FocusDraft, LevelUse, RoleDraft, SkillDraft, Spot, UseDraft
from rolegraph.records.table.layout import Layout
from rolegraph.records.table.ledger import Ledger
from rolegraph.records.table.mapping import TableMap
from rolegraph.records.table.matrix import MARKS, MatrixColumn, is_mark
from rolegraph.records.table.rows import join_lines, make_picker
from rolegraph.records.table.schema import LISTS, SKILL_FIELDS
from rolegraph.records.table.sheets import Row, Workbook
from rolegraph.records.table.values import find_like, find_scheme, split_items, split_skill

_NO_COLUMNS: Final = (-1,) * 5


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """The columns of a sheet that hold items."""

    layout: Layout
    skills: tuple[tuple[int, int, int, int, int], ...]
    """For each column of skills those of definition, description, proficiency, descriptor; -1 where there is none."""
    responsibilities: tuple[int, ...]
    aliases: tuple[int, ...]
    occupations: tuple[int, ...]
    matrix: tuple[MatrixColumn, ...]
    marks: bool
    """Whether the cells of the matrix are marks; they are proficiencies where they are not."""
    pick: Callable[[Row], tuple[str, ...]]


class ItemTaker:
    """Adds the items of rows to roles and focuses."""

    def __init__(self, workbook: Workbook, table_map: TableMap, drafts: Drafts, ledger: Ledger) -> None:
        self._workbook = workbook
        self._drafts = drafts
        self._ledger = ledger
        self._scheme = table_map.rules.occupation_scheme
        self._steps: dict[str, str] = {}
        for step in table_map.rules.proficiencies:
            self._steps[step.text.casefold()] = make_slug(step.label)
        for step in table_map.rules.proficiencies:
            self._steps.setdefault(step.label.casefold(), make_slug(step.label))
        steps = table_map.rules.proficiencies
        self._shown = tuple(dict.fromkeys([step.text for step in steps] + [step.label for step in steps]))
        """The texts of the steps as the mapping writes them."""

    def plan(self, layout: Layout) -> ItemPlan | None:
        """Where the items of a sheet stand; None where it holds none."""
        columns = layout.columns
        used = [column for name in LISTS for column in columns.get(name, ())]
        used += [each.column for each in layout.matrix]
        if not used:
            return None
        beside = [columns.get(name) or (-1,) * len(columns.get("skill", ())) for name in SKILL_FIELDS]
        return ItemPlan(
            layout, tuple(zip(*beside, strict=False)), columns.get("responsibility", ()), columns.get("alias", ()),
            columns.get("occupation", ()), layout.matrix, not self._reads_steps(layout), make_picker(used),
        )  # fmt: skip

    def _reads_steps(self, layout: Layout) -> bool:
        matrix = layout.rules.matrix
        cells = matrix.cells if matrix is not None else None
        return cells == "proficiency" or (cells is None and bool(self._steps))

    def take(
        self,
        plan: ItemPlan,
        number: int,
        row: Row,
        focus: FocusDraft,
        roles: Sequence[RoleDraft],
        *,
        whole: bool,
    ) -> None:
        """Adds the items of a row to roles of a focus; with ``whole`` its skills are the focus's as such."""
        for columns in plan.skills:
            if row[columns[0]]:
                self._take_skills(plan, number, row, columns, focus, roles, whole)
        for each in plan.matrix:
            if row[each.column]:
                self._take_matrix_cell(plan, number, each, row[each.column], focus, roles, whole)
        sheet, split = plan.layout.number, plan.layout.rules.split
        for column in plan.responsibilities:
            items, lead = split_items(row[column], split.responsibility)
            if lead:
                self._ledger.tally(
                    "line-passed", "the line that introduces a list is passed over in 1 cell",
                    "the line that introduces a list is passed over in {count} cells",
                    self._place(plan, number, column), "nothing, unless it is an item itself",
                )  # fmt: skip
            for item in items:
                for role in roles:
                    role.responsibilities.setdefault(item, (sheet, number, column))
        for column in plan.aliases:
            for item in self._split_names(plan, number, column, row[column], split.alias):
                for role in roles:
                    role.aliases.setdefault(item, (sheet, number, column))
        for column in plan.occupations:
            for item in self._split_names(plan, number, column, row[column], split.occupation):
                scheme = find_scheme(item) or self._scheme
                if scheme is None:
                    self._ledger.refuse(
                        "occupation-unknown", f"{quote(item)} is neither a SOC nor an O*NET-SOC code",
                        self._place(plan, number, column), "", "write it like 15-1252 or 15-1252.00, or name occupation_scheme in the mapping",
                    )  # fmt: skip
                    continue
                for role in roles:
                    role.occupations.setdefault((scheme, item), (sheet, number, column))

    def _place(self, plan: ItemPlan, number: int, column: int) -> Place:
        return self._workbook.find_place(plan.layout.sheet, number, column)

    def _find_place(self, spot: Spot, plan: ItemPlan) -> str:
        """How a cell is named in a message, with its sheet where that is another one."""
        return (
            f"row {spot[1]}"
            if spot[0] != plan.layout.number
            else plan.layout.sheet.name_cell(spot[1], spot[2])
        )

    def _split_names(
        self, plan: ItemPlan, number: int, column: int, text: str, separator: str | None
    ) -> list[str]:
        items, _ = split_items(text, separator)
        return [
            join_lines(item, self._place(plan, number, column), self._ledger) if "\n" in item else item
            for item in items
        ]

    def _take_skills(
        self,
        plan: ItemPlan,
        number: int,
        row: Row,
        columns: tuple[int, int, int, int, int],
        focus: FocusDraft,
        roles: Sequence[RoleDraft],
        whole: bool,
    ) -> None:
        column, definition, description, proficiency, descriptor = columns
        split = plan.layout.rules.split
        items = self._split_names(plan, number, column, row[column], split.skill)
        steps, _ = split_items(row[proficiency] if proficiency >= 0 else "", split.proficiency)
        if len(steps) > 1 and len(steps) != len(items):
            self._ledger.refuse(
                "items-uneven", f"{len(items)} {'skill stands' if len(items) == 1 else 'skills stand'} beside {len(steps)} proficiencies",
                self._place(plan, number, proficiency), "", "give one for each, or one for all",
            )  # fmt: skip
            return
        texts = [row[c] if c >= 0 else "" for c in (definition, description, descriptor)]
        if len(items) > 1 and any(texts):
            self._ledger.refuse(
                "items-uneven", f"one text about a skill stands beside {len(items)} skills",
                self._place(plan, number, column), "", "give each skill a row or column of its own",
            )  # fmt: skip
            return
        sheet = plan.layout.number
        for index, item in enumerate(items):
            if proficiency >= 0:
                name, words, at = item, steps[index if len(steps) > 1 else 0] if steps else "", proficiency
            else:
                (name, words), at = split_skill(item, plan.layout.rules.skill_form), column
            step = ""
            if words:
                known = self._steps.get(words.casefold())
                if known is None and not self._take_as_name(plan, number, at, words, beside=proficiency >= 0):
                    continue
                name, step = (name, known) if known is not None else (item, "")
            skill = self._take_skill(name, (sheet, number, column), texts[0], texts[2], step, columns)
            use = focus.uses.get(name)
            if use is None:
                use = focus.uses[name] = UseDraft((sheet, number, column))
            self._add_levels(
                plan, use, skill, focus, roles, whole, (sheet, number, column), step, (sheet, number, at)
            )
            if texts[0] and use.definition is None:
                use.definition = (texts[0], (sheet, number, definition))
            if texts[1]:
                if use.description is None:
                    use.description = (texts[1], (sheet, number, description))
                elif use.description[0] != texts[1]:
                    self._ledger.note(
                        "value-differs", f"{quote(name)} of {quote(focus.key)} is described otherwise than in {self._find_place(use.description[1], plan)}, which is kept",
                        self._place(plan, number, description), "", "correct one of the cells",
                    )  # fmt: skip

    def _take_matrix_cell(
        self,
        plan: ItemPlan,
        number: int,
        each: MatrixColumn,
        text: str,
        focus: FocusDraft,
        roles: Sequence[RoleDraft],
        whole: bool,
    ) -> None:
        """Adds the skill that heads a column, where the cell of a row asks for it."""
        step = ""
        if plan.marks:
            if not is_mark(text):
                self._ledger.refuse(
                    "mark-unknown", f"{quote(text)} is no mark that {quote(each.skill)} is asked for",
                    self._place(plan, number, each.column), "",
                    f"write one of {', '.join(MARKS)}, or leave the cell empty; name a text that means no under empty; "
                    "where the cells are proficiencies, list proficiencies in the mapping",
                )  # fmt: skip
                return
        elif text.casefold() in self._steps:
            step = self._steps[text.casefold()]
        else:
            self._take_as_name(plan, number, each.column, text, beside=True)
            return
        spot = (plan.layout.number, number, each.column)
        head = (plan.layout.number, each.row, each.column)
        skill = self._take_skill(each.skill, head, "", "", step, _NO_COLUMNS)
        use = focus.uses.get(each.skill)
        if use is None:
            use = focus.uses[each.skill] = UseDraft(spot)
        self._add_levels(plan, use, skill, focus, roles, whole, spot, step, spot)

    def _take_as_name(self, plan: ItemPlan, number: int, column: int, words: str, *, beside: bool) -> bool:
        """Whether words that are no step of the scale belong to the name of the skill; refused where they are not."""
        closest = find_like(words, self._shown)
        if beside or closest is not None:
            known = ", ".join(self._shown)
            self._ledger.refuse(
                "proficiency-unknown", f"{quote(words)} is no step of the scale", self._place(plan, number, column), "",
                f"did you mean {quote(closest)}?" if closest else f"the steps are {known}",
            )  # fmt: skip
            return False
        self._ledger.tally(
            "proficiency-none", "1 skill ends in words that are no step of the scale; they were read as part of the name",
            "{count} skills end in words that are no step of the scale; they were read as part of the name",
            self._place(plan, number, column), "add the step under proficiencies if it is one",
        )  # fmt: skip
        return True

    def _take_skill(
        self,
        name: str,
        spot: Spot,
        definition: str,
        descriptor: str,
        step: str,
        columns: tuple[int, int, int, int, int],
    ) -> SkillDraft:
        skill = self._drafts.skills.get(name)
        if skill is None:
            skill = self._drafts.skills[name] = SkillDraft(name, spot)
        if definition and definition not in skill.definitions:
            skill.definitions[definition] = (spot[0], spot[1], columns[1])
        if descriptor:
            texts = skill.descriptors.setdefault(step, {})
            if descriptor not in texts:
                texts[descriptor] = (spot[0], spot[1], columns[4])
        return skill

    def _add_levels(
        self,
        plan: ItemPlan,
        use: UseDraft,
        skill: SkillDraft,
        focus: FocusDraft,
        roles: Sequence[RoleDraft],
        whole: bool,
        spot: Spot,
        step: str,
        step_spot: Spot,
    ) -> None:
        use.whole = use.whole or whole
        for role in roles if step or not whole else ():
            held = use.levels.get(role.level)
            if held is None:
                use.levels[role.level] = LevelUse(spot, step, step_spot)
            elif step and not held.step:
                held.step, held.step_spot = step, step_spot
            elif step and step != held.step:
                self._ledger.note(
                    "proficiency-differs",
                    f"{quote(skill.label)} of {quote(focus.key)} at {role.level} is asked for as {step} here and as {held.step} in {self._find_place(held.step_spot, plan)}, which is kept",
                    self._place(plan, step_spot[1], step_spot[2]), "", "correct one of the cells",
                )  # fmt: skip
