"""Runs the migrations on the connection that `adapters.schema` hands over, inside its transaction."""

from alembic import context

from mailbot.adapters.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False
)
context.run_migrations()
