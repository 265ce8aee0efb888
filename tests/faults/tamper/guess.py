#!/usr/bin/env python3
"""Guesses secrets from a copy of a store, without and with its key file.

A store with a key file gets 40 secrets: 10 passwords from a short dictionary, 10 PINs of Chave Móvel Digital, 10 codes of
registrations and 10 phone codes. Then, on a backup of it:

- the copy alone: no column has a secret as text or number; no stored value is the SHA-256 of a secret, an HMAC under a
  value that the copy or the source code shows, or argon2id of a password, alone or hashed once more in these ways. 0 of 40
  must be found;
- the control, with the key file: the same dictionaries find 40 of 40. The store's key is decrypted here, so the control
  depends on no code of the program.

The dictionaries contain the right values: 60 passwords, and 1,000 codes and PINs each, of up to a million that an attacker
would try. Passwords need argon2id from `argon2-cffi` or `cryptography`.

    python3 tests/faults/tamper/guess.py             builds the release binary first; SSD=path uses an existing one
    QUICK=1 python3 tests/faults/tamper/guess.py     smaller dictionaries
    ONLY=pin KEEP=1 python3 tests/faults/tamper/guess.py     one kind; the files stay in target/faults.*
"""

import base64
import csv
import hashlib
import hmac
import itertools
import json
import os
import random
import re
import sqlite3
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from common import ONLY, QUICK, ROOT, SEED, Report, fresh, must  # noqa: E402

report = Report('tamper/guess.py')
choice = random.Random(SEED)

PEOPLE = 10
REGISTRY = os.path.join(ROOT, 'examples', 'data', 'registry.csv')
WORDS = ['Benfica', 'Lisboa', 'Verao', 'Amor', 'Porto', 'Saudade', 'Gato', 'Praia', 'Futebol', 'Mae']
YEARS = ['1974', '1985', '2004', '2016', '2024', '2026']
# The labels that the program hashes with each kind of secret.
LABELS = {'password': 'password', 'pin': 'cmd pin', 'code': 'activation', 'phone code': 'phone_code'}
COLUMNS = {'password': ('account', 'password'), 'pin': ('cmd', 'pin'), 'code': ('code', 'mac'),
           'phone code': ('account', 'phone_code')}


