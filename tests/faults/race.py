#!/usr/bin/env python3
"""Races 32 processes on one store.

In each round 32 processes start together; in every second round they first wait for a lock that the script holds, so
that all of them reach the store at the same moment. Then their answers are counted:

- a code, a name of a file or a name of a store is used by exactly one of them;
- guesses are answered up to their limit and never beyond it, for unknown NISS too;
- every change that was answered as done is in the store once, with an audit entry and number of its own;
- nobody sees a damaged store, a wrong key or half a file; `store check` and `audit verify` find nothing.

    python3 tests/faults/race.py             builds the release binary first; SSD=path uses an existing one
    QUICK=1 python3 tests/faults/race.py     half of the races, with 8 processes, under 30 seconds
    ONLY=wrong-codes:1 python3 tests/faults/race.py     one round of one race
    ROUNDS=5 RACERS=32                       rounds of each race, and processes in each
"""

import collections
import contextlib
import json
import os
import sqlite3
import subprocess
import tempfile
import time

import common
from common import (
    ANA, ANTONIO, DATA, INES, JOSE, MARIA, ONLY, OTHER_PASSWORD, PASSWORD, PERSONAS, QUICK, SCENARIOS, Report, Run,
    activate, drop, environment, fresh, leftovers, login, must, register, rows, run, sandbox, shell, shutil)

report = Report('race.py')

RACERS = int(os.environ.get('RACERS') or (8 if QUICK else 32))
ROUNDS = int(os.environ.get('ROUNDS') or (1 if QUICK else 5))
# A process waits up to 30 seconds for its turn.
LIMIT = 60
NOBODY = '12345678902'

RACES = {}


def race(function):
    """Registers a race under its name. It prepares a folder and returns the commands and the judge of the answers."""
    RACES[function.__name__.replace('_', '-')] = function
    return function


@contextlib.contextmanager
def gate(folder, held):
    """Holds the write lock of the store in a folder while the processes start."""
    path = os.path.join(folder, 'store.db')
    if not held or not os.path.exists(path):
        yield
        return
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute('BEGIN IMMEDIATE')
    try:
        yield
        time.sleep(0.05)
    finally:
        connection.execute('ROLLBACK')
        connection.close()


def together(folder, commands, held):
    """Runs all commands at a time: tuples of arguments, standard input and variables."""
    started = []
    with contextlib.ExitStack() as stack:
        with gate(folder, held):
            for args, stdin, env in commands:
                given, out, err = (stack.enter_context(tempfile.TemporaryFile(dir=common.WORK)) for _ in range(3))
                given.write(stdin)
                given.seek(0)
                process = subprocess.Popen([common.SSD, '--json'] + args, cwd=folder, stdin=given, stdout=out,
                                           stderr=err, env=environment(folder, env))
                started.append((process, out, err, time.monotonic()))
        runs = []
        for process, out, err, start in started:
            expired = False
            try:
                process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                expired = True
                process.kill()
                process.wait()
            out.seek(0)
            err.seek(0)
            runs.append(Run(process.returncode, out.read(), err.read(), time.monotonic() - start, None, expired))
    return runs


def same(args, stdin='', env=None):
    """Returns the same command for each racer."""
    return [(args, stdin.encode(), env or {}) for _ in range(RACERS)]


def each(function):
    """Returns a command for each racer, by its number."""
    made = []
    for n in range(RACERS):
        args, *rest = function(n)
        made.append((args, (rest[0] if rest else '').encode(), rest[1] if len(rest) > 1 else {}))
    return made


def expect(**words):
    """Returns a judge: these words are answered so often."""
    def judge(folder, runs):
        answers = collections.Counter(run.word() for run in runs)
        return None if answers == collections.Counter(words) else f'{dict(answers)} instead of {words}'
    return judge


def limited(wrong, blocked, limit):
    """Returns a judge: so many guesses are answered, and all others are blocked."""
    return expect(**{wrong: min(limit, RACERS), blocked: max(0, RACERS - limit)} if RACERS > limit else {wrong: RACERS})


