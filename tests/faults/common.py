"""Shared parts of the fault scripts: the program, the work folder, running a command, findings and the table of counts.

Environment of every script:

    SSD=path      the program; without it, the release binary is built first
    QUICK=1       the small mode, under 30 seconds
    SEED=1        the seed of all random choices
    JOBS=2        how many cases run at a time
    ONLY=case     repeat one case; each finding prints its case
    KEEP=1        keep the work folder, target/faults.*
"""

import atexit
import collections
import concurrent.futures
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

if sys.version_info < (3, 9):
    print('skipped: Python 3.9 or later is not installed; install it with your package manager')
    sys.exit(0)

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DATA = os.path.join(ROOT, 'tests', 'data')
PERSONAS = os.path.join(ROOT, 'examples', 'data', 'personas.csv')
SCENARIOS = os.path.join(ROOT, 'examples', 'scenarios')

QUICK = os.environ.get('QUICK', '') not in ('', '0')
SEED = int(os.environ.get('SEED') or 1)
JOBS = int(os.environ.get('JOBS') or 2)
ONLY = os.environ.get('ONLY') or None

ANA = '12000000012'
JOSE = '12000000020'
MARIA = '12000000038'
ANTONIO = '12000000046'
INES = '12000000054'
PASSWORD = 'Violeta-9-Oceano-Trigo'
OTHER_PASSWORD = 'Moinho_7_Granito_Vela'

# The kinds of `ssd help exit-codes` and their exit codes.
KINDS = {
    'usage': 2, 'file': 2, 'store_missing': 3, 'store_exists': 3, 'store_busy': 3, 'store_unreadable': 3,
    'store_linked': 3, 'store_unwritable': 3, 'disk_full': 3, 'store_error': 3, 'no_resources': 3,
    'no_randomness': 3, 'clock_behind': 3, 'key_exists': 3, 'store_foreign': 4, 'store_damaged': 4,
    'audit_broken': 4, 'store_newer': 4, 'key_missing': 4, 'key_wrong': 4, 'answer_lost': 6, 'bug': 101,
    'outcome_unknown': 3, 'interrupted': 130,
}
EXIT_CODES = (0, 1, 2, 3, 4, 5, 6, 130)
# Parts of names of files that a killed command may leave, and that the next command of the same kind removes.
LEFTOVER = re.compile(r'\.new\.|\.part|-journal$|-wal$|-shm$')


def need(*tools):
    """Ends the script if a tool is missing."""
    for tool in tools:
        if shutil.which(tool) is None:
            print(f'skipped: {tool} is not installed; install it with your package manager, for example '
                  f'`apt-get install {tool}`')
            sys.exit(0)
    if 'strace' in tools:
        probe = subprocess.run(['strace', '-f', '-o', '/dev/null', 'true'], capture_output=True)
        if probe.returncode != 0:
            print(f'skipped: strace cannot trace here: {probe.stderr.decode(errors="replace").strip()}')
            sys.exit(0)


def _work_folder():
    os.makedirs(os.path.join(ROOT, 'target'), exist_ok=True)
    folder = tempfile.mkdtemp(prefix='faults.', dir=os.path.join(ROOT, 'target'))
    if os.environ.get('KEEP', '') in ('', '0'):
        atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True))
    return folder


def _program():
    path = os.environ.get('SSD')
    if path:
        return os.path.abspath(path)
    build = subprocess.run(
        ['cargo', 'build', '--release', '--locked', '--message-format=json-render-diagnostics'], cwd=ROOT,
        stdout=subprocess.PIPE)
    if build.returncode != 0:
        sys.exit('the release binary cannot be built')
    made = [json.loads(line).get('executable') for line in build.stdout.splitlines()]
    return [path for path in made if path][-1]


if hasattr(sys, 'set_int_max_str_digits'):
    # Replies repeat numbers of any length.
    sys.set_int_max_str_digits(0)
for name in ('SIGTERM', 'SIGHUP'):
    signal.signal(getattr(signal, name), lambda number, frame: sys.exit(128 + number))
WORK = _work_folder()
# A copy, so that a build during the run changes nothing.
SSD = shutil.copy(_program(), os.path.join(WORK, 'ssd'))


