"""The same fixture for pytest.

    pytest test_ssd.py                     runs every test with the ssd in your PATH
    SSD=/path/to/ssd pytest test_ssd.py    uses another binary
"""

import json
import os
import pathlib
import subprocess

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ANA = "12000000012"


class Ssd:
    """Runs commands in a sandbox and returns their replies as JSON, for any exit code."""

    def __init__(self, folder):
        self.environment = {**os.environ, "SSD_STORE": str(folder / "store.db"), "SSD_LANG": "en"}
        self("init", "--sandbox")
        self("registry", "import", str(HERE.parent / "data" / "personas.csv"))

    def __call__(self, *words, secret=None):
        done = subprocess.run(
            [os.environ.get("SSD", "ssd"), *words, "--json"],
            env=self.environment, input=secret, stdout=subprocess.PIPE, text=True,
        )
        return json.loads(done.stdout)


@pytest.fixture
def ssd(tmp_path):
    return Ssd(tmp_path)


def register(ssd):
    return ssd("register", ANA, "--account-type", "citizen", "--birth-date", "1984-03-22",
               "--channel", "sms", "--accept-terms")


def test_code_activates_account(ssd):
    assert register(ssd)["state"] == "requested"
    code = ssd("outbox", "code", ANA)["code"]
    reply = ssd("activate", ANA, "--code", code, "--password-stdin", secret="Violeta-9-Oceano-Trigo\n")
    assert reply["state"] == "active"


def test_second_code_needs_a_minute(ssd):
    register(ssd)
    assert register(ssd)["reason"] == "too_soon"
    ssd("clock", "advance", "1m")
    assert register(ssd)["result"] == "done"


@pytest.mark.parametrize("scenario", sorted((HERE.parent / "scenarios").glob("*.jsonl")), ids=lambda path: path.stem)
def test_scenario(scenario):
    assert subprocess.run([os.environ.get("SSD", "ssd"), "scenario", "run", str(scenario)]).returncode == 0
