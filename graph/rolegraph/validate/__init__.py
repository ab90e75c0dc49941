"""Judges a graph by the shapes: findings that say what is wrong, where, and what to do about it.

Import from the modules: ``judge`` gives the answer, ``sarif`` and ``shacl_report`` write it for other tools,
``lint`` checks the shapes themselves. Nothing is imported here, so that a cold command pays for what it uses.
"""
