"""What the shell needs from outside, as protocols; adapters fill them."""
