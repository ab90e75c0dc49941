"""The model: records, codes and the Taxonomy. No RDF, no files.

This package file stays empty so that commands which only need the code grammar do not pay for pydantic.
"""
