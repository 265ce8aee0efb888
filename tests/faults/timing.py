#!/usr/bin/env python3
"""Compares the time of requests that strangers can make, for unknown and known holders.

For each operation the script guesses at holders in different states: an unknown NISS, a holder without account, and a
requested, an active, a suspended and a closed account. The guesses of all states take turns in random order. The time
is processor time, which other processes hardly affect. Guesses before the limit, the guess that reaches the limit, and
guesses during the lockout are compared separately.

There are two measurements:

- `warm`: all guesses are lines of one `ssd batch -`, one transaction each, with the cheapest hashes. This is precise,
  but a batch, which is an operator's, hashes less for unknown holders.
- `cold`: each guess is a process of its own, as a stranger's request is, with hashes of some milliseconds. It shows the
  hashes, and all that a process does once. Operations that hash are measured again after `policy set argon2.passes 3`,
  with hashes from before.

A difference to the unknown NISS is found if its bootstrap interval of 99 % excludes 0 and reaches 100 µs. To show that
it would be found, half of the warm samples of the unknown NISS are compared with the other half: without an addition
nothing may be found, and with 100 µs added to one half the difference must be.

    python3 tests/faults/timing.py              builds the release binary first; SSD=path uses an existing one
    SAMPLES=2000                                warm guesses up to the limit, for each operation and state
    QUICK=1 python3 tests/faults/timing.py      two operations, few samples, under 30 seconds; decides little
    ONLY=login python3 tests/faults/timing.py   one operation; `login:warm` and `:cold` select a measurement
"""

import concurrent.futures
import os
import random
import statistics
import subprocess
import sys
import time

import common
from common import JOBS, ONLY, OTHER_PASSWORD, PASSWORD, QUICK, SEED, Report, fresh, must, need, shutil

need('awk')
report = Report('timing.py')