def once(word):
    """Returns a judge: one is done, and the others get this word."""
    return expect(**{'done': 1, word: RACERS - 1})


def new(real=False):
    folder = fresh(prefix='race')
    if real:
        must(['init', '-q'], folder)
        must(['registry', 'import', PERSONAS, '-q'], folder)
    else:
        sandbox(folder)
    return folder


def code(folder, niss=ANA):
    return must(['outbox', 'code', niss], folder).strip()


def wrong(right, n):
    return f'{(int(right) + 1 + n) % 10 ** len(right):0{len(right)}}'


def holders(folder, number):
    """Loads so many more holders and returns their NISS and birth dates."""
    table = subprocess.run(['awk', '-v', f'rows={number}', '-f', os.path.join(common.ROOT, 'tests/bench/rows.awk')],
                           stdout=subprocess.PIPE, check=True).stdout
    with open(os.path.join(folder, 'more.csv'), 'wb') as file:
        file.write(table)
    must(['registry', 'import', 'more.csv', '-q'], folder)
    found = []
    for line in table.decode().splitlines()[1:]:
        cells = line.split(',')
        found.append((cells[0], cells[4], cells[2]))
    return [(niss, birth) for niss, birth, status in found if status == 'active']


def registrations(folder):
    """Returns the registration of another holder for each racer."""
    people = holders(folder, RACERS * 2)
    return lambda n: (register(people[n][0], people[n][1]),)


@race
def one_registration(real):
    folder = new(real)
    return folder, same(register()), once('too_soon')


@race
def many_registrations(real):
    folder = new(real)
    return folder, each(registrations(folder)), expect(done=RACERS)


@race
def one_code(real):
    folder = new(real)
    must(register(), folder)
    return folder, same(['activate', ANA, '--code', code(folder), '--password-stdin'], PASSWORD), once('code_used')


@race
def wrong_codes(real):
    folder = new(real)
    must(register(), folder)
    right = code(folder)
    return folder, each(lambda n: (['activate', ANA, '--code', wrong(right, n), '--password-stdin'], PASSWORD)
                        ), limited('code_wrong', 'code_blocked', 5)


@race
def right_code_among_wrong_ones(real):
    folder = new(real)
    must(register(), folder)
    right = code(folder)

    def judge(folder, runs):
        answers = collections.Counter(run.word() for run in runs)
        # The right code resets the count: at most four wrong ones are answered before it, and five after it.
        if answers['done'] > 1 or answers['code_wrong'] > (4 + 5 if answers['done'] else 5):
            return dict(answers)
        state = rows(os.path.join(folder, 'store.db'), ['account'])['account'][0][2]
        if (state == 'active') != (answers['done'] == 1):
            return f'{dict(answers)}, but the account is {state}'
        return None
    return folder, each(lambda n: (['activate', ANA, '--code', right if n % 4 == 3 else wrong(right, n),
                                    '--password-stdin'], PASSWORD)), judge


@race
def wrong_passwords(real):
    folder = new(real)
    activate(folder)
    return folder, each(lambda n: (['login', ANA, '--password-stdin'], f'{OTHER_PASSWORD}{n}')), limited(
        'login_failed', 'login_locked', 5)


@race
def wrong_passwords_of_nobody(real):
    folder = new(real)
    return folder, each(lambda n: (['login', NOBODY, '--password-stdin'], f'{OTHER_PASSWORD}{n}')), limited(
        'login_failed', 'login_locked', 5)


@race
def logins(real):
    folder = new(real)
    activate(folder)

    def judge(folder, runs):
        tokens = {run.reply() and run.reply().get('session') for run in runs}
        sessions = len(rows(os.path.join(folder, 'store.db'), ['session'])['session'])
        return None if len(tokens) == sessions == RACERS else f'{len(tokens)} tokens, {sessions} sessions'
    return folder, same(['login', ANA, '--password-stdin'], PASSWORD), judge


