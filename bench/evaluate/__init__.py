"""Judges content@1 by what others call related: O*NET's Related Occupations; see ``README.md``."""