class Run:
    """What one process did."""

    def __init__(self, code, out, err, seconds, usage, expired):
        self.code, self.out, self.err, self.seconds, self.usage = code, out, err, seconds, usage
        self.expired = expired

    def text(self):
        """Returns standard output as text."""
        return self.out.decode('utf-8', 'replace')

    def objects(self):
        """Returns the JSON objects on standard output, or None if a line is none."""
        try:
            return [json.loads(line) for line in self.out.decode('utf-8').split('\n') if line]
        except (ValueError, RecursionError):
            return None

    def reply(self):
        """Returns the only JSON object on standard output, or None."""
        objects = self.objects()
        return objects[0] if objects is not None and len(objects) == 1 and isinstance(objects[0], dict) else None

    def word(self):
        """Returns `done`, the reason of a refusal, the kind of an error, or the exit code."""
        reply = self.reply()
        if reply is None:
            return f'exit {self.code}'
        return reply.get('reason') or reply.get('kind') or reply.get('result')

    def crash(self):
        """Returns why this is not how a command may end, or None."""
        if self.expired:
            return f'no end after {self.seconds:.0f} s'
        if self.code not in EXIT_CODES:
            return f'exit code {self.code}: {self.err[-300:]!r}'
        if b'panicked' in self.err or b'panicked' in self.out or b'RUST_BACKTRACE' in self.err:
            return f'a panic: {self.err[-300:]!r}'
        return None

    def __str__(self):
        return f'exit {self.code}, out {self.out[-300:]!r}, err {self.err[-300:]!r}'


def environment(folder, extra=None):
    """Returns the variables of a command: nothing of the caller's but the path of programs."""
    env = {'PATH': os.environ.get('PATH', '/usr/bin:/bin'), 'HOME': folder, 'SSD_STORE': 'store.db',
           'SSD_OPERATOR': 'faults', 'TMPDIR': folder}
    env.update(extra or {})
    return env


def run(args, folder, stdin=b'', env=None, timeout=10, before=None, memory=None, raw_env=None):
    """Runs a command in a folder and returns its `Run`. `args` begins with the arguments of `ssd`; `before` is put in
    front of the program (`strace ...`). `memory` limits the address space, in bytes."""
    with tempfile.TemporaryFile(dir=WORK) as given, tempfile.TemporaryFile(dir=WORK) as out, \
            tempfile.TemporaryFile(dir=WORK) as err:
        given.write(stdin)
        given.seek(0)
        limits = (lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory))) if memory else None
        start = time.monotonic()
        process = subprocess.Popen(
            (before or []) + [SSD] + list(args), cwd=folder, stdin=given, stdout=out, stderr=err,
            env=raw_env if raw_env is not None else environment(folder, env), preexec_fn=limits,
            start_new_session=True)
        expired = threading.Event()

        def end():
            expired.set()
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        timer = threading.Timer(timeout, end)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        out.seek(0)
        err.seek(0)
        return Run(process.returncode, out.read(), err.read(), seconds, usage, expired.is_set())


def must(args, folder, stdin=b'', env=None, codes=(0,)):
    """Runs a command of a preparation, which must end with one of the codes, and returns its standard output."""
    done = run(args, folder, stdin, env, timeout=60)
    if done.code not in codes:
        sys.exit(f'preparation: ssd {" ".join(args)}: {done}')
    return done.text()


def copy(start, name):
    """Copies a prepared folder and returns the copy's path."""
    folder = os.path.join(WORK, name)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(start, folder, symlinks=True)
    return folder


_names = iter(range(10 ** 9))
_names_lock = threading.Lock()


def fresh(start=None, prefix='case'):
    """Returns the path of a new folder: empty, or a copy."""
    with _names_lock:
        name = f'{prefix}-{next(_names)}'
    if start:
        return copy(start, name)
    folder = os.path.join(WORK, name)
    os.makedirs(folder)
    return folder


def drop(folder):
    """Deletes a folder, whatever its modes are."""
    for path, folders, _ in os.walk(folder):
        for name in folders:
            if not os.path.islink(os.path.join(path, name)):
                os.chmod(os.path.join(path, name), 0o700)
    shutil.rmtree(folder, ignore_errors=True)


def files(folder):
    """Returns the relative paths of all files in a folder, with process numbers replaced."""
    found = []
    for path, _, names in os.walk(folder):
        for name in names:
            found.append(os.path.relpath(os.path.join(path, name), folder))
    return sorted(re.sub(r'\.\d+\.\d+(?=$|-)', '.P.N', name) for name in found)


def leftovers(folder):
    """Returns the names of files that only a running or a killed command may have."""
    return [name for name in files(folder) if LEFTOVER.search(name)]


