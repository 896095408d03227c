"""The models of a typical FastAPI service, and the DDL that SQLAlchemy makes of them.

The .sql files beside this one are what this program wrote with SQLAlchemy 2.1.9; the tests of adoption start from them.
To write them again:

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install 'sqlalchemy>=2' psycopg2-binary
    cd Tests/Adoption && /tmp/venv/bin/python models.py
"""

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String, Text, Uuid, create_mock_engine, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def metadata(key: str):
    """The tables, with integer keys or with uuid ones."""

    class Base(DeclarativeBase):
        pass

    Key = uuid.UUID if key == "uuid" else int

    def primary_key():
        if key == "uuid":
            return mapped_column(Uuid, primary_key=True, default=uuid.uuid4)
        return mapped_column(primary_key=True, index=True)

    class User(Base):
        __tablename__ = "users"
        id: Mapped[Key] = primary_key()
        username: Mapped[str] = mapped_column(String(64), unique=True, index=True)
        email: Mapped[str | None] = mapped_column(String(254), unique=True)
        hashed_password: Mapped[str] = mapped_column(String(128))
        is_active: Mapped[bool] = mapped_column(default=True)
        created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    class Conversation(Base):
        __tablename__ = "conversations"
        id: Mapped[Key] = primary_key()
        user_id: Mapped[Key] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
        title: Mapped[str] = mapped_column(String(200))
        created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
        updated_at: Mapped[datetime] = mapped_column(
            DateTime(timezone=True), server_default=func.now(), onupdate=func.now()
        )

    class Message(Base):
        __tablename__ = "messages"
        id: Mapped[Key] = primary_key()
        conversation_id: Mapped[Key] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
        role: Mapped[str] = mapped_column(String(16))
        content: Mapped[str] = mapped_column(Text)
        token_count: Mapped[int | None]
        created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    return Base.metadata


def statements(dialect: str, key: str) -> list[str]:
    """What `create_all` sends."""
    sent: list[str] = []
    engine = create_mock_engine(
        f"{dialect}://", lambda statement, *_, **__: sent.append(str(statement.compile(dialect=engine.dialect)))
    )
    metadata(key).create_all(engine, checkfirst=False)
    return ["\n".join(line.replace("\t", "  ").rstrip() for line in text.strip().splitlines()) for text in sent]


if __name__ == "__main__":
    for dialect in ["sqlite", "postgresql"]:
        for key in ["integer", "uuid"]:
            with open(f"{dialect}-{key}.sql", "w", encoding="utf-8") as file:
                file.write(f"-- Written by models.py: {dialect}, {key} keys.\n\n")
                file.write("\n\n".join(f"{text};" for text in statements(dialect, key)) + "\n")
