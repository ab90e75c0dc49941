"""What changed between two job architectures.

- ``sides``: what OLD and NEW may be (data folder, graph file, git revision), and ``git``, which reads a revision;
- ``kinds``, ``fields``, ``words``: records compared kind by kind, field by field, prose word by word;
- ``pairing``: which record stands for which under another code, and by what evidence;
- ``compare``: all of it as one answer;
- ``consequences``: what follows for nearest roles and moves;
- ``patch``: the difference of the triples, as an RDF Patch.
"""
