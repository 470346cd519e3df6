"""mailbot: the mailbox of a press unit, from approval asked to text released."""

__version__ = "0.1.0"