@race
def login_code(real):
    folder = new(real)
    activate(folder)
    env = {'SSD_SESSION': login(folder)}
    must(['contacts', 'confirm', '--channel', 'sms'], folder, env=env)
    must(['contacts', 'confirm', '--channel', 'sms', '--code', code(folder)], folder, env=env)
    must(['policy', 'set', 'login.second_factor', 'on'], folder)
    must(['login', ANA, '--password-stdin'], folder, PASSWORD.encode())
    return folder, same(['login', ANA, '--password-stdin', '--code', code(folder)], PASSWORD), once('code_used')


@race
def identity_checks(real):
    folder = new(real)
    return folder, each(lambda n: (register(ANA, f'1985-03-{n % 28 + 1:02}'),)), limited(
        'identity_mismatch', 'identity_blocked', 5)


@race
def identity_checks_of_nobody(real):
    folder = new(real)
    return folder, each(lambda n: (register(NOBODY, f'1985-03-{n % 28 + 1:02}'),)), limited(
        'identity_mismatch', 'identity_blocked', 5)


@race
def phone_codes(real):
    folder = new(real)
    activate(folder)
    right = must(['phone-code', 'set', '-q'], folder, env={'SSD_SESSION': login(folder)}).strip()
    return folder, each(lambda n: ((['phone-code', 'verify'] if n % 2 else ['phone-line']) + [ANA, '--code-stdin'],
                                   wrong(right, n))), limited('phone_code_wrong', 'phone_code_blocked', 3)


@race
def phone_code_set(real):
    folder = new(real)
    activate(folder)
    return folder, same(['phone-code', 'set'], env={'SSD_SESSION': login(folder)}), once('phone_code_exists')


@race
def pins(real):
    folder = new(real)
    must(['cmd', 'enrol', ANA, '--mobile', '+351912000001', '--pin-stdin'], folder, b'2718')
    return folder, each(lambda n: (['login', ANA, '--method', 'cmd', '--pin-stdin'], f'{3000 + n}')), limited(
        'cmd_pin_wrong', 'cmd_blocked', 3)


@race
def enrolments(real):
    folder = new(real)
    return folder, same(['cmd', 'enrol', INES, '--mobile', '+351912345678', '--pin-stdin'], '2718'
                        ), once('cmd_enrolled')


@race
def contact_code(real):
    folder = new(real)
    activate(folder)
    env = {'SSD_SESSION': login(folder)}
    must(['contacts', 'update', '--email', 'nova@correio.example'], folder, env=env)
    right = must(['outbox', 'code', ANA, '--purpose', 'contact_email'], folder).strip()
    return folder, same(['contacts', 'confirm', '--channel', 'email', '--code', right], env=env), once('code_used')


def recovery():
    return ['recover', 'request', ANA, '--account-type', 'citizen', '--name', 'Ana Sofia Marques Ferreira',
            '--birth-date', '1984-03-22', '--civil-id', '123456703ZY4', '--nif', '200000012', '--mobile', '912000001',
            '--channel', 'sms']


@race
def recoveries(real):
    folder = new(real)
    activate(folder)
    return folder, same(recovery()), once('too_soon')


@race
def recovery_code(real):
    folder = new(real)
    activate(folder)
    must(recovery(), folder)
    return folder, same(['recover', 'confirm', ANA, '--code', code(folder), '--password-stdin'], OTHER_PASSWORD), once(
        'code_used')


@race
def password_changes(real):
    folder = new(real)
    activate(folder)
    env = {'SSD_SESSION': login(folder)}

    def judge(folder, runs):
        answers = collections.Counter(run.word() for run in runs)
        return None if answers['done'] == 1 and answers['login_failed'] <= 5 else dict(answers)
    return folder, each(lambda n: (['password', 'change', '--password-stdin'],
                                   f'{PASSWORD}\n{OTHER_PASSWORD}-{n}\n', env)), judge


