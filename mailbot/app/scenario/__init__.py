"""Scenarios: a day told in the words of mail, played on the real service."""
