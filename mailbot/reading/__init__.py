"""Bytes and text become meaning. Pure; the only room that parses mail."""
