"""Skills of an architecture that may be one: proposals with reasons, for people to decide."""
