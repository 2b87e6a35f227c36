"""People can have an account at an OpenID Connect provider; a form that is submitted after its session has ended is kept"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("person", sa.Column("issuer", sa.String(), nullable=True))
    op.add_column("person", sa.Column("subject", sa.String(), nullable=True))
    op.add_column("person", sa.Column("refused_at", sa.DateTime(), nullable=True))
    op.create_index("ix_person_account", "person", ["issuer", "subject"], unique=True)
    op.create_table(
        "kept_form",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_kept_form_person_person"),
        sa.PrimaryKeyConstraint("id", name="pk_kept_form"),
    )
    op.create_index("ix_kept_form_person", "kept_form", ["person"])
    op.create_index("ix_kept_form_created_at", "kept_form", ["created_at"])
    op.add_column("session", sa.Column("issuer", sa.String(), nullable=True))
