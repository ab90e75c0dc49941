"""The embedded store, the named queries, and the sandbox for a user's own SPARQL.

Nothing is imported here, so that a command pays only for the module it uses:

- ``documents``: what a store is filled from; ``store``: loading, opening and keeping one;
- ``named``: the queries of ``queries/``; ``header`` and ``parameters`` read and bind what they need;
- ``worker``: the process that answers queries within limits (``confine``), after ``guard`` has looked at them;
- ``sandbox``: runs one for a query of a user's own; ``pool`` keeps several for a server, made by ``keeper``;
- ``result``: the answer; ``forms``: the answer as JSON, CSV, TSV, Turtle or a table;
- ``answering`` and ``describing``: answers and nodes as a worker hands them out.
"""
