#!/usr/bin/env python3
"""Lets system calls of writing commands fail.

Each command of `commands.py` is traced once. Each system call that can fail for a reason of the system (disk, memory,
files, threads, signals) then returns such an error: at its first two, its last two and some occurrences between, each
time in a new copy of the same folder; full disks and failing disks also from an occurrence to the end. The command must
say what has happened:

- exit 0, 1 or 5 with its reply: the change is in the store, as without the error;
- an error (exit 2, 3 or 4) with a kind that has this exit code: the store is as before;
- `outcome_unknown` (exit 3): the store is as before or as after the command;
- exit 6 (`answer_lost`): the change is in the store;
- never a panic, a signal or another exit code, and an end within ten seconds.

After that the next command works, `store check` and `audit verify` find nothing, the same command again ends as without
the error, and no file is left.

    python3 tests/faults/inject.py             builds the release binary first; SSD=path uses an existing one
    QUICK=1 python3 tests/faults/inject.py     some of the commands and errors, under 30 seconds
    ONLY=init:fsync:EIO:2 python3 tests/faults/inject.py     one error; `2+` is the second and all later calls
    ONLY=init python3 tests/faults/inject.py                 one command
"""

import collections
import os
import re

import common
from commands import FILES, STEPS, selected
from common import KINDS, ONLY, QUICK, Report, drop, need, shell, spread

BETWEEN = 2
# A complete run takes so many of the cases, chosen by the seed; ALL=1 takes all of them.
MOST = int(os.environ.get('MOST') or 6000)
# Without `close`: no file system reports an error there for a folder, for which the standard library of Rust panics.
ERRORS = {
    'openat': ['EACCES', 'EMFILE', 'EIO', 'EINTR', 'ENOSPC', 'ENOMEM'],
    'read': ['EIO', 'EINTR'],
    'pread64': ['EIO', 'EINTR', 'ENOMEM'],
    'write': ['ENOSPC', 'EIO', 'EINTR', 'EDQUOT'],
    'pwrite64': ['ENOSPC', 'EIO', 'EINTR', 'EFBIG'],
    'writev': ['ENOSPC', 'EIO'],
    'fsync': ['EIO', 'ENOSPC', 'EINTR'],
    'fdatasync': ['EIO', 'ENOSPC', 'EINTR'],
    'ftruncate': ['EIO', 'ENOSPC', 'EINTR', 'EFBIG'],
    'fallocate': ['ENOSPC', 'EIO', 'EOPNOTSUPP', 'EINTR'],
    'copy_file_range': ['EXDEV', 'ENOSPC', 'EIO'],
    'sendfile': ['EINVAL', 'ENOSPC', 'EIO'],
    'rename': ['EIO', 'EACCES', 'ENOSPC'],
    'renameat2': ['EIO', 'EACCES', 'ENOSPC', 'EINVAL', 'ENOSYS'],
    'link': ['EPERM', 'EIO'],
    'linkat': ['EPERM', 'EIO'],
    'unlink': ['EACCES', 'EIO'],
    'unlinkat': ['EACCES', 'EIO'],
    'mkdir': ['EACCES', 'ENOSPC'],
    'statx': ['EACCES', 'EIO'],
    'newfstatat': ['EACCES', 'EIO'],
    'getdents64': ['EIO'],
    'readlink': ['EIO', 'EACCES'],
    'getcwd': ['ENOENT', 'EACCES'],
    'fchmod': ['EPERM', 'EIO'],
    'chmod': ['EPERM', 'EIO'],
    'fchown': ['EPERM', 'EIO'],
    'lseek': ['EIO'],
    'fcntl': ['EAGAIN', 'ENOLCK', 'EINTR', 'EIO', 'EMFILE'],
    'flock': ['EINTR', 'ENOLCK'],
    'mmap': ['ENOMEM'],
    'mremap': ['ENOMEM'],
    'clone': ['EAGAIN', 'ENOMEM'],
    'clone3': ['EAGAIN', 'ENOMEM'],
    'getrandom': ['EINTR', 'ENOSYS', 'EPERM'],
    'poll': ['EINTR', 'ENOMEM'],
    'sched_getaffinity': ['EPERM'],
}
# A disk that stays full or broken, and a process that cannot open any more files.
LASTING = {('write', 'ENOSPC'), ('pwrite64', 'ENOSPC'), ('ftruncate', 'ENOSPC'), ('fallocate', 'ENOSPC'),
           ('pwrite64', 'EIO'), ('fsync', 'EIO'), ('fdatasync', 'EIO'), ('openat', 'EMFILE'), ('mmap', 'ENOMEM'),
           ('clone3', 'EAGAIN'), ('unlink', 'EACCES'), ('read', 'EIO'), ('pread64', 'EIO')}
# The first call of the program itself: it limits core dumps. Before that, the runtime of Rust starts and ends the
# process by a signal if a call fails, which no program can change.
START = 'RLIMIT_CORE'

need('strace')
report = Report('inject.py')


