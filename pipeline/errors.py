"""The one exception that a person is meant to read."""


class InputError(Exception):
    """Bad input or settings: one line that says what is wrong and what to do about it.

    Mains print it without a traceback and end with exit code 2.
    """
