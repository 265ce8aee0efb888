#!/usr/bin/env python3
"""Runs a batch of 300 registrations, corrects the lines that are not done, and runs them again.

- **corrected**: `--failed` has exactly the lines that are not done. After they are corrected and run, every person is
  registered once, and nobody who was registered before has a second message.
- **killed**: with `--once`, the batch is killed at a random moment, and started again until it ends; then the failed
  lines are corrected and run. Every person is registered once and has one message, and the store agrees with its audit
  log. Every second round writes its replies to a file and continues with `--resume`.

    python3 tests/faults/once.py             builds the release binary first; SSD=path uses an existing one
    QUICK=1 python3 tests/faults/once.py     5 kills instead of 30
    KILLS=200 SEED=7                         200 rounds with a kill, at other moments
    REQUESTS=file REGISTRY=file              another CSV of registrations, and the registry of its people
"""

import collections
import csv
import io
import os
import random
import sqlite3
import subprocess
import time

import common
from common import QUICK, ROOT, SEED, SSD, Report, drop, environment, fresh, must, run

report = Report('once.py')

KILLS = int(os.environ.get('KILLS') or (5 if QUICK else 30))
REGISTRY = os.environ.get('REGISTRY') or os.path.join(ROOT, 'examples', 'data', 'registry.csv')
REQUESTS = os.environ.get('REQUESTS')
BATCH = ['batch', 'in.csv', '--op', 'register', '--failed', 'failed.csv']


def people():
    """Returns the active citizens of the registry who can get an e-mail."""
    with open(REGISTRY, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if row['kind'] == 'citizen' and row['status'] == 'active' and row['email']]


def requests():
    """Returns a CSV of 300 registrations; about one in ten has a mistake."""
    if REQUESTS:
        with open(REQUESTS, 'rb') as file:
            return file.read()
    choice, out = random.Random(SEED), io.StringIO(newline='')
    sheet = csv.writer(out, delimiter=';', lineterminator='\r\n')
    sheet.writerow(['id', 'niss', 'account_type', 'birth_date', 'channel', 'accept_terms'])
    for number, row in enumerate(choice.sample(people(), 300)):
        niss, born = row['niss'], row['birth_date']
        if number % 30 == 3:
            niss = niss[:-1] + str((int(niss[-1]) + 1) % 10)
        elif number % 30 == 13:
            born = born[:5] + '02-31'
        elif number % 30 == 23:
            born = str(int(born[:4]) + 1) + '-01-01'
        sheet.writerow([f'p{number}', niss, 'citizen', born, 'email', 'true'])
    return out.getvalue().encode()


def rows_of(text):
    return list(csv.reader(io.StringIO(text.decode('utf-8-sig'), newline=''), delimiter=';'))


def corrected(text):
    """Returns the failed lines with the NISS and the birth date of the registry."""
    with open(REGISTRY, encoding='utf-8-sig', newline='') as file:
        known = {row['niss'][:10]: row for row in csv.DictReader(file)}
    header, *rows = rows_of(text)
    niss, born = header.index('niss'), header.index('birth_date')
    out = io.StringIO(newline='')
    sheet = csv.writer(out, delimiter=';', lineterminator='\r\n')
    sheet.writerow(header)
    for row in rows:
        person = known[row[niss].replace(' ', '')[:10]]
        row[niss], row[born] = person['niss'], person['birth_date']
        sheet.writerow(row)
    return out.getvalue().encode()


def messages(folder):
    """Returns the number of messages by holder."""
    with sqlite3.connect(os.path.join(folder, 'store.db')) as store:
        return collections.Counter(dict(store.execute('SELECT niss, count(*) FROM message GROUP BY niss')))


def registrations(folder):
    """Returns the number of registrations that were done, by holder."""
    sql = "SELECT niss, count(*) FROM audit JOIN subject ON subject.id = subject WHERE action = 'register' " \
          "AND outcome = 'done' GROUP BY niss"
    with sqlite3.connect(os.path.join(folder, 'store.db')) as store:
        return collections.Counter(dict(store.execute(sql)))


