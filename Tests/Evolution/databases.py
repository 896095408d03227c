"""The databases that outlive a change of api.yaml."""

import contextlib
import sqlite3
import subprocess
import urllib.parse
import uuid


class SQLite:
    def __init__(self, path):
        self.path = path
        self.url = f"sqlite:///{path}"

    def __str__(self):
        return "SQLite"

    def run(self, sql):
        with contextlib.closing(sqlite3.connect(self.path, timeout=10)) as connection, connection:
            connection.execute(sql)

    def columns(self, table):
        with contextlib.closing(sqlite3.connect(self.path, timeout=10)) as connection:
            return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]

    def drop(self):
        pass  # It goes with its folder.


class Postgres:
    def __init__(self, superuser_url):
        self.superuser_url = superuser_url
        self.name = f"evolution_{uuid.uuid4().hex}"
        self.url = urllib.parse.urlsplit(superuser_url)._replace(path=f"/{self.name}").geturl()
        self.psql(superuser_url, f"CREATE DATABASE {self.name} TEMPLATE template0")

    def __str__(self):
        return "PostgreSQL"

    def run(self, sql):
        self.psql(self.url, sql)

    def columns(self, table):
        return self.psql(
            self.url, f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
        ).split()

    def drop(self):
        self.psql(self.superuser_url, f"DROP DATABASE {self.name} WITH (FORCE)")

    @staticmethod
    def psql(url, sql):
        return subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1",
             f"--command={sql}", url],
            check=True, capture_output=True, text=True,
        ).stdout
