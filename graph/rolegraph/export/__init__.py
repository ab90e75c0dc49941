"""The graph for other tools: one small writer for each format, over the same source.

- ``formats``: what formats there are, and which module writes each;
- ``source``: what every writer writes from: records, triples, nearest roles, named graphs;
- the writers: a module a format, with ``write(source, sink)``, or ``list_files(source)`` for a format of several files.
"""
