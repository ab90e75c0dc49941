"""Triples: the vocabulary and the IRIs, a taxonomy written as triples, triples read as a taxonomy.

Nothing is imported here, so that a command which only mints an IRI does not pay for a parser.
"""
