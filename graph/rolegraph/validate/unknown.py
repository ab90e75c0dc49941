"""The mark of what the compiled engine leaves to the reference engine."""


class Unknown(Exception):  # noqa: N818 - not an error: the shape goes to the reference engine
    """A shape holds something that is not compiled."""
