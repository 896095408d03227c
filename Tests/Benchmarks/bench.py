"""What the benchmarks share."""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import subprocess
import sys
import time


def identifier(number):
    """The id of the user of a number, of their session and of their conversation; seeds make them alike."""
    return f"00000000-0000-7000-8000-{number:012d}"


def access_token(number, secret):
    def encode(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    now = int(time.time())
    claims = {"sub": identifier(number), "sid": identifier(number), "iat": now, "exp": now + 3600, "typ": "access"}
    text = encode(b'{"alg":"HS256","typ":"JWT"}') + b"." + encode(json.dumps(claims).encode())
    return (text + b"." + encode(hmac.new(secret.encode(), text, hashlib.sha256).digest())).decode()


class Process:
    """A program that says where it listens, for the length of a `with`."""

    def __init__(self, *arguments, environment, folder):
        self.process = subprocess.Popen(
            arguments, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self):
        for line in self.process.stdout:
            found = re.search(r"http://[a-z0-9.]+:(\d+)", line)
            if found:
                self.port = int(found[1])
                return self
        sys.exit(f"{self.process.args[0]} did not start.")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=60)

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def psql(url, *arguments):
    return subprocess.run(
        ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", *arguments, url],
        check=True, capture_output=True, text=True,
    ).stdout.strip()
