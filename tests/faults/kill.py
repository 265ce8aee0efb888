#!/usr/bin/env python3
"""Kills writing commands at every kind of system call.

Each command of `commands.py` is traced once. For each system call in its trace it is then killed at the first 20 and
the last 20 occurrences, each time in a new copy of the same folder. After each kill:

- the store is as it was before the command or as it is after it; a batch may be in between;
- the next command works, and `store check` and `audit verify` find nothing;
- the same command again ends as it does without a kill, with the same state;
- after that, no file of the killed command is left.

    python3 tests/faults/kill.py             builds the release binary first; SSD=path uses an existing one
    QUICK=1 python3 tests/faults/kill.py     some of the commands and calls, under 30 seconds
    ONLY=init:fsync:2 python3 tests/faults/kill.py     one kill: command, system call, occurrence
    ONLY=init python3 tests/faults/kill.py             one command

A kill is not a power cut: what was written before it is in the files. `ssd help security` has the promises.
"""

import collections
import os
import re

import common
from commands import FILES, STEPS, selected
from common import ONLY, QUICK, Report, drop, need, shell, spread

EDGE = 20
# These end the process, or begin before the program does.
NOT_KILLED = {'execve', 'exit_group', 'exit'}

need('strace')
report = Report('kill.py')


def trace(command):
    """Returns how often the command makes each system call: the most by one thread."""
    folder = command.begin()
    log = os.path.join(common.WORK, f'trace-{command.name}')
    command.run(folder, ['strace', '-f', '-qq', '-o', log])
    counts = collections.Counter()
    for line in open(log, encoding='utf-8', errors='replace'):
        call = re.match(r'(\d+) +(\w+)\(', line)
        if call:
            counts[call.groups()] += 1
    most = collections.Counter()
    for (_, name), number in counts.items():
        most[name] = max(most[name], number)
    drop(folder)
    return {name: number for name, number in most.items() if name not in NOT_KILLED}


def points(number):
    """Returns the first and the last occurrences of so many."""
    return sorted(set(range(1, min(EDGE, number) + 1)) | set(range(max(1, number - EDGE + 1), number + 1)))


def tracer(name, n):
    """Returns the words in front of the program that kill it at the nth call of this name."""
    return ['strace', '-f', '-qq', '-o', '/dev/null', '-e', f'trace={name}', '-e',
            f'inject={name}:signal=KILL:when={n}']


def judge(case):
    command, name, n = case
    folder = command.begin()
    before = tracer(name, n)

    def found(what, details=''):
        report.finding(what, f'{command.name}:{name}:{n}',
                       shell(command.args, before, command.env, command.stdin), details)

    killed = command.run(folder, before)
    if killed.expired:
        found('no end under strace', killed)
    if killed.code != -9:
        # Threads make the number of calls vary.
        report.count('not reached')
        drop(folder)
        return
    report.count('kills')
    state = command.state(folder)
    if command.parts == FILES:
        if state[0] not in (command.before[0], command.after[0]):
            found('the store is neither as before nor as after', command.difference(command.before, state))
    elif command.parts != STEPS:
        if state not in (command.before, command.after):
            found('the state is neither as before nor as after', command.difference(command.before, state))
    report.count('kills before the change' if state == command.before else
                 'kills after the change' if state == command.after else 'kills in between')

    command.settle(folder, state, found)
    drop(folder)


def main():
    cases = []
    chosen = ONLY.split(':') if ONLY else None
    for command in selected():
        command.learn()
        counts = trace(command)
        for name, number in sorted(counts.items()):
            cases += [(command, name, n) for n in points(number)]
        report.count('commands')
    if chosen and len(chosen) > 1:
        cases = [case for case in cases if case[1] == chosen[1]][:1]
        cases = [(command, chosen[1], int(chosen[2])) for command, _, _ in cases]
    elif QUICK and not chosen:
        cases = common.random.Random(common.SEED).sample(cases, 60)
    report.count('kill points', len(cases))
    spread(cases, report, judge)
    report.end({'kills': 2500})


main()