SAMPLES = int(os.environ.get('SAMPLES') or (60 if QUICK else 2000))
# Processes are slow and their times vary, but a missing hash or a table that is loaded once takes milliseconds.
COLD = -(-SAMPLES // 10)
PLANT = FOUND = 100.0  # µs
AFTER = 'cold, after argon2.passes 3'
RESAMPLES = 400
# Fewer samples decide only about intervals that begin at 100 µs or more.
LEAST = 100
# NISS by state. Each state has the same number of holders, spread evenly over the registry.
STATES = ['unknown', 'no account', 'requested', 'active', 'suspended', 'closed', 'enrolled']
HOLDERS = SAMPLES // 2


class Operation:
    """A request with a wrong value, its limit, and the state in which it is right but refused."""

    def __init__(self, name, args, limit, line, stdin=b'', secret=None, hashes=False, enrolled=False, right=None,
                 full=False):
        self.name, self.args, self.limit, self.stdin, self.hashes = name, args, limit, stdin, hashes
        # The same request as a line of a batch: its fixed fields, and the field of what standard input gives.
        self.fields, self.secret = line, secret
        self.states = [state for state in STATES if enrolled or state != 'enrolled']
        # Standard input for states whose answer is a refusal even if the value is right.
        self.right = right or {}
        # Whether the request has the holder's data for the complete identity check.
        self.full = full

    def line(self, person, state):
        """Returns the guess as a line of a batch."""
        fields = {'op': self.name.split('-')[0], 'niss': person['niss'], **self.fields}
        if self.full:
            fields |= {'name': person['name'], 'birth_date': person['birth_date'], 'civil_id': person['civil_id']}
            fields.setdefault('nif', person['nif'])
        if self.secret:
            fields[self.secret] = self.right.get(state, self.stdin).decode()
        return common.json.dumps(fields).encode() + b'\n'


def full(person):
    """Returns the data of the classic identity check, with a wrong NIF."""
    return ['--name', person['name'], '--birth-date', person['birth_date'], '--civil-id', person['civil_id'], '--nif',
            '100000029', '--mobile', '912000001', '--account-type', 'citizen', '--channel', 'sms']


PORTAL = ['--account-type', 'citizen', '--birth-date', '1901-01-01', '--channel', 'sms', '--accept-terms']
FULL = {'nif': '100000029', 'mobile': '912000001', 'account_type': 'citizen', 'channel': 'sms'}
OTHER, PIN = OTHER_PASSWORD.encode(), b'3141'
OPERATIONS = [
    Operation('register', lambda niss, person: ['register', niss] + PORTAL, 5,
              {'account_type': 'citizen', 'birth_date': '1901-01-01', 'channel': 'sms', 'accept_terms': True}),
    Operation('register-classic', lambda niss, person: ['register', niss, '--procedure', 'classic', '--accept-terms']
              + full(person), 5, {'procedure': 'classic', 'accept_terms': True, **FULL}, full=True),
    Operation('register-cmd', lambda niss, person: ['register', niss, '--procedure', 'cmd', '--accept-terms',
                                                    '--pin-stdin'], 3,
              {'procedure': 'cmd', 'accept_terms': True}, PIN, 'pin', enrolled=True),
    Operation('recover_request', lambda niss, person: ['recover', 'request', niss] + full(person), 5, FULL, full=True),
    Operation('recover_request-portal', lambda niss, person: ['recover', 'request', niss, '--procedure', 'portal']
              + PORTAL[:-1], 5,
              {'procedure': 'portal', 'account_type': 'citizen', 'birth_date': '1901-01-01', 'channel': 'sms'}),
    Operation('activate', lambda niss, person: ['activate', niss, '--code', '000001', '--password-stdin'], 5,
              {'code': '000001'}, OTHER, 'password', hashes=True),
    Operation('recover_confirm', lambda niss, person: ['recover', 'confirm', niss, '--code', '000001',
                                                       '--password-stdin'], 5,
              {'code': '000001'}, OTHER, 'password', hashes=True),
    Operation('login', lambda niss, person: ['login', niss, '--password-stdin'], 5, {}, OTHER, 'password', hashes=True,
              right={'suspended': PASSWORD.encode(), 'closed': PASSWORD.encode()}),
    Operation('login-code', lambda niss, person: ['login', niss, '--password-stdin', '--code', '000001'], 5,
              {'code': '000001'}, OTHER, 'password', hashes=True),
    Operation('second_factor_enrol', lambda niss, person: [
        'second-factor', 'enrol', niss, '--account-type', 'citizen', '--name', person['name'], '--birth-date',
        person['birth_date'], '--civil-id', person['civil_id'], '--nif', person['nif'], '--password-stdin'], 5,
              {'account_type': 'citizen'}, OTHER, 'password', hashes=True, full=True),
    Operation('login-cmd', lambda niss, person: ['login', niss, '--method', 'cmd', '--pin-stdin'], 3,
              {'method': 'cmd'}, PIN, 'pin', enrolled=True),
    Operation('phone_code_verify', lambda niss, person: ['phone-code', 'verify', niss, '--code-stdin'], 3, {},
              b'730264', 'code'),
    Operation('phone_line', lambda niss, person: ['phone-line', niss, '--code-stdin'], 3, {}, b'730264', 'code'),
]


def people():
    """Returns as many registry records for each state, as {state: [record, ...]}, and all of the registry's lines. The
    records of unknown NISS are not in the registry."""
    table = subprocess.run(['awk', '-v', f'rows={HOLDERS * len(STATES) * 2}', '-f',
                            os.path.join(common.ROOT, 'tests/bench/rows.awk')], stdout=subprocess.PIPE, check=True)
    header, *lines = table.stdout.decode().splitlines()
    names = header.split(',')
    found, loaded = {state: [] for state in STATES}, [header]
    turn = 0
    for line in lines:
        person = dict(zip(names, line.split(',')))
        if person['status'] != 'active' or turn >= HOLDERS * len(STATES):
            continue
        # Every holder has both contacts, so that the same messages are sent.
        person['email'] = person['email'] or f'p{turn}@correio.example'
        state = STATES[turn % len(STATES)]
        found[state].append(person)
        if state != 'unknown':
            loaded.append(','.join(person[name] for name in names))
        turn += 1
    return found, loaded


def prepare(memory, holders):
    """Makes a store with so many holders in each state and hashes of so many KiB. Returns its folder and the people."""
    folder = fresh(prefix='start')
    must(['init', '--sandbox', '-q'], folder)
    must(['policy', 'set', 'argon2.memory', str(memory)], folder)
    must(['policy', 'set', 'argon2.passes', '1'], folder)
    found, loaded = people()
    with open(os.path.join(folder, 'people.csv'), 'w', encoding='utf-8') as file:
        file.write('\n'.join(loaded) + '\n')
    must(['registry', 'import', 'people.csv', '-q'], folder)
    lines = []

    def add(op, person, **fields):
        lines.append(common.json.dumps({'op': op, 'niss': person['niss'], **fields}))
    for n in range(holders):
        for state in ('requested', 'active', 'suspended', 'closed'):
            person = found[state][n]
            add('register', person, account_type='citizen', birth_date=person['birth_date'], channel='sms',
                accept_terms=True)
            if state == 'requested':
                continue
            add('activate', person, code='@outbox', password=PASSWORD)
            add('login', person, password=PASSWORD)
            # Login codes are sent to confirmed contacts only.
            add('contacts_confirm', person, session='@login', channel='sms')
            add('contacts_confirm', person, session='@login', channel='sms', code='@outbox')
            add('phone_code_set', person, session='@login')
            if state == 'suspended':
                add('account_suspend', person, reason='x')
            if state == 'closed':
                add('account_close', person, reason='x')
        for state in ('enrolled', 'active'):
            add('cmd_enrol', found[state][n], mobile='+351912345678', pin='2718')
    with open(os.path.join(folder, 'lines.jsonl'), 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines) + '\n')
    done = common.run(['batch', 'lines.jsonl', '--out', 'replies.jsonl', '-q'], folder, timeout=600)
    if done.code != 0:
        sys.exit(f'preparation: {done}')
    # The clock moves on, so that the limits on codes of the preparation are over.
    must(['clock', 'advance', '2h'], folder)
    return folder, found


