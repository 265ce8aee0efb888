#!/usr/bin/env python3
"""Changes the file of a store without its key, and asks `store check` and `audit verify` whether they notice.

Two parts, on stores with a key file:

- edits: each case changes one row of a copy, as an attacker with the file could: an account made active, reopened or given
  another type, a code made open, a lockout lifted, a setting weakened, rows added and removed, a password hash copied from
  another account or put back, an audit entry removed or changed, an older file put in place. Each must be reported;
- false alarms: a random sequence of requests, wrong ones too, with erasures, rekeys, backups and restored backups. Nothing
  may be reported after it.

    python3 tests/faults/tamper/state.py             builds the release binary first; SSD=path uses an existing one
    QUICK=1 python3 tests/faults/tamper/state.py     500 instead of 10,000 requests
    ONLY=reopened KEEP=1 python3 tests/faults/tamper/state.py     one edit; the files stay in target/faults.*
"""

import csv
import json
import os
import random
import shutil
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from common import ONLY, QUICK, ROOT, SEED, Report, fresh, must, run  # noqa: E402

report = Report('tamper/state.py')
choice = random.Random(SEED)
REQUESTS = 500 if QUICK else 10_000
PERSONAS = os.path.join(ROOT, 'examples', 'data', 'personas.csv')
PASSWORDS = ['Granizo-Lilas-58-Trovoada', 'Alfazema-Berlim-74-Vento']
with open(PERSONAS, encoding='utf-8') as rows:
    CITIZENS = [row for row in csv.DictReader(rows) if row['kind'] == 'citizen' and row['status'] in ('', 'active')]
ANA, JOSE = '12000000012', '12000000020'

# Name, SQL. `store check` must report each, or `audit verify` where the log itself is changed.
EDITS = [
    ('suspended-active', f"UPDATE account SET state = 'active' WHERE niss = {JOSE}"),
    ('reopened', "UPDATE account SET state = 'active' WHERE state = 'closed'"),
    ('requested-active', "UPDATE account SET state = 'active' WHERE state = 'requested'"),
    ('other-type', f"UPDATE account SET account_type = 'company' WHERE niss = {ANA}"),
    ('copied-hash', f'UPDATE account SET password = (SELECT password FROM account WHERE niss = {JOSE}) WHERE niss = {ANA}'),
    ('removed-hash', f'UPDATE account SET password = NULL WHERE niss = {ANA}'),
    ('removed-phone-code', f'UPDATE account SET phone_code = NULL WHERE niss = {ANA}'),
    ('added-account', "INSERT INTO account (niss, account_type, state, alerts, created_at) SELECT niss, 'citizen', 'active', "
                      "'none', 1 FROM registry WHERE niss NOT IN (SELECT niss FROM account) LIMIT 1"),
    ('removed-account', "DELETE FROM account WHERE state = 'requested'"),
    ('used-open', "UPDATE code SET state = 'open' WHERE id = (SELECT max(id) FROM code WHERE state = 'used')"),
    ('superseded-open', "UPDATE code SET state = 'open' WHERE id = (SELECT max(id) FROM code WHERE state = 'superseded')"),
    ('longer-code', "UPDATE code SET expires_at = expires_at + 86400 WHERE state = 'open'"),
    ('added-code', "INSERT INTO code SELECT 900, niss, purpose, channel, mac, target, issued_at, expires_at, expected_on, 'used' "
                   'FROM code LIMIT 1'),
    ('removed-code', 'DELETE FROM code WHERE id = 1'),
    ('lifted-lockout', 'UPDATE guard SET blocked_until = NULL WHERE blocked_until IS NOT NULL'),
    ('removed-lockout', 'DELETE FROM guard WHERE blocked_until IS NOT NULL'),
    ('fewer-failures', 'UPDATE guard SET failures = 0 WHERE failures > 0'),
    ('weaker-setting', "UPDATE policy SET value = '9' WHERE key = 'login.failures'"),
    ('added-setting', "INSERT INTO policy VALUES ('code.failures', '90')"),
    ('removed-setting', "DELETE FROM policy WHERE key = 'login.failures'"),
    ('added-session', 'INSERT INTO session SELECT 5, niss, mac, created_at, last_used_at, idle, ends_at, fresh_until, 0 FROM session'),
    ('removed-session', 'DELETE FROM session'),
    ('added-call', 'INSERT INTO call SELECT 5, niss, mac, created_at, ends_at FROM call'),
    ('removed-call', 'DELETE FROM call'),
    ('added-message', 'INSERT INTO message SELECT 900, niss, channel, purpose, recipient, language, subject, body, NULL, NULL, '
                      'created_at, status, status_at, due_at, dispatched_at, request, NULL, NULL FROM message LIMIT 1'),
    ('removed-message', 'DELETE FROM message WHERE id = 1'),
    ('other-cause', 'UPDATE message SET request = request + 1 WHERE id = 1'),
    ('not-dispatched', "UPDATE message SET status = 'pending', dispatched_at = NULL, print_run = NULL WHERE print_run IS NOT NULL"),
    ('returned', "UPDATE message SET status = 'returned', status_at = created_at WHERE print_run IS NOT NULL"),
    ('removed-enrolment', 'DELETE FROM cmd'),
    ('other-baseline', 'UPDATE store SET effects_since = 900'),
    ('removed-entry', 'DELETE FROM audit WHERE id = 5'),
    ('changed-entry', 'UPDATE audit SET detail = NULL WHERE id = (SELECT max(id) FROM audit WHERE detail IS NOT NULL)'),
    ('removed-end', 'DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)'),
]


