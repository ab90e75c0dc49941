"""Sheets of workbooks that are ours.

- ``book``: cells, formats and files;
- ``sheet``: rows as a sheet that people filter.
"""