def write(folder, name, content):
    with open(os.path.join(folder, name), 'wb') as file:
        file.write(content)


def read(folder, name):
    with open(os.path.join(folder, name), 'rb') as file:
        return file.read()


def judge_end(folder, count, case, found):
    """Every person is registered once and has one message."""
    for what, counts in [('messages', messages(folder)), ('registrations', registrations(folder))]:
        if len(counts) != count or set(counts.values()) != {1}:
            others = {niss: number for niss, number in counts.items() if number != 1}
            found(f'{len(counts)} people with {what}, of {count}', str(others)[:300])
    done = run(['store', 'check'], folder, timeout=60)
    if done.code != 0:
        found('the store differs from its audit log', done)


def correct_and_run(folder, more, found):
    """Runs the corrected file with the same options, which must leave no line."""
    write(folder, 'in.csv', corrected(read(folder, 'failed.csv')))
    done = run(BATCH + more + ['-q'], folder, timeout=120)
    if done.code != 0 or len(rows_of(read(folder, 'failed.csv'))) != 1:
        found('a corrected line is not done', done)


def run_corrected(start, text):
    folder = fresh(start, 'corrected')
    count = len(rows_of(text)) - 1

    def found(what, details=''):
        report.finding(what, 'corrected', 'ssd ' + ' '.join(BATCH), details)

    done = run(BATCH, folder, timeout=120)
    replies = done.objects() or []
    failed = [reply['id'] for reply in replies if reply['result'] != 'done']
    if done.code != 5 or len(replies) != count:
        found(f'{len(replies)} replies to {count} lines', done)
    if [row[0] for row in rows_of(read(folder, 'failed.csv'))[1:]] != failed:
        found('the file of failed lines has other lines than the replies', failed)
    before = messages(folder)
    correct_and_run(folder, [], found)
    after = messages(folder)
    if any(after[niss] != number for niss, number in before.items()):
        found('somebody has a second message')
    judge_end(folder, count, 'corrected', found)
    report.count('lines', count)
    report.count('corrected lines', len(failed))
    drop(folder)


def run_killed(start, text, number, duration):
    folder, choice = fresh(start, 'killed'), random.Random(SEED * 1000 + number)
    count = len(rows_of(text)) - 1
    more = ['--once', 'office', '--group', str(choice.choice([1, 3, 20]))]
    if number % 2:
        more += ['--out', 'replies.jsonl']
    kills = []

    def found(what, details=''):
        report.finding(what, f'killed:{number}', f'ssd {" ".join(BATCH + more)}, killed after {kills} s', details)

    for _ in range(20):
        resume = ['--resume'] if number % 2 else []
        process = subprocess.Popen(
            [SSD] + BATCH + more + resume, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=environment(folder))
        # The last start is not killed. Each run tries the refused lines again, and the fifth attempt blocks a holder.
        moment = choice.uniform(0, 1.2 * duration) if len(kills) < 3 else 120
        try:
            code = process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        if code != -9:
            break
        kills.append(round(moment, 4))
        report.count('kills')
        if 0 < len(messages(folder)) < count * 9 // 10:
            report.count('kills half-way')
    if code != 5:
        found(f'exit code {code}')
    correct_and_run(folder, more, found)
    judge_end(folder, count, f'killed:{number}', found)
    report.count('rounds')
    drop(folder)


def main():
    text = requests()
    start = os.path.join(common.WORK, 'start')
    os.makedirs(start)
    must(['init', '--sandbox'], start)
    must(['registry', 'import', REGISTRY, '-q'], start)
    write(start, 'in.csv', text)
    if common.ONLY in (None, 'corrected'):
        run_corrected(start, text)
    folder = fresh(start, 'timed')
    began = time.monotonic()
    run(BATCH + ['--once', 'office', '--group', '3'], folder, timeout=120)
    duration = time.monotonic() - began
    drop(folder)
    for number in range(KILLS):
        if common.ONLY in (None, f'killed:{number}'):
            run_killed(start, text, number, duration)
    report.end({'rounds': KILLS} if common.ONLY is None else {})


main()