def edit(folder, sql):
    """Runs a statement on the store as another program does, without references and triggers."""
    connection = sqlite3.connect(os.path.join(folder, 'store.db'))
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER {name}')
    changed = connection.execute(sql).rowcount
    for _, again in triggers:
        connection.execute(again)
    connection.commit()
    connection.close()
    return changed


def register(folder, person, channel):
    return run(['register', person['niss'], '--account-type', 'citizen', '--birth-date', person['birth_date'], '--channel',
                channel, '--accept-terms', '-q'], folder)


def channel_of(person):
    return 'sms' if person['mobile'] else 'email' if person['email'] else 'letter'


def activate(folder, niss, password):
    code = run(['outbox', 'code', niss], folder).text().strip()
    return run(['activate', niss, '--code', code, '--password-stdin', '-q'], folder, password.encode())


def log_in(folder, niss, password):
    return run(['login', niss, '--password-stdin', '-q'], folder, password.encode()).text().strip()


def plant(folder):
    must(['init', '-q'], folder)
    must(['registry', 'import', PERSONAS, '-q'], folder)
    must(['policy', 'set', 'login.failures', '4'], folder)
    people = {person['niss']: person for person in CITIZENS}
    for niss in (ANA, JOSE):
        register(folder, people[niss], channel_of(people[niss]))
        activate(folder, niss, PASSWORDS[0])
    others = [person for person in CITIZENS if person['niss'] not in (ANA, JOSE)]
    register(folder, others[0], channel_of(others[0]))
    register(folder, others[1], channel_of(others[1]))
    must(['account', 'close', others[1]['niss'], '--reason', 'x', '-q'], folder)
    lettered = next(person for person in others[2:] if person['address'])
    register(folder, lettered, 'letter')
    must(['outbox', 'print', '--out', 'letters.pdf', '-q'], folder)
    env = {'SSD_SESSION': log_in(folder, ANA, PASSWORDS[0])}
    digits = json.loads(must(['--json', 'phone-code', 'set'], folder, env=env))['phone_code']
    must(['phone-line', ANA, '--code-stdin', '-q'], folder, digits.encode())
    must(['cmd', 'enrol', ANA, '--mobile', '912000001', '--pin-stdin', '-q'], folder, b'4821')
    for _ in range(4):
        run(['login', ANA, '--password-stdin', '-q'], folder, b'wrong')
    must(['account', 'suspend', JOSE, '--reason', 'x', '-q'], folder)
    must(['store', 'check', '-q'], folder)


