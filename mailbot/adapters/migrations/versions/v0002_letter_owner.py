"""Which process works on a letter, so that another one need not wait for the lease of a dead one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letters", sa.Column("owner", sa.String(length=128), nullable=True))