@race
def erasures(real):
    folder = new(real)
    activate(folder)

    def judge(folder, runs):
        # A refused erasure leaves an audit entry about its NISS, which the next one erases: done again.
        answers = collections.Counter(run.word() for run in runs)
        tables = rows(os.path.join(folder, 'store.db'), ['registry', 'account', 'message', 'code', 'session'])
        left = [table for table, content in tables.items() if any(int(ANA) in row for row in content)]
        if set(answers) - {'done', 'not_in_registry'} or not answers['done'] or left:
            return f'{dict(answers)}, rows left in {left}'
        return None
    return folder, same(['account', 'erase', ANA, '--reason', 'letter']), judge


@race
def inits(real):
    folder = fresh(prefix='race')
    return folder, same(['init'] if real else ['init', '--sandbox']), once('store_exists')


@race
def inits_with_one_key_file(real):
    """A key file belongs to one store: of several stores with the same key file, one is made."""
    folder = fresh(prefix='race')

    def judge(folder, runs):
        done = [n for n, run in enumerate(runs) if run.code == 0]
        if len(done) != 1 or any(run.code != 3 for n, run in enumerate(runs) if n not in done):
            return dict(collections.Counter(run.word() for run in runs))
        made = [name for name in os.listdir(folder) if name.endswith('.db')]
        opened = run(['store', 'check', '--store', f'{done[0]}.db', '--key-file', 'one.key'], folder)
        return None if made == [f'{done[0]}.db'] and opened.code == 0 else f'{made}, {opened}'
    return folder, each(lambda n: (['init', '--store', f'{n}.db', '--key-file', 'one.key'],)), judge


@race
def rekeys(real):
    folder = new(True)

    def judge(folder, runs):
        return expect(done=RACERS)(folder, runs)
    return folder, same(['store', 'rekey']), judge


@race
def rekeys_and_registrations(real):
    folder = new(True)
    registration = registrations(folder)
    return folder, each(lambda n: (['store', 'rekey'],) if n % 4 == 0 else registration(n)), expect(done=RACERS)


@race
def backups_and_registrations(real):
    folder = new(real)
    registration = registrations(folder)

    def judge(folder, runs):
        wrong = expect(done=RACERS)(folder, runs)
        for n in range(0, RACERS, 4):
            if real:
                shutil.copy(os.path.join(folder, 'store.db.key'), os.path.join(folder, f'copy-{n}.db.key'))
            for check in (['store', 'check'], ['audit', 'verify']):
                done = run(check + ['--store', f'copy-{n}.db'], folder)
                if done.code != 0:
                    wrong = f'{wrong or ""} copy {n}: {done}'
        return wrong
    return folder, each(lambda n: (['store', 'backup', f'copy-{n}.db'],) if n % 4 == 0 else registration(n)), judge


@race
def backups_of_one_name(real):
    folder = new(real)
    return folder, same(['store', 'backup', 'copy.db']), once('file')


@race
def scenarios_of_one_name(real):
    folder = new(False)
    for name in ('recovery.jsonl',):
        with open(os.path.join(SCENARIOS, name), encoding='utf-8') as file:
            text = file.read().replace('../data/', '')
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
            file.write(text)
    shutil.copy(PERSONAS, folder)
    # The path of the result, not of the store, is contested; its error has no name of its own.

    def judge(folder, runs):
        done = [run for run in runs if run.code == 0]
        made = run(['store', 'check', '--store', 'result.db'], folder)
        if len(done) != 1 or any(run.code not in (0, 2, 3) for run in runs) or made.code != 0:
            return f'{dict(collections.Counter(run.word() for run in runs))}, {made}'
        return None
    return folder, same(['scenario', 'run', 'recovery.jsonl', '--keep', 'result.db']), judge