def edits():
    start = fresh()
    plant(start)
    for name, sql in EDITS:
        if ONLY and ONLY != name:
            continue
        folder = fresh(start)
        if edit(folder, sql) < 1:
            report.finding('an edit changes no row', name, 'ssd store check')
            continue
        found = run(['--json', 'store', 'check'], folder)
        verified = run(['--json', 'audit', 'verify'], folder)
        report.count('edits')
        if found.code != 4 and verified.code != 4:
            report.finding('an edit is not reported', name, 'ssd store check', sql)
        if name == 'copied-hash':
            opened = run(['login', ANA, '--password-stdin'], folder, PASSWORDS[0].encode())
            if opened.code == 0:
                report.finding('a copied hash opens the account', name, 'ssd login')
    if not ONLY or ONLY == 'older-file':
        folder = fresh(start)
        anchor = must(['audit', 'head'], folder).strip()
        older = fresh(folder)
        must(['account', 'unlock', JOSE, '--reason', 'x', '-q'], folder)
        newer = must(['audit', 'head'], folder).strip()
        shutil.copy(os.path.join(older, 'store.db'), os.path.join(folder, 'store.db'))
        for end in ('-wal', '-shm'):
            path = os.path.join(folder, 'store.db' + end)
            if os.path.exists(path):
                os.remove(path)
        report.count('edits')
        if run(['audit', 'verify', '--since', newer], folder).code != 4 or anchor == newer:
            report.finding('an anchor does not find an older file', 'older-file', 'ssd audit verify --since ANCHOR')


def requests():
    """Sends random requests by batches, and checks the store after each."""
    folder = fresh()
    must(['init', '-q'], folder)
    for key, value in (('argon2.memory', '7168'), ('argon2.passes', '5')):
        run(['policy', 'set', key, value], folder)
    must(['registry', 'import', PERSONAS, '-q'], folder)
    sent, key_file = 0, os.path.join(folder, 'store.db.key')
    while sent < REQUESTS:
        lines = []
        for _ in range(100):
            lines.append(request(folder))
        sent += len(lines)
        done = run(['batch', '-', '-q'], folder,
                   ('\n'.join(json.dumps(line) for line in lines) + '\n').encode(), timeout=300)
        if done.code not in (0, 5):
            report.finding('a batch ends with another exit code', 'requests', 'ssd batch -', done)
            return
        kind = choice.randrange(6)
        if kind == 0:
            must(['store', 'rekey', '-q'], folder)
        elif kind == 1:
            backup = os.path.join(folder, 'copy.db')
            if os.path.exists(backup):
                os.remove(backup)
            must(['store', 'backup', backup, '-q'], folder)
            check(folder, ['--store', backup, '--key-file', key_file], 'backup')
            for end in ('', '-wal', '-shm'):
                if os.path.exists(os.path.join(folder, 'store.db' + end)):
                    os.remove(os.path.join(folder, 'store.db' + end))
            shutil.move(backup, os.path.join(folder, 'store.db'))
        elif kind == 2:
            run(['account', 'erase', choice.choice(CITIZENS)['niss'], '--reason', 'x', '-q'], folder)
            must(['registry', 'import', PERSONAS, '-q'], folder)
        elif kind == 3:
            path = os.path.join(folder, f'letters-{sent}.pdf')
            run(['outbox', 'print', '--out', path, '-q'], folder)
        check(folder, [], f'after {sent} requests')
    report.count('requests', sent)


def check(folder, args, what):
    found = run(['--json', 'store', 'check', *args], folder, timeout=60)
    report.count('checks')
    if found.code != 0:
        report.finding('a store without edits is reported', what, 'ssd store check', found.text().strip())


def request(folder):
    person = choice.choice(CITIZENS)
    niss = person['niss']
    kind = choice.randrange(12)
    if kind < 3:
        born = person['birth_date'] if choice.random() < 0.8 else '1900-01-01'
        return {'op': 'register', 'niss': niss, 'account_type': 'citizen', 'birth_date': born,
                'channel': choice.choice(['sms', 'email', 'letter']), 'accept_terms': True}
    if kind < 6:
        code = run(['outbox', 'code', niss], folder).text().strip() if choice.random() < 0.7 else '000000'
        return {'op': 'activate', 'niss': niss, 'code': code or '000000', 'password': choice.choice(PASSWORDS)}
    if kind < 9:
        return {'op': 'login', 'niss': niss, 'password': choice.choice(PASSWORDS)}
    if kind == 9:
        return {'op': 'phone_code_verify', 'niss': niss, 'code': f'{choice.randrange(1_000_000):06}'}
    op = choice.choice(['account_suspend', 'account_resume', 'account_unlock', 'account_reset', 'account_close'])
    return {'op': op, 'niss': niss, 'reason': 'x'}


edits()
if not ONLY:
    requests()
report.end({'edits': len(EDITS) + 1, 'requests': REQUESTS})
