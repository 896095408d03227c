"""A server under test."""

import json
import re
import subprocess
import tempfile
import urllib.request

from checkout import Failure

ACCOUNT = {"username": "ada", "password": "correct horse battery staple"}


class Server:
    """`parley serve` on a free port, with the built-in model, for the length of a `with`."""

    def __init__(self, binary, database):
        self.binary = binary
        self.database = database

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="parley-server-")
        self.log = open(f"{self.folder.name}/log", "w+")
        self.process = subprocess.Popen(
            [self.binary, "serve", "--dev", "--port", "0"],
            cwd=self.folder.name, env={"DATABASE_URL": self.database.url, "LOG_LEVEL": "warning"},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log, text=True,
        )
        for line in self.process.stdout:
            found = re.search(r"http://localhost:\d+", line)
            if found:
                self.url = found[0]
                self.token = self.log_in()
                return self
        self.log.seek(0)
        raise Failure(f"{self.binary} did not start on {self.database}:\n{self.log.read()}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()
        self.log.close()
        self.folder.cleanup()

    def log_in(self):
        self.token = None
        self.request("POST", "/auth/signup", ACCOUNT, accept={201, 409})
        return self.request("POST", "/auth/login", ACCOUNT)["access_token"]

    def take_a_turn(self):
        """Sends a message in a new conversation; returns the conversation's id."""
        return self.request("POST", "/chat/send", {"content": "What is the capital of France?"})["conversation_id"]

    def history(self, conversation):
        return self.request("GET", f"/chat/history/{conversation}")

    def text(self, path):
        with urllib.request.urlopen(self.url + path, timeout=30) as response:
            return response.read().decode()

    def request(self, method, path, body=None, accept=frozenset({200})):
        request = urllib.request.Request(self.url + path, method=method)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                status, text = response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read().decode()
        if status not in accept:
            raise Failure(f"{self.database}: {method} {path} answered {status}: {text}")
        return json.loads(text)
