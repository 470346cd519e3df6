"""Pure values and decisions: no clock, disk, network or randomness in here."""
