"""The writing commands that `kill.py` and `inject.py` disturb, each with a prepared folder to start from.

A command must change its store and its files in one step: an interrupted one has done nothing or all of it. There are
two kinds of exceptions. `FILES`: the store changes in one step, and files of results are written before or after that.
`STEPS`: several transactions, which the same command completes, as `ssd help batch-files` promises.
"""

import json
import os
import re
import shutil
import time

from common import (
    ANA, ANTONIO, DATA, INES, JOSE, MARIA, ONLY, OTHER_PASSWORD, PASSWORD, PERSONAS, QUICK, SCENARIOS, activate, files, fresh,
    login, must, register, rows, run, sandbox)


FILES = 'files'
STEPS = 'steps'


class Command:
    """A writing command and its start. `real` is true for stores with a clock and codes of their own, `files` are the
    results besides the store. With `entry_first` the command has an audit entry before its result: if it is interrupted
    between the two, the same command has another entry."""

    def __init__(self, name, start, args, stdin=b'', env=None, parts=None, results=(), real=False, store='store.db',
                 prepare=None, entry_first=False):
        self.name, self.start, self.args, self.stdin, self.env = name, start, list(args), stdin, dict(env or {})
        self.parts, self.results, self.real, self.store = parts, tuple(results), real, store
        self.volatile, self.prepare, self.entry_first = set(), prepare, entry_first

    def begin(self, prefix='case'):
        """Returns a new copy of the start."""
        folder = fresh(self.start, prefix)
        if self.prepare:
            self.prepare(folder)
        return folder

    def run(self, folder, before=None, timeout=10, json_form=False):
        """Runs the command in a folder."""
        args = (['--json'] if json_form else []) + self.args
        return run(args, folder, self.stdin, self.env, timeout, before)

    def learn(self):
        """Runs the command undisturbed, twice from the start and once more after each, and remembers the states."""
        looks = []
        for turn in range(2):
            folder = self.begin('plain')
            start = self.look(folder)
            self.code = self.run(folder).code
            after = self.look(folder)
            self.again_code = self.run(folder).code
            self.files = files(folder)
            looks.append((start, after, self.look(folder)))
            if self.real and turn == 0:
                time.sleep(1.1)
        for one, two in zip(*looks):
            for content in [(one['tables'], two['tables'])] + [(one['results'][name], two['results'][name])
                                                               for name in self.results if name.endswith('.db')]:
                self.compare(*content)
        states = [[self.text(look) for look in turn] for turn in looks]
        if states[0] != states[1]:
            at = next(n for n in range(3) if states[0][n] != states[1][n])
            raise SystemExit(f'{self.name}: two undisturbed runs differ:\n'
                             f'{self.difference(states[0][at], states[1][at])}')
        self.before, self.after, self.again = states[0]

    def compare(self, one, two):
        """Remembers the columns in which two undisturbed runs differ."""
        for table, content in (one or {}).items():
            for mine, other in zip(content, (two or {}).get(table, [])):
                self.volatile |= {(table, n) for n, (a, b) in enumerate(zip(mine, other)) if a != b}

    def settle(self, folder, state, found):
        """Checks what follows an interruption that led to a state: the next commands, then the same command again.
        Calls `found` for each fault."""
        left = files(folder)
        compared = 1 if self.parts == FILES else 2
        is_between = self.entry_first and state[0] == self.after[0] and state[1] != self.after[1]
        if is_between:
            expected, code = None, self.code
        elif state[:compared] == self.after[:compared] != self.before[:compared]:
            expected, code = self.again, self.again_code
        else:
            expected, code = self.after, self.code
        exists = os.path.exists(os.path.join(folder, self.store))
        key = self.args[self.args.index('--key-file'):][:2] if '--key-file' in self.args else []
        for check in (['account', 'list', '--limit', '1', '-q'], ['store', 'check'], ['audit', 'verify']):
            done = run(check + key, folder, timeout=40)
            if done.crash():
                found(f'{check[0]} {check[1]}, the next command: {done.crash()}', done)
            elif done.code != (0 if exists else 3):
                found(f'{check[0]} {check[1]}, the next command, fails', done)
        again = self.run(folder, timeout=40)
        if again.crash():
            found(f'the same command again: {again.crash()}', again)
        elif again.code not in ((self.code, self.again_code) if self.parts == STEPS else (code,)):
            found('the same command again has another exit code', f'{again}\nfiles after the fault: {left}')
        end = self.state(folder)
        if self.parts == STEPS:
            # What a batch has done is not done again, so both states are one.
            expected = self.after
        if not is_between and end[:compared] != expected[:compared]:
            found('the same command again ends in another state', self.difference(expected, end))
        if files(folder) != self.files:
            more = [name for name in files(folder) if name not in self.files]
            less = [name for name in self.files if name not in files(folder)]
            found('the same command again leaves other files',
                  f'more: {more}, missing: {less}; after the fault: {left}')

    def look(self, folder):
        """Returns the tables of the store and the results in a folder."""
        results = {}
        for name in self.results:
            path = os.path.join(folder, name)
            if os.path.isdir(path):
                found = sorted(os.listdir(path))
                results[name] = {each: open(os.path.join(path, each), 'rb').read() for each in found}
            elif not os.path.exists(path):
                results[name] = None
            elif name.endswith('.db'):
                try:
                    results[name] = rows(path)
                except Exception as error:
                    results[name] = f'damaged: {error}'
            else:
                results[name] = open(path, 'rb').read()
        try:
            tables = rows(os.path.join(folder, self.store))
        except Exception as error:
            tables = {'damaged': [(str(error),)]}
        return {'tables': tables, 'results': results}

    def state(self, folder):
        """Returns what the command changes, as two texts: the tables of the store, and the results. Values that differ
        from run to run are masked."""
        return self.text(self.look(folder))

    def text(self, look):
        """Returns the two texts of what `look` has found."""
        results = {name: self.mask(value) if name.endswith('.db') and isinstance(value, dict) else value
                   for name, value in look['results'].items()}
        if self.real:
            results = {name: re.sub(rb'\d|[0-9a-f]{8,}', b'#', value) if isinstance(value, bytes) else value
                       for name, value in results.items()}
        return repr(self.mask(look['tables'])), repr(results)

    def mask(self, tables):
        if tables is None:
            return None
        return {table: sorted((tuple(self.plain(table, n, value) for n, value in enumerate(row)) for row in content),
                              key=repr)
                for table, content in tables.items()}

    def plain(self, table, n, value):
        if value is None:
            return None
        if (table, n) in self.volatile:
            return '#'
        if self.real:
            if isinstance(value, bytes):
                return f'{len(value)} bytes'
            if isinstance(value, int) and value > 1_000_000_000 and value < 2_500_000_000:
                return 'time'
            if isinstance(value, str):
                return re.sub(r'\d+', '#', value)
        return value

    @staticmethod
    def difference(one, other):
        """Returns the place in which two states begin to differ."""
        one, other = '\n'.join(one), '\n'.join(other)
        at = next((n for n, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
        return f'  {one[max(0, at - 60):at + 120]}\n  {other[max(0, at - 60):at + 120]}'


LINES = [
    {'op': 'register', 'niss': JOSE, 'account_type': 'citizen', 'birth_date': '1951-12-01', 'channel': 'email',
     'accept_terms': True},
    {'op': 'activate', 'niss': JOSE, 'code': '@outbox', 'password': OTHER_PASSWORD},
    {'op': 'login', 'niss': JOSE, 'password': OTHER_PASSWORD},
    {'op': 'alerts_set', 'niss': JOSE, 'session': '@login', 'alerts': 'email'},
    {'op': 'register', 'niss': INES, 'account_type': 'citizen', 'birth_date': '1991-08-16', 'channel': 'sms',
     'accept_terms': True},
    {'id': 7, 'op': 'regster'},
    {'op': 'register', 'niss': INES, 'account_type': 'citizen', 'birth_date': '1991-08-15', 'channel': 'sms',
     'accept_terms': True},
    {'op': 'account_show', 'niss': INES},
]


def write(folder, name, text):
    with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
        file.write(text)


def lines(content):
    return ''.join(json.dumps(line) + '\n' for line in content)


def interrupt(folder):
    """Kills a batch after its first replies. It must be in the folder in which it is continued, because a store knows a
    batch by the path of its replies."""
    for n in range(2, 100):
        run(['batch', 'lines.jsonl', '--out', 'replies.jsonl', '--group', '2', '--resume', '-q'], folder, before=[
            'strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=write', '-e', f'inject=write:signal=KILL:when={n}'])
        path = os.path.join(folder, 'replies.jsonl')
        if os.path.exists(path) and open(path, 'rb').read().count(b'\n') >= 2:
            return
    raise SystemExit('preparation: no batch was killed half-way')


def lose(folder):
    """Makes a backup with its key file beside it, and deletes the store."""
    must(['store', 'backup', 'copy.db', '-q'], folder)
    for name in os.listdir(folder):
        if name == 'store.db.key':
            os.rename(os.path.join(folder, name), os.path.join(folder, 'copy.db.key'))
        elif name.startswith('store.db'):
            os.remove(os.path.join(folder, name))


def selected():
    """Returns the commands that ONLY names, or a few in the small mode."""
    quick = ('init', 'register', 'batch', 'store-rekey', 'store-restore', 'scenario-keep')
    name = ONLY.split(':')[0] if ONLY else None
    return [command for command in commands()
            if (command.name == name if name else not QUICK or command.name in quick)]


def commands():
    """Prepares the starts and returns all commands."""
    empty = fresh(prefix='start')
    shutil.copy(PERSONAS, os.path.join(empty, 'personas.csv'))

    unloaded = fresh(empty, 'start')
    sandbox(unloaded, None)
    loaded = fresh(unloaded, 'start')
    must(['registry', 'import', 'personas.csv', '-q'], loaded)
    requested = fresh(loaded, 'start')
    must(register(), requested)
    code = must(['outbox', 'code', ANA], requested).strip()
    open_account = fresh(loaded, 'start')
    activate(open_account)
    must(register(MARIA, '1967-02-28'), open_account)
    must(register(ANTONIO, '1939-10-05', 'letter'), open_account)
    write(open_account, 'alerts.csv', 'niss;kind;about;decision;amount;paid_on\n' + ''.join(
        f'{ANA};{line}\n' for line in ('decision;Subsídio de desemprego;granted;;',
                                       'payment;Abono;;540,00;2026-02-20', 'benefit;Complemento solidário;;;')))
    write(open_account, 'lines.jsonl', lines(LINES))
    write(open_account, 'update.csv', open(PERSONAS, encoding='utf-8').read().replace('Rua das Flores', 'Rua Nova')
          + 'broken;row\n')
    scenario = open(os.path.join(SCENARIOS, 'recovery.jsonl'), encoding='utf-8').read()
    write(open_account, 'recovery.jsonl', scenario.replace('../data/', ''))
    session = {'SSD_SESSION': login(open_account)}
    with_phone_code = fresh(open_account, 'start')
    must(['phone-code', 'set', '-q'], with_phone_code, env=session)

    with_payment = fresh(open_account, 'start')
    must(['alerts', 'send', 'alerts.csv', '-q'], with_payment)

    real = fresh(empty, 'start')
    must(['init', '-q'], real)
    must(['registry', 'import', 'personas.csv', '-q'], real)
    activate(real)
    must(register(ANTONIO, '1939-10-05', 'letter'), real)
    write(real, 'lines.jsonl', lines([LINES[0], LINES[4], LINES[5], LINES[6]]))
    real_session = {'SSD_SESSION': login(real)}

    def older(version):
        folder = fresh(prefix='start')
        shutil.copy(os.path.join(DATA, f'store-{version}.db'), os.path.join(folder, 'store.db'))
        key = os.path.join(DATA, f'store-{version}.db.key')
        if os.path.exists(key):
            shutil.copy(key, os.path.join(folder, 'store.db.key'))
        return folder

    because = ['--reason', 'letter of 5 January']
    made = [
        Command('init', empty, ['init'], real=True, results=()),
        Command('init-key-file', empty, ['init', '--key-file', 'elsewhere.key'], real=True),
        Command('init-sandbox', empty, ['init', '--sandbox', '--seed', '7']),
        Command('registry-import', unloaded, ['registry', 'import', 'personas.csv']),
        Command('registry-update', open_account, ['registry', 'import', 'update.csv', '--rejects', 'rejects.csv'],
                results=['rejects.csv'], parts=FILES),
        Command('register', loaded, register()),
        Command('register-real', real, register(MARIA, '1967-02-28'), real=True),
        Command('register-recorded', loaded, register(), env={'SSD_RECORD': 'record.jsonl'}, parts=FILES),
        Command('activate', requested, ['activate', ANA, '--code', code, '--password-stdin'], PASSWORD.encode()),
        Command('login', open_account, ['login', ANA, '--password-stdin'], PASSWORD.encode()),
        Command('wrong-login', open_account, ['login', ANA, '--password-stdin'], OTHER_PASSWORD.encode()),
        Command('recover', open_account, ['recover', 'request', ANA, '--account-type', 'citizen', '--name',
                                          'Ana Sofia Marques Ferreira', '--birth-date', '1984-03-22', '--civil-id',
                                          '123456703ZY4', '--nif', '200000012', '--mobile', '912000001', '--channel',
                                          'sms']),
        Command('phone-code-set', open_account, ['phone-code', 'set'], env=session),
        Command('phone-code-remove', with_phone_code, ['phone-code', 'remove'], env=session),
        Command('session-end', open_account, ['session', 'end', session['SSD_SESSION'][:16]], env=session),
        Command('contacts-update', open_account, ['contacts', 'update', '--email', 'nova@correio.example'],
                env=session),
        Command('password-change', open_account, ['password', 'change', '--password-stdin'],
                f'{PASSWORD}\n{OTHER_PASSWORD}\n'.encode(), env=session),
        Command('password-change-real', real, ['password', 'change', '--password-stdin'],
                f'{PASSWORD}\n{OTHER_PASSWORD}\n'.encode(), env=real_session, real=True),
        Command('account-suspend', open_account, ['account', 'suspend', ANA] + because),
        Command('account-erase', open_account, ['account', 'erase', ANA] + because),
        Command('account-erase-real', real, ['account', 'erase', ANA] + because, real=True),
        Command('policy-set', open_account, ['policy', 'set', 'session.idle', '20m']),
        Command('clock-advance', open_account, ['clock', 'advance', '2h']),
        Command('cmd-enrol', open_account, ['cmd', 'enrol', INES, '--mobile', '+351912345678', '--pin-stdin'], b'2718'),
        Command('batch', open_account, ['batch', 'lines.jsonl', '--out', 'replies.jsonl', '--group', '3', '--resume'],
                results=['replies.jsonl'], parts=STEPS),
        Command('batch-real', real, ['batch', 'lines.jsonl', '--out', 'replies.jsonl', '--group', '2', '--resume'],
                results=['replies.jsonl'], parts=STEPS, real=True),
        Command('batch-resume', open_account, ['batch', 'lines.jsonl', '--out', 'replies.jsonl', '--group', '2',
                                               '--resume'], results=['replies.jsonl'], parts=STEPS, prepare=interrupt),
        Command('batch-failed', open_account, ['batch', 'lines.jsonl', '--out', 'replies.jsonl', '--failed', 'failed.jsonl',
                                               '--group', '3', '--resume'],
                results=['replies.jsonl', 'failed.jsonl'], parts=STEPS),
        Command('batch-forget', open_account, ['batch', 'forget', 'march']),
        Command('batch-dry-run', open_account, ['batch', 'lines.jsonl', '--dry-run'], ),
        Command('alerts-send', open_account, ['alerts', 'send', 'alerts.csv', '--out', 'sent.jsonl', '--resume'],
                results=['sent.jsonl'], parts=STEPS),
        Command('outbox-print', open_account, ['outbox', 'print', '--pending', '--out', 'letters.pdf', '--manifest',
                                               'letters.csv'], results=['letters.pdf', 'letters.csv'], parts=FILES),
        Command('outbox-export', open_account, ['outbox', 'export', '--eml', 'mails'], results=['mails'], parts=FILES),
        Command('outbox-failed', open_account, ['outbox', 'failed', '1', '--reason', 'bounced']),
        Command('outbox-failed-real', real, ['outbox', 'failed', '1', '--reason', 'bounced'], real=True),
        Command('messages-calendar', with_payment, ['messages', 'calendar', '--ics', 'payments.ics'], env=session,
                results=['payments.ics'], parts=FILES, entry_first=True),
        Command('report', open_account, ['report', '--html', 'report.html'], results=['report.html'], parts=FILES),
        Command('store-backup', open_account, ['store', 'backup', 'copy.db'], results=['copy.db']),
        Command('store-backup-real', real, ['store', 'backup', 'copy.db'], results=['copy.db'], real=True, parts=FILES,
                entry_first=True),
        Command('store-restore', open_account, ['store', 'restore', 'copy.db'], prepare=lose),
        Command('store-restore-real', real, ['store', 'restore', 'copy.db'], real=True, prepare=lose),
        Command('store-rekey', real, ['store', 'rekey'], real=True),
        Command('scenario-keep', open_account, ['scenario', 'run', 'recovery.jsonl', '--keep', 'result.db'],
                results=['result.db']),
        Command('scenario-run', open_account, ['scenario', 'run', 'recovery.jsonl', '--junit', 'report.xml'],
                results=['report.xml'], parts=FILES),
    ]
    for version in ('1', '2', '2-messages', '3', '4'):
        made.append(Command(f'migrate-{version}', older(version), ['store', 'check'], real='messages' in version))
    return made
