"""Finding things by code, name or text, in an architecture and in the releases beside it."""
