"""Other machines: publishing named graphs to a SPARQL store, and asking a SPARQL endpoint.

Nothing here runs, and no connection is opened, without an address that the user typed.
"""