@race
def one_batch(real):
    """The same batch with the same file of replies: each line is done once, and the file is complete."""
    folder = new(real)
    people = holders(folder, 90)
    with open(os.path.join(folder, 'lines.jsonl'), 'w', encoding='utf-8') as file:
        for niss, birth in people[:60]:
            file.write(json.dumps({'op': 'register', 'niss': niss, 'account_type': 'citizen', 'birth_date': birth,
                                   'channel': 'sms', 'accept_terms': True}) + '\n')

    def judge(folder, runs):
        again = run(['batch', 'lines.jsonl', '--out', 'replies.jsonl', '--group', '7', '--resume'], folder)
        with open(os.path.join(folder, 'replies.jsonl'), encoding='utf-8') as file:
            replies = [json.loads(line) for line in file]
        entries = [row for row in rows(os.path.join(folder, 'store.db'), ['audit'])['audit'] if row[3] == 'register']
        if [reply['line'] for reply in replies] != list(range(1, 61)) or len(entries) != 60:
            return f'{len(replies)} replies, {len(entries)} entries, again {again}'
        if not any(run.code == 0 for run in runs) or any(run.code not in (0, 2, 3) for run in runs):
            return dict(collections.Counter(run.word() for run in runs))
        return None
    return folder, same(['batch', 'lines.jsonl', '--out', 'replies.jsonl', '--group', '7', '--resume', '--jobs', '2']
                        ), judge


@race
def batches_of_the_same_holders(real):
    """Batches with files of their own that register the same holders: each holder gets one code."""
    folder = new(real)
    people = holders(folder, 30)[:10]
    with open(os.path.join(folder, 'lines.jsonl'), 'w', encoding='utf-8') as file:
        for niss, birth in people:
            file.write(json.dumps({'op': 'register', 'niss': niss, 'account_type': 'citizen', 'birth_date': birth,
                                   'channel': 'sms', 'accept_terms': True}) + '\n')

    def judge(folder, runs):
        codes = len(rows(os.path.join(folder, 'store.db'), ['code'])['code'])
        done = 0
        for n in range(RACERS):
            with open(os.path.join(folder, f'replies-{n}.jsonl'), encoding='utf-8') as file:
                words = collections.Counter(json.loads(line).get('reason', 'done') for line in file)
            done += words['done']
            if sum(words.values()) != 10 or set(words) - {'done', 'too_soon'}:
                return dict(words)
        ended = all(run.code in (0, 5) for run in runs)
        return None if codes == done == 10 and ended else f'{codes} codes, {done} done'
    return folder, each(lambda n: (['batch', 'lines.jsonl', '--out', f'replies-{n}.jsonl', '--group', '3', '--jobs',
                                    '2'],)), judge


@race
def imports(real):
    folder = new(real)

    def judge(folder, runs):
        wrong = expect(done=RACERS)(folder, runs)
        records = len(rows(os.path.join(folder, 'store.db'), ['registry'])['registry'])
        return wrong or (None if records == 16 else f'{records} records')
    return folder, same(['registry', 'import', PERSONAS]), judge


@race
def prints(real):
    """Each letter is in exactly one print run."""
    folder = new(real)
    for niss, birth in ((ANTONIO, '1939-10-05'), ('12000000062', '1975-05-30')):
        must(register(niss, birth, 'letter'), folder)

    def judge(folder, runs):
        letters = [run.reply().get('letters') for run in runs if run.reply() and run.code == 0]
        if any(run.code != 0 for run in runs) or sum(letters) != 2:
            return f'{letters}, {dict(collections.Counter(run.word() for run in runs))}'
        return None
    return folder, each(lambda n: (['outbox', 'print', '--pending', '--out', f'{n}.pdf'],)), judge


@race
def settings(real):
    folder = new(real)

    def judge(folder, runs):
        entries = [row for row in rows(os.path.join(folder, 'store.db'), ['audit'])['audit'] if row[3] == 'policy_set'
                   and 'session.idle' in str(row[7])]
        return expect(done=RACERS)(folder, runs) or (None if len(entries) == RACERS else f'{len(entries)} entries')
    return folder, each(lambda n: (['policy', 'set', 'session.idle', f'{10 + n % 20}m'],)), judge


