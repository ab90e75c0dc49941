"""The embedded store, the named queries, and the sandbox for a user's own SPARQL.

Nothing is imported here, so that a command pays only for the module it uses:

- ``documents``: what a store is filled from; ``store``: loading, opening and keeping one;
- ``named``: the queries of ``queries/``; ``header`` and ``parameters`` read and bind what they need;
- ``sandbox``: runs a user's query in a child process (``worker``), after ``guard`` has looked at it;
- ``result``: the answer; ``forms``: the answer as JSON, CSV, TSV, Turtle or a table.
"""