def guess(args, given, env):
    """Runs a process and returns its exit code and processor time in µs."""
    actions = [(os.POSIX_SPAWN_OPEN, 0, given, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
               (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    pid = os.posix_spawn(common.SSD, [common.SSD] + args, env, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), (usage.ru_utime + usage.ru_stime) * 1e6


class Cold:
    """Guesses as processes."""

    def __init__(self, operation, folder):
        self.operation = operation
        self.env = common.environment(folder, {'SSD_STORE': os.path.join(folder, 'store.db')})
        self.inputs = {}
        for state in operation.states:
            self.inputs[state] = os.path.join(folder, f'input-{state.replace(" ", "-")}')
            with open(self.inputs[state], 'wb') as file:
                file.write(operation.right.get(state, operation.stdin))

    def guess(self, state, person):
        """Makes a guess and returns its processor time in µs."""
        code, micros = guess(self.operation.args(person['niss'], person), self.inputs[state], self.env)
        if code != 1:
            sys.exit(f'{self.operation.name}, {state}: exit {code}, not a refusal')
        return micros

    def end(self):
        pass


class Warm:
    """Guesses as lines of one batch."""

    def __init__(self, operation, folder):
        self.operation = operation
        self.batch = subprocess.Popen([common.SSD, 'batch', '-', '--group', '1', '--jobs', '1'], cwd=folder, bufsize=0,
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                      env=common.environment(folder))
        # The processor clock of another process: see clock_getcpuclockid(3).
        self.clock = (~self.batch.pid << 3) | 2
        self.stat = f'/proc/{self.batch.pid}/stat'
        # The first line reads what all lines need.
        self.send(operation.line({'niss': '12345678902', 'name': 'Ana', 'birth_date': '1984-03-22', 'nif': '100000029',
                                  'civil_id': '123456703ZY4'}, 'unknown'))

    def send(self, line):
        self.batch.stdin.write(line)
        reply = self.batch.stdout.readline()
        while True:
            # The work after the reply counts too, until the process waits for the next line.
            with open(self.stat, encoding='ascii') as file:
                state = file.read().rsplit(')', 1)[1].split()[0]
            if state == 'S':
                return reply
            if state == 'Z':
                sys.exit(f'{self.operation.name}: the batch has ended')

    def guess(self, state, person):
        """Makes a guess and returns its processor time in µs."""
        line = self.operation.line(person, state)
        start = time.clock_gettime_ns(self.clock)
        reply = self.send(line)
        end = time.clock_gettime_ns(self.clock)
        if b'"refused"' not in reply:
            sys.exit(f'{self.operation.name}, {state}: {line!r} {reply!r}')
        return (end - start) / 1000

    def end(self):
        self.batch.stdin.close()
        self.batch.wait()


def measure(operation, subject, holders):
    """Returns the processor times, {stratum: {state: [µs, ...]}}. The nth values of all states are from one round."""
    choice = random.Random(f'{SEED}:{operation.name}')
    times = {stratum: {state: [] for state in operation.states} for stratum in ('before', 'limit', 'lockout')}
    for n in range(holders):
        for number in range(1, operation.limit + 2):
            stratum = 'before' if number < operation.limit else 'limit' if number == operation.limit else 'lockout'
            for state in choice.sample(operation.states, len(operation.states)):
                times[stratum][state].append(subject.guess(state, found[state][n]))
                report.count('samples')
    subject.end()
    return times


def interval(differences, choice):
    """Returns the median of differences and its bootstrap interval of 99 %."""
    medians = sorted(statistics.median(choice.choices(differences, k=len(differences))) for _ in range(RESAMPLES))
    return (statistics.median(differences), medians[int(RESAMPLES * 0.005)], medians[int(RESAMPLES * 0.995) - 1])


def is_found(low, high):
    return (low > 0 or high < 0) and max(abs(low), abs(high)) >= FOUND


def compare(name, only, times):
    """Prints the differences of one operation and records the findings."""
    choice = random.Random(SEED)
    print(f'\n{name}: median difference to an unknown NISS in µs, [99 % interval]')
    for stratum, by_state in times.items():
        unknown = by_state['unknown']
        cells = []
        for state, values in by_state.items():
            if state == 'unknown':
                continue
            middle, low, high = interval([a - b for a, b in zip(values, unknown)], choice)
            mark = ''
            if is_found(low, high) and len(values) < LEAST and min(abs(low), abs(high)) < FOUND:
                report.count('undecided')
            elif is_found(low, high):
                mark = ' !'
                report.finding(f'{name}, {stratum}: {state} differs by {middle:.0f} µs [{low:.0f}, {high:.0f}]', only,
                               f'ssd {name} ..., {len(values)} samples')
            cells.append(f'    {state:<11} {middle:8.0f} [{low:6.0f}, {high:6.0f}]{mark}')
            report.count('pairs')
        print(f'  {stratum}, {len(unknown)} samples, unknown: {statistics.median(unknown):.0f} µs')
        print('\n'.join(cells), flush=True)
        # The samples of one state, against each other.
        own = [a - b for a, b in zip(unknown[::2], unknown[1::2])]
        for planted in (0.0, PLANT):
            _, low, high = interval([value + planted for value in own], choice)
            report.count('planted differences' if planted else 'controls')
            if is_found(low, high) != bool(planted):
                # The time of a process varies by more than that; there the planted difference is only counted.
                if len(own) < LEAST or 'cold' in name:
                    report.count('undecided')
                elif planted:
                    report.finding(f'{name}, {stratum}: a planted difference of 100 µs is not found '
                                   f'[{low:.0f}, {high:.0f}]', only, 'use more SAMPLES')
                else:
                    report.finding(f'{name}, {stratum}: a difference without a cause [{low:.0f}, {high:.0f}]', only,
                                   'use more SAMPLES, or a quieter machine')


def run_operation(case):
    operation, form = case
    folder = fresh(cheap if form == 'warm' else costly)
    if operation.name in ('login-code', 'second_factor_enrol'):
        must(['policy', 'set', 'login.second_factor', 'on'], folder)
    if form == 'warm':
        times = measure(operation, Warm(operation, folder), HOLDERS)
    else:
        if form == AFTER:
            must(['policy', 'set', 'argon2.passes', '3'], folder)
        times = measure(operation, Cold(operation, folder), -(-COLD // operation.limit))
    shutil.rmtree(folder)
    return times


cheap, found = prepare(8, HOLDERS)
# A hash takes some milliseconds, so that a missing one shows in a process.
costly, _ = prepare(8192, COLD)


def main():
    cases = [(operation, form) for form in ('warm', 'cold', AFTER) for operation in OPERATIONS
             if operation.hashes or form != AFTER]
    if QUICK:
        cases = [case for case in cases if case[0].name in ('register', 'login') and case[1] != AFTER]
    if ONLY:
        name, _, form = ONLY.partition(':')
        cases = [case for case in cases if name in ('', case[0].name) and case[1].startswith(form)]
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for case, times in zip(cases, pool.map(run_operation, cases)):
            compare(f'{case[0].name}, {case[1]}', case[0].name, times)
            report.count('measurements')
    report.end()


main()
