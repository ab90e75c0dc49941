"""The files that scripts of pages compute from."""
