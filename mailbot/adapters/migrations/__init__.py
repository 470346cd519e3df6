"""Alembic migrations; `adapters.schema` runs them."""