def trace(command):
    """Returns, for each system call, the occurrences in one thread that are the program's own."""
    folder = command.begin()
    log = os.path.join(common.WORK, f'trace-{command.name}')
    command.run(folder, ['strace', '-f', '-qq', '-o', log], json_form=True)
    counts, own, early = collections.Counter(), collections.defaultdict(set), collections.Counter()
    started = False
    for line in open(log, encoding='utf-8', errors='replace'):
        call = re.match(r'(\d+) +(\w+)\(', line)
        if call:
            counts[call.groups()] += 1
            if not started:
                early[call.group(2)] += 1
            started = started or START in line
            # A failing release of a lock keeps the lock. The process then waits for itself, 30 seconds as for others.
            if started and 'F_UNLCK' not in line:
                own[call.group(2)].add(counts[call.groups()])
    drop(folder)
    # Calls are counted by thread. A number that the start of the program has too is left out.
    return {name: sorted(n for n in numbers if n > early[name]) for name, numbers in own.items() if name in ERRORS}


def points(numbers, choice):
    """Returns the first two, the last two and some others of these occurrences."""
    edge = set(numbers[:2] + numbers[-2:])
    rest = [n for n in numbers if n not in edge]
    return sorted(edge | set(choice.sample(rest, min(BETWEEN, len(rest)))))


def judge(case):
    command, name, error, n = case
    folder = command.begin()
    log = os.path.join(common.WORK, os.path.basename(folder) + '.log')
    before = ['strace', '-f', '-qq', '-o', log, '-e', f'trace={name}', '-e', f'inject={name}:error={error}:when={n}']

    def found(what, details=''):
        report.finding(what, f'{command.name}:{name}:{error}:{n}',
                       shell(['--json'] + command.args, before, command.env, command.stdin), details)

    done = command.run(folder, before, json_form=True)
    injected = [line for line in open(log, encoding='utf-8', errors='replace') if '(INJECTED)' in line]
    os.remove(log)
    if not injected or 'F_UNLCK' in injected[0]:
        report.count('not reached')
        drop(folder)
        return
    report.count('injected errors')
    state = command.state(folder)
    verdict(command, done, state, injected, found)
    command.settle(folder, state, found)
    drop(folder)


def verdict(command, done, state, injected, found):
    """Compares the reply of a command with the state."""
    details = f'{done}\n{injected[0].strip()}'
    if done.crash():
        found(done.crash(), details)
        return
    compared = 1 if command.parts == FILES else 2
    as_before = state[:compared] == command.before[:compared]
    as_after = state[:compared] == command.after[:compared]
    report.count(f'exit {done.code}')
    objects = done.objects()
    if objects is None:
        found('standard output is not JSON', details)
        return
    if done.code in (0, 1, 5):
        if done.code != command.code:
            found(f'exit {done.code} instead of {command.code}', details)
        elif state != command.after:
            # The results must be there too.
            found(f'exit {done.code}, but the state is not as after the command',
                  details + '\n' + command.difference(command.after, state))
        if not objects and command.out:
            found(f'exit {done.code} without a reply', details)
        return
    prints_lines = command.parts == STEPS or '--dry-run' in command.args
    if len(objects) > 1 and not prints_lines:
        found('more than one object', details)
    # The recording and the failed lines are written after the reply.
    writes_later = 'SSD_RECORD' in command.env or '--failed' in command.args
    # A batch prints its replies before the error.
    last = objects[-1] if objects else None
    lost = [line for line in injected if re.search(r'\bwrite\((1|4),', line)]
    if last is None:
        if not lost:
            found(f'exit {done.code} without a reply', details)
        elif not done.err and not any(re.search(r'\bwrite\((2|5),', line) for line in injected):
            found(f'exit {done.code} without a word', details)
    elif last.get('result') != 'error' and (lost or done.code == 6 and writes_later):
        # The error could not be written either, or the buffered reply has still reached standard output after a passing
        # error, or the recording or the failed lines could not be written after the reply.
        report.count('errors after a reply')
    elif last.get('result') != 'error' or KINDS.get(last.get('kind')) != done.code:
        found(f'exit {done.code} with another kind', details)
    if command.parts == STEPS:
        return
    if done.code == 6:
        if not as_after:
            found('answer_lost, but the change is not in the store', details)
    elif last is not None and last.get('kind') == 'outcome_unknown':
        # The commit may have reached the log: the change is in the store, or nothing is.
        if not (as_before or as_after):
            found('outcome_unknown, but the store is neither as before nor as after', details)
    elif as_after and command.name.startswith('migrate-'):
        # A migration is a transaction of its own. The command that caused it failed later.
        report.count('errors after a migration')
    elif command.entry_first and as_after:
        report.count('errors after the audit entry')
    elif not as_before:
        found(f'exit {done.code}, but the store has changed',
              details + '\n' + command.difference(command.before, state))


def main():
    cases = []
    choice = common.random.Random(common.SEED)
    chosen = ONLY.split(':') if ONLY else None
    for command in selected():
        command.learn()
        folder = command.begin()
        command.out = command.run(folder, json_form=True).out
        drop(folder)
        for name, numbers in sorted(trace(command).items()):
            for error in ERRORS[name]:
                cases += [(command, name, error, str(n)) for n in points(numbers, choice)]
                if (name, error) in LASTING:
                    cases += [(command, name, error, f'{n}+') for n in points(numbers, choice)[:3]]
        report.count('commands')
    if chosen and len(chosen) > 1:
        cases = [(cases[0][0], *chosen[1:])]
    elif QUICK and not chosen:
        cases = choice.sample(cases, 60)
    elif not chosen and os.environ.get('ALL', '') in ('', '0'):
        cases = choice.sample(cases, min(MOST, len(cases)))
    report.count('cases', len(cases))
    spread(cases, report, judge)
    report.end({'injected errors': 4000})


main()
