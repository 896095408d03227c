"""Users by number, each with a session of the same id: seed.sql for SQLite. Usage: seed-sqlite.py FILE USERS"""

import sqlite3
import sys
import time

with sqlite3.connect(sys.argv[1]) as database:
    now = int(time.time() * 1000)
    for number in range(int(sys.argv[2])):
        key = bytes.fromhex(f"0000000000007000{0x8000:04x}{number:012d}")
        database.execute(
            "INSERT INTO users (id, username, email, created_at, password_hash) VALUES (?, ?, NULL, ?, '')",
            (key, f"user{number}", now))
        database.execute(
            "INSERT INTO sessions (user_id, id, refresh_digest, refreshed_at, created_at, expires_at) "
            "VALUES (?, ?, '', ?, ?, ?)", (key, key, now, now, now + 86_400_000))
