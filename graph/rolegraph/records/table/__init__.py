"""Spreadsheets and a mapping file -> what they state as records.

``files`` reads CSV, TSV and XLSX files into sheets of texts, ``mapping`` the file that says which column is what,
``compose`` makes an :class:`rolegraph.records.intake.Intake` of both, ``codebook`` keeps the codes that were made
for things which the sheets have no code for, and ``suggest`` proposes a mapping for a workbook.
"""

from rolegraph.records.table.codebook import CodeBook, read_codebook
from rolegraph.records.table.compose import TableHarvest, read_source, read_table
from rolegraph.records.table.files import read_bytes, read_workbook
from rolegraph.records.table.mapping import TableMap, find_map, read_map
from rolegraph.records.table.suggest import suggest_map

__all__ = [
    "CodeBook",
    "TableHarvest",
    "TableMap",
    "find_map",
    "read_bytes",
    "read_codebook",
    "read_map",
    "read_source",
    "read_table",
    "read_workbook",
    "suggest_map",
]
