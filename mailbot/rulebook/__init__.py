"""What the unit may change: TOML files become a checked Rulebook."""
