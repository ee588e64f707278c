from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from empathy_coach.errors import StorageError
from empathy_coach.storage import feedback, schema, tokens
from empathy_coach.storage.database import Database
from empathy_coach.storage.feedback import FeedbackKey
from empathy_coach.storage.tables import metadata

KEY = FeedbackKey("core/tone/blame", "tone", "shown", date(2026, 11, 22), "", "0123456789abcdef")


def test_the_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    with database.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_migration_is_the_one_the_code_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == schema.HEAD
    assert {script.revision for script in scripts.walk_revisions()} == set(schema.KNOWN)


def test_migrations_go_down_and_up_again(database: Database) -> None:
    with database.transaction() as connection:
        schema.migrate(connection, "base")
    with database.transaction() as connection:
        assert schema.current(connection) is None
        schema.bring_up_to_date(connection)
    with database.transaction() as connection:
        assert schema.current(connection) == schema.HEAD
        assert tokens.all_tokens(connection) == []


def test_the_mode_is_wal_and_writes_are_synced(sqlite: Database) -> None:
    with sqlite.transaction() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_there_is_one_connection_at_a_time(sqlite: Database) -> None:
    other = Database(sqlite.where)
    with sqlite.transaction(), pytest.raises(StorageError, match="another program"), other.transaction(wait=0.05):
        pass
    with other.transaction(wait=0.05):
        pass


def test_writers_of_several_threads_take_turns(database: Database) -> None:
    def count(_number: int) -> None:
        with database.transaction(wait=30) as connection:
            feedback.add_one(connection, KEY)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(count, range(60)))
    with database.transaction() as connection:
        assert feedback.counts(connection) == {KEY: 60}


WRITER = """
import os, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from empathy_coach.storage import tokens
from empathy_coach.storage.database import Database
database = Database(Path(sys.argv[1]))
for number in range(10_000):
    with database.transaction(wait=30) as connection:
        tokens.add_code(connection, number.to_bytes(32, "big"), 2**31)
    print(number, flush=True)
"""


def test_what_was_stored_is_there_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "coach.db"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    seen = [int(writer.stdout.readline()) for _ in range(20)]
    writer.kill()
    seen += [int(line) for line in writer.stdout.read().splitlines() if line]
    writer.wait()
    with Database(path).transaction() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM pairing_codes").scalar()
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert kept in (len(seen), len(seen) + 1)  # the last may have been stored without being said


def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        feedback.add_one(connection, KEY)
        raise ZeroDivisionError
    with database.transaction() as connection:
        assert feedback.counts(connection) == {}


def test_a_full_disk_is_said(sqlite: Database) -> None:
    with pytest.raises(StorageError, match="full"), sqlite.transaction() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")
        for number in range(2000):
            tokens.add_code(connection, number.to_bytes(32, "big"), 1)


def test_what_is_no_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "coach.db"
    path.write_bytes(b"a letter to my aunt " * 200)
    with pytest.raises(StorageError, match=r"coach\.db: file is not a database"):
        Database(path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be opened"):
        Database(tmp_path / "file" / "coach.db")


def test_a_newer_database_is_left_alone(database: Database) -> None:
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="newer"):
        Database(database.where)


def test_the_signature_changes_with_the_data(sqlite: Database) -> None:
    before = sqlite.signature()
    with sqlite.transaction() as connection:
        tokens.all_tokens(connection)
    assert sqlite.signature() == before
    for number in range(50):  # two changes within one tick of the file system's clock can look the same
        with sqlite.transaction() as connection:
            tokens.add_code(connection, number.to_bytes(32, "big"), 2**31)
        if sqlite.signature() != before:
            return
    pytest.fail("the signature stayed the same")