@race
def clock(real):
    folder = new(False)

    def judge(folder, runs):
        now = must(['clock', 'show', '--json'], folder)
        hours, minutes = divmod(RACERS, 60)
        return expect(done=RACERS)(folder, runs) or (
            None if f'T{9 + hours:02}:{minutes:02}:00Z' in now else now)
    return folder, same(['clock', 'advance', '1m']), judge


@race
def migrations(real):
    folder = fresh(prefix='race')
    version = '2-messages' if real else '3'
    shutil.copy(os.path.join(DATA, f'store-{version}.db'), os.path.join(folder, 'store.db'))
    if real:
        shutil.copy(os.path.join(DATA, f'store-{version}.db.key'), os.path.join(folder, 'store.db.key'))

    def judge(folder, runs):
        return None if all(run.code == 0 for run in runs) else dict(collections.Counter(run.word() for run in runs))
    return folder, each(lambda n: (['store', 'check'],) if n % 2 else (['account', 'show', ANA],)), judge


@race
def recordings(real):
    """One recording of many processes has each command once."""
    folder = new(False)
    people = holders(folder, RACERS * 2)

    def judge(folder, runs):
        with open(os.path.join(folder, 'record.jsonl'), encoding='utf-8') as file:
            lines = [json.loads(line) for line in file]
        found = sorted(line['niss'] for line in lines if line.get('op') == 'register')
        expected = sorted(niss for niss, _ in people[:RACERS])
        return expect(done=RACERS)(folder, runs) or (None if found == expected else f'{len(found)} lines')
    return folder, each(lambda n: (register(*people[n]), '', {'SSD_RECORD': 'record.jsonl'})), judge


def play(name, turn):
    """Plays one round of a race and checks the store afterwards."""
    folder, commands, judge = RACES[name](turn % 2 == 1)
    runs = together(folder, commands, turn % 4 < 2)
    report.count('processes', len(runs))
    report.count('rounds')

    def found(what, details):
        report.finding(f'{name}: {what}', f'{name}:{turn}', shell(commands[0][0], None, commands[0][2], commands[0][1]),
                       details)
    for done in runs:
        if done.crash():
            found(done.crash()[:60], done)
        if done.reply() is None and done.code not in (0, 5):
            found('no JSON object', done)
        if done.reply() and done.reply().get('kind') in ('store_damaged', 'store_foreign', 'key_wrong', 'audit_broken',
                                                         'store_busy', 'store_error', 'store_unreadable'):
            found(f'a process sees {done.reply()["kind"]}', done)
    wrong = judge(folder, runs)
    if wrong:
        found('unexpected answers', wrong)
    requests = [run.reply()['request'] for run in runs if run.reply() and 'request' in run.reply()]
    if len(requests) != len(set(requests)):
        found('two replies have one number', requests)
    if os.path.exists(os.path.join(folder, 'store.db')):
        for check in (['store', 'check'], ['audit', 'verify']):
            done = run(check, folder, timeout=LIMIT)
            if done.code != 0:
                found(f'{check[0]} {check[1]} fails afterwards', done)
        numbers = {row[0] for row in rows(os.path.join(folder, 'store.db'), ['audit'])['audit']}
        lost = [number for number in requests if number not in numbers]
        if lost:
            found('an answered change is not in the store', lost)
    if leftovers(folder):
        found('files are left', leftovers(folder))
    drop(folder)


def main():
    if ONLY:
        name, turn = ONLY.rsplit(':', 1)
        play(name, int(turn))
    else:
        for turn in range(ROUNDS):
            for name in list(RACES)[common.SEED % 2::2] if QUICK else RACES:
                play(name, turn)
    report.end({'processes': 4000})


main()