def argon2id():
    """Returns a function of password, salt, memory, passes and lanes, or None."""
    try:
        from argon2.low_level import Type, hash_secret_raw
        return lambda password, salt, memory, passes, lanes: hash_secret_raw(
            password, salt, passes, memory, lanes, 32, Type.ID)
    except ImportError:
        pass
    try:
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
        work = lambda password, salt, memory, passes, lanes: Argon2id(  # noqa: E731
            salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(password)
        work(b'x', b'x' * 16, 64, 1, 1)
        return work
    except Exception:  # also an OpenSSL without argon2id
        return None


HASH = argon2id()
KINDS = [kind for kind in LABELS if kind != 'password' or HASH]
if HASH is None:
    print('skipped: passwords, because neither argon2-cffi nor cryptography with argon2id is installed '
          '(`pip install argon2-cffi`)')
if ONLY:
    KINDS = [kind for kind in KINDS if kind == ONLY]

# --- The store and its secrets ----------------------------------------------------------------------------------------


def plant(folder):
    """Makes the store and its backup, and returns the secrets: {kind: {niss: secret}}."""
    must(['init', '-q'], folder)
    must(['registry', 'import', REGISTRY, '-q'], folder)
    with open(REGISTRY, encoding='utf-8', newline='') as file:
        people = [row for row in csv.DictReader(file)
                  if row['kind'] == 'citizen' and row['status'] == 'active' and row['mobile'].startswith('+351')]
    chosen = choice.sample(people, 2 * PEOPLE)
    secrets = {kind: {} for kind in LABELS}
    for n, person in enumerate(chosen):
        niss = person['niss']
        must(['register', niss, '--account-type', 'citizen', '--birth-date', person['birth_date'], '--channel', 'sms',
              '--accept-terms', '-q'], folder)
        code = must(['outbox', 'code', niss], folder).strip()
        if n >= PEOPLE:
            secrets['code'][niss] = code
            continue
        secrets['password'][niss] = PASSWORDS[n]
        must(['activate', niss, '--code', code, '--password-stdin', '-q'], folder, PASSWORDS[n].encode())
        session = must(['login', niss, '--password-stdin', '-q'], folder, PASSWORDS[n].encode()).strip()
        reply = json.loads(must(['--json', 'phone-code', 'set'], folder, env={'SSD_SESSION': session}))
        secrets['phone code'][niss] = reply['phone_code']
        secrets['pin'][niss] = f'{choice.randrange(10_000):04}'
        must(['cmd', 'enrol', niss, '--mobile', '912000001', '--pin-stdin', '-q'], folder, secrets['pin'][niss].encode())
    must(['store', 'backup', 'copy.db', '-q'], folder)
    return secrets


def dictionary(kind, right):
    """Returns the values to try: the right ones among others."""
    if kind == 'password':
        return PASSWORDS[:20] if QUICK else PASSWORDS
    digits = 4 if kind == 'pin' else 6
    others = (f'{n:0{digits}}' for n in choice.sample(range(10 ** digits), 100 if QUICK else 1_000))
    return sorted(set(right) | set(others))


PASSWORDS = [f'{word}-{year}-{other}' for (word, other), year in itertools.product(zip(WORDS, WORDS[1:] + WORDS), YEARS)]
choice.shuffle(PASSWORDS)

# --- Guesses without the key ------------------------------------------------------------------------------------------


def parts(*values):
    """Returns values with their lengths in front, as the program encodes them."""
    return b''.join(struct.pack('>Q', len(value)) + value for value in values)


def messages(kind, niss, secret):
    """Returns the bytes that a plain or wrongly keyed hash could be over. `secret` is bytes."""
    number = struct.pack('>q', int(niss))
    for holder in (b'', niss.encode(), number):
        for label in (b'', LABELS[kind].encode()):
            yield label + holder + secret
            yield secret + holder + label
    yield parts(secret)
    yield parts(number, secret)
    yield parts(LABELS[kind].encode(), number, secret)


def public_keys(connection, niss):
    """Returns the values that somebody with the copy could take for a key."""
    found = [b'', bytes(32), niss.encode(), struct.pack('>q', int(niss)), b'ssd', b'seal', b'key', b'password']
    for value in connection.execute('SELECT * FROM store').fetchone():
        if isinstance(value, bytes):
            found += [value, value[:32], value[24:56], value[-32:], hashlib.sha256(value).digest()]
        elif value is not None:
            found += [str(value).encode(), struct.pack('>q', value)]
    return sorted({key.ljust(64, b'\0') if len(key) <= 64 else key for key in found})


def stored_values(connection, kind):
    """Returns the stored values of a kind: {niss: value}. Of a password it is the PHC string."""
    table, column = COLUMNS[kind]
    condition = "state = 'open'" if kind == 'code' else f'{column} IS NOT NULL'
    return {str(niss): value
            for niss, value in connection.execute(f'SELECT niss, {column} FROM {table} WHERE {condition}')}


def unpack(phc):
    """Returns salt, cost and last field of a PHC string."""
    _, scheme, version, cost, salt, last = phc.split('$')
    assert (scheme, version) == ('argon2id', 'v=19'), phc
    memory, passes, lanes = (int(part.split('=')[1]) for part in cost.split(','))
    decode = lambda text: base64.b64decode(text + '=' * (-len(text) % 4))  # noqa: E731
    return decode(salt), (memory, passes, lanes), decode(last)


_raw = {}


def raw_output(phc, password):
    """Returns argon2id's output for a password with the salt and cost of a stored hash."""
    salt, cost, _ = unpack(phc)
    known = (salt, cost, password)
    if known not in _raw:
        _raw[known] = HASH(password.encode(), salt, *cost)
        report.count('argon2id hashes')
    return _raw[known]


def guess_alone(connection, kind, niss, value, words):
    """Returns a way in which the copy gives the secret away, or None."""
    target = value
    if kind == 'password':
        target = unpack(value)[2]
    keys = public_keys(connection, niss)
    for word in words:
        forms = [word.encode()]
        if kind == 'password':
            forms.append(raw_output(value, word))
            if forms[1] == target:
                return word, 'argon2id'
        for form in forms:
            for message in messages(kind, niss, form):
                report.count('hashes without the key', 1 + len(keys))
                if hashlib.sha256(message).digest() == target:
                    return word, 'SHA-256'
                for key in keys:
                    if hmac.digest(key, message, 'sha256') == target:
                        return word, f'HMAC under {key!r}'
    return None


def plain_columns(connection, secrets):
    """Returns the tables that have a secret as text, bytes or a number."""
    found = []
    tables = [name for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    for table in tables:
        if table == 'registry':
            continue  # Its numbers of people contain digits of all kinds.
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            texts = [value if isinstance(value, bytes) else str(value).encode() for value in row]
            for kind, niss, secret in secrets:
                # Digits within longer numbers, and four digits such as a year, are found by accident.
                pattern = rb'(?<!\d)%s(?!\d)' % re.escape(secret.encode())
                is_in = lambda text: re.search(pattern, text)  # noqa: E731
                is_there = secret.encode() in texts if kind == 'pin' else any(map(is_in, texts))
                if is_there:
                    found.append((table, kind, niss, secret))
    return found


# --- The control, with the key file -----------------------------------------------------------------------------------


def quarter_rounds(state, rounds=20):
    """Runs the rounds of ChaCha20 on 16 words."""
    def quarter(a, b, c, d):
        for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[x] = (state[x] + state[y]) & 0xffffffff
            mixed = state[z] ^ state[x]
            state[z] = (mixed << turn | mixed >> (32 - turn)) & 0xffffffff
    for _ in range(rounds // 2):
        for n in range(4):
            quarter(n, n + 4, n + 8, n + 12)
        for n in range(4):
            quarter(n, 4 + (n + 1) % 4, 8 + (n + 2) % 4, 12 + (n + 3) % 4)
    return state


CONSTANTS = list(struct.unpack('<4I', b'expand 32-byte k'))


def xchacha20(key, nonce, data):
    """Decrypts up to 64 bytes with XChaCha20, without checking the tag: a wrong key finds nothing in the control."""
    state = quarter_rounds(CONSTANTS + list(struct.unpack('<8I', key)) + list(struct.unpack('<4I', nonce[:16])))
    derived = state[:4] + state[12:]
    start = CONSTANTS + derived + [1, 0] + list(struct.unpack('<2I', nonce[16:]))
    stream = quarter_rounds(list(start))
    stream = struct.pack('<16I', *((a + b) & 0xffffffff for a, b in zip(stream, start)))
    return bytes(a ^ b for a, b in zip(data, stream))


def own_key(connection, path):
    """Returns the store's own key, decrypted with the key file."""
    with open(path, encoding='ascii') as file:
        outer = bytes.fromhex(file.read().strip())
    sealed = connection.execute('SELECT data_key FROM store').fetchone()[0]
    cipher = hmac.digest(outer, parts(b'seal'), 'sha256')
    return xchacha20(cipher, sealed[:24], sealed[24:56])


def guess_with_key(key, kind, niss, value, words):
    """Returns the secret, or None."""
    target = unpack(value)[2] if kind == 'password' else value
    for word in words:
        form = raw_output(value, word) if kind == 'password' else word.encode()
        message = parts(LABELS[kind].encode(), struct.pack('>q', int(niss)), form)
        report.count('hashes with the key')
        if hmac.digest(key, message, 'sha256') == target:
            return word
    return None


# --- The run ----------------------------------------------------------------------------------------------------------

home = fresh(prefix='guess')
planted = plant(home)
everything = [(kind, niss, secret) for kind in KINDS for niss, secret in planted[kind].items()]
copy = sqlite3.connect(f'file:{os.path.join(home, "copy.db")}?mode=ro', uri=True)
key = own_key(copy, os.path.join(home, 'store.db.key'))
for kind in KINDS:
    report.count(f'{kind}: found in the copy', 0)
    report.count(f'{kind}: found with the key file', 0)
for table, kind, niss, secret in plain_columns(copy, everything):
    report.count(f'{kind}: found in the copy')
    report.finding(f'table {table} has a {kind} in plain text', kind, 'sqlite3 copy.db', f'{niss}: {secret}')
for kind in KINDS:
    values = stored_values(copy, kind)
    words = dictionary(kind, planted[kind].values())
    for niss, secret in planted[kind].items():
        alone = guess_alone(copy, kind, niss, values[niss], words)
        if alone:
            report.count(f'{kind}: found in the copy')
            report.finding(f'a {kind} is found without the key', kind, 'sqlite3 copy.db', f'{niss}: {alone}')
        found = guess_with_key(key, kind, niss, values[niss], words)
        report.count(f'{kind}: found with the key file', int(found == secret))
        if found != secret:
            report.finding(f'the control does not find a {kind}', kind, 'sqlite3 copy.db', f'{niss}: {found}')
copy.close()
report.end({f'{kind}: found with the key file': PEOPLE for kind in KINDS})