def rows(store, tables=None):
    """Returns the rows of the tables of a store, {table: [row, ...]}, or None if there is no readable store. It reads a
    copy, so that the store and its log stay as they are."""
    if not os.path.exists(store):
        return None
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        path = os.path.join(folder, 'copy.db')
        shutil.copyfile(store, path)
        for end in ('-wal', '-journal'):
            if os.path.isfile(store + end):
                shutil.copyfile(store + end, path + end)
        connection = sqlite3.connect(path)
        try:
            connection.text_factory = lambda data: data.decode('utf-8', 'replace')
            if tables is None:
                query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
                tables = [name for (name,) in connection.execute(query)]
            return {table: sorted(connection.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
                    for table in tables}
        finally:
            connection.close()


def sandbox(folder, registry=PERSONAS, seed=None):
    """Makes a sandbox with cheap hashes and a registry."""
    must(['init', '--sandbox', '-q'] + (['--seed', str(seed)] if seed is not None else []), folder)
    must(['policy', 'set', 'argon2.memory', '8'], folder)
    must(['policy', 'set', 'argon2.passes', '1'], folder)
    if registry:
        must(['registry', 'import', registry, '-q'], folder)


def register(niss=ANA, birth_date='1984-03-22', channel='sms'):
    """Returns the arguments of a registration by the portal."""
    return ['register', niss, '--account-type', 'citizen', '--birth-date', birth_date, '--channel', channel,
            '--accept-terms']


def activate(folder, niss=ANA, birth_date='1984-03-22', channel='sms', password=PASSWORD):
    """Registers and activates a holder."""
    must(register(niss, birth_date, channel), folder)
    code = must(['outbox', 'code', niss], folder).strip()
    must(['activate', niss, '--code', code, '--password-stdin'], folder, password.encode())


def login(folder, niss=ANA, password=PASSWORD):
    """Returns the token of a new session."""
    return must(['login', niss, '--password-stdin', '-q'], folder, password.encode()).strip()


class Report:
    """Counts, and findings with their reproductions. Used by several threads."""

    def __init__(self, script):
        self.script, self.start = script, time.monotonic()
        self.counts = collections.Counter()
        self.findings = collections.OrderedDict()
        self.lock = threading.Lock()

    def count(self, name, number=1):
        with self.lock:
            self.counts[name] += number

    def finding(self, what, case, shell, details=''):
        """Records a finding. Findings with the same words are counted; the first of them is printed at once."""
        with self.lock:
            if what in self.findings:
                self.findings[what].append(case)
                return
            self.findings[what] = [case]
            print(f'FINDING {what}\n  case    ONLY={case!r} python3 tests/faults/{self.script}\n  command {shell}',
                  flush=True)
            for line in str(details).splitlines():
                print(f'          {line}', flush=True)

    def end(self, minimum=None):
        """Prints the table of counts and ends the script: 1 if something was found. `minimum` maps counts to the
        numbers that a complete run must reach."""
        seconds = time.monotonic() - self.start
        width = max([len(name) for name in self.counts] + [8])
        print(f'\n{self.script}: {"quick" if QUICK else "complete"}, seed {SEED}, {seconds:.0f} s')
        for name in self.counts:
            print(f'  {name:<{width}}  {self.counts[name]:>7}')
        print(f'  {"findings":<{width}}  {len(self.findings):>7}')
        for what, cases in self.findings.items():
            print(f'    {len(cases):>5} × {what}: {", ".join(cases[:4])}{" ..." if len(cases) > 4 else ""}')
        short = [] if QUICK or ONLY else [f'{name}: {self.counts[name]} of {number}'
                                          for name, number in (minimum or {}).items() if self.counts[name] < number]
        for name in short:
            print(f'  too few: {name}')
        sys.exit(1 if self.findings or short else 0)


def numbered(kinds, share):
    """Returns the cases of a script: of each kind as many as it says, in the small mode one of `share`; or those of ONLY."""
    if ONLY:
        return [ONLY]
    return [f'{kind}:{n}' for kind, count in kinds.items() for n in range(count // share + 1 if QUICK else count)]


def spread(cases, report, judge):
    """Judges all cases, JOBS at a time, in a random order that depends on the seed."""
    cases = list(cases)
    random.Random(SEED).shuffle(cases)
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        try:
            for done in concurrent.futures.as_completed([pool.submit(judge, case) for case in cases]):
                done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def shell(args, before=None, env=None, stdin=b''):
    """Returns a command as a line for a shell."""
    import shlex
    words = [f'{key}={shlex.quote(value)}' for key, value in (env or {}).items()]
    words += [shlex.quote(word) for word in (before or [])] + ['ssd']
    words += [shlex.quote(word if isinstance(word, str) else os.fsdecode(word)) for word in args]
    given = f"printf %s {shlex.quote(stdin.decode('utf-8', 'backslashreplace')[:300])} | " if stdin else ''
    return given + ' '.join(words)
