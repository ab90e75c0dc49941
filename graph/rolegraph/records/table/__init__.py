"""Spreadsheets and a mapping file -> what they state as records.

``cells`` reads CSV, TSV and XLSX files into sheets of texts, ``mapping`` the file that says which column is what,
``compose`` makes an :class:`rolegraph.records.intake.Intake` of both, ``codebook`` keeps the codes that were made
for things which the sheets have no code for, and ``suggest`` proposes a mapping for a workbook.
"""
