"""Backups while the servers run: SQLite's own backup, and PostgreSQL's pg_dump and psql. Nothing of our own making.

A restored database is brought to this program's tables, cleaned again of what was deleted for good since the backup,
and its numbers of changes move on, so that running servers read tokens and rules anew. Team figures that were shown
since the backup, and the groups behind them, are kept: leads remember them, and what is shown later must not be
subtracted from them. The secret of the pseudonyms is not in a backup.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, inspect
from sqlalchemy.engine import URL, make_url

from empathy_coach.errors import StorageError
from empathy_coach.storage import audit, changes, erasure, schema, views
from empathy_coach.storage.audit import Entry
from empathy_coach.storage.database import Database
from empathy_coach.storage.views import Past

_WAIT = 10.0  # seconds for the turn at an SQLite file
_HEADER = b"SQLite format 3\0"


def save(where: Path | str, file: Path) -> None:
    """Write a backup of the database ``where`` to the new file ``file``. Raises StorageError; then there is none."""
    if file.exists():
        raise StorageError(f"{file}: is there already.")
    part = file.with_name(file.name + ".part")
    try:
        part.touch(mode=0o600)
        if isinstance(where, Path):
            _copy_sqlite(where, part, where)
            _check_sqlite(part)
        else:
            _run("pg_dump", where, "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")
            _tables_in(part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(file)
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)


def restore(where: Path | str, file: Path, erased: Mapping[bytes, date]) -> None:
    """Put the backup ``file`` in place of everything in the database ``where``. Raises StorageError.

    What ``erased`` or the database names as deleted for good is deleted again. Whatever goes wrong on the way, the
    database is either as before or as in the backup.
    """
    if not file.is_file():
        raise StorageError(f"{file}: there is no such file.")
    database = Database(where)
    try:
        with database.transaction() as connection:
            marks = {**erased, **erasure.marks(connection)}
            numbers = dict(changes.numbers(connection))
            shown = views.past(connection)
    finally:
        database.close()
    if isinstance(where, Path):
        _restore_sqlite(where, file, marks, numbers, shown)
    else:
        _restore_postgresql(where, file, marks)
        database = Database(where)
        try:
            with database.transaction(wait=30.0) as connection:
                _settle(connection, marks, numbers, shown, file)
        finally:
            database.close()


def _settle(
    connection: Connection, marks: Mapping[bytes, date], before: Mapping[str, int], shown: Past, file: Path
) -> None:
    """What a restored database needs before it is used."""
    views.add_past(connection, shown)
    erasure.erase(connection, {**erasure.marks(connection), **marks})
    changes.move_past(connection, before)
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    audit.add(connection, Entry(now, "coach restore", "database.restore", file.name[:200]))


# --- SQLite ---


def _restore_sqlite(
    where: Path, file: Path, marks: Mapping[bytes, date], numbers: Mapping[str, int], shown: Past
) -> None:
    with tempfile.TemporaryDirectory(dir=where.parent) as folder:
        ready = Path(folder) / "ready.db"
        _check_sqlite(file)
        shutil.copyfile(file, ready)
        with Database(ready).transaction() as connection:  # opening it brings its tables up to date
            _settle(connection, marks, numbers, shown, file)
        _copy_sqlite(ready, where, where)


def _copy_sqlite(source: Path, target: Path, locked: Path) -> None:
    """All pages of ``source`` into ``target``, in one transaction of ``target``."""
    try:
        with (
            FileLock(locked.with_name(locked.name + ".lock"), timeout=_WAIT),
            closing(sqlite3.connect(source)) as here,
            closing(sqlite3.connect(target)) as there,
        ):
            here.backup(there)
    except Timeout:
        raise StorageError(f"{locked}: another program is using it.") from None
    except sqlite3.Error as error:
        raise StorageError(f"{target}: {error}.") from None


def _check_sqlite(file: Path) -> None:
    with file.open("rb") as opened:
        if opened.read(len(_HEADER)) != _HEADER:
            raise StorageError(f"{file}: is no backup of an SQLite database.")
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as opened_file:
            (found,) = opened_file.execute("PRAGMA integrity_check").fetchone()
            (version,) = opened_file.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError):
        found, version = "broken", None
    if found != "ok":
        raise StorageError(f"{file}: is damaged, or no backup of the coach.")
    if version not in schema.KNOWN:
        raise StorageError(f"{file}: was made by a newer Empathy Coach.")


# --- PostgreSQL ---


def _restore_postgresql(where: str, file: Path, marks: Mapping[bytes, date]) -> None:
    tables = _tables_in(file)
    database = Database(where)
    try:
        with database.transaction() as connection:
            quote = connection.dialect.identifier_preparer.quote
            ours = ", ".join(quote(name) for name in inspect(connection).get_table_names())
    finally:
        database.close()
    # In the same transaction as the backup itself, so that no mark is lost whenever this is broken off.
    rows = ", ".join(f"('\\x{mark.hex()}', '{day.isoformat()}')" for mark, day in marks.items())
    again = f"INSERT INTO public.erased (mark, day) VALUES {rows} ON CONFLICT DO NOTHING;\n"  # noqa: S608 - hex and days
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "restore.sql"
        script.touch(mode=0o600)
        _run("pg_restore", None, "--no-owner", "--no-privileges", f"--file={script}", str(file))
        whole = f"DROP TABLE {ours} CASCADE;\n" + script.read_text("utf-8")
        script.write_text(whole + (again if rows and "erased" in tables else ""), "utf-8")
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={script}")
        _run("psql", where, *options, "--output=/dev/null")


def _tables_in(file: Path) -> set[str]:
    """The tables in a backup. Raises StorageError when it is none."""
    lines = _run("pg_restore", None, "--list", str(file)).splitlines()
    tables = {words[5] for line in lines if (words := line.split()) and words[3:4] == ["TABLE"] and len(words) > 5}
    if "alembic_version" not in tables:
        raise StorageError(f"{file}: is no backup of the coach.")
    return tables


def _run(name: str, where: str | None, *arguments: str) -> str:
    """What one of PostgreSQL's programs prints. The password goes by the environment: arguments can be seen by all."""
    environment = dict(os.environ)
    given = list(arguments)
    if where is not None:
        url: URL = make_url(where)
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
        given.append(f"--dbname={url.set(password=None).render_as_string()}")
    try:
        done = subprocess.run([name, *given], env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise StorageError(f"{name} is missing here. On Debian: apt install postgresql-client") from None
    if done.returncode != 0:
        said = next((line for line in done.stderr.splitlines() if line.strip()), "it failed")
        raise StorageError(f"{name}: {said.partition('error: ')[2] or said}")
    return done.stdout
