"""Findings in a workbook: a copy of the user's own, with a sheet of findings and the cells concerned marked."""
