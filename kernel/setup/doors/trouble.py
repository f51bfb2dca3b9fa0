"""What a user can put right: shown as it is, without a traceback."""


class Trouble(Exception):
    """The message says what was expected, what was found, and what to try."""
