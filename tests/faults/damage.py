#!/usr/bin/env python3
"""Damages stores, their logs and their key files, and runs commands on them.

Flipped bits, overwritten, zeroed and swapped pages, cut and lengthened files, damaged `-wal` and `-shm` files, damaged
key files, pipes and folders with the names of these files, and SQLite databases of other programs. Then:

- every command ends within ten seconds with a documented exit code, without a panic;
- `store check` or `audit verify` reports the damage, or the store has the same rows as the undamaged one and every
  command prints the same. Another value in a row outside the audit log may stay unseen, because a store has no second
  copy of it; such cases are counted.

    python3 tests/faults/damage.py             builds the release binary first; SSD=path uses an existing one
    QUICK=1 python3 tests/faults/damage.py     under 30 seconds
    ONLY=flip:17 KEEP=1 python3 tests/faults/damage.py     one damage; the files stay in target/faults.*/case-*
"""

import os
import sqlite3
import stat

import common
from common import (
    ANA, ANTONIO, MARIA, ONLY, PASSWORD, SEED, Report, activate, drop, fresh, login, must, numbered, register, rows, run,
    sandbox, shutil, spread)

report = Report('damage.py')

PAGE = 4096
CASES = {'flip': 500, 'byte': 300, 'page': 200, 'zero': 200, 'swap': 150, 'cut': 150, 'longer': 40, 'header': 150,
         'wal': 250, 'shm': 60, 'key': 80, 'foreign': 40, 'cell': 200, 'side': 60}

# The audit log is a chain of keyed hashes, so every other value in it is noticed. No other table has a second copy of
# its values: `ssd help security` says that everyone who can write the file can change everything in it.
CHAINED = ('audit.', 'trail.', 'remark.', 'subject.')
# Commands that read different tables, and whose replies are compared.
READERS = [['account', 'show', ANA], ['account', 'list'], ['account', 'export', ANA], ['account', 'history', ANA],
           ['registry', 'show', ANA], ['registry', 'count'], ['outbox', 'list'], ['outbox', 'code', MARIA],
           ['outbox', 'show', '1'], ['audit', 'list'], ['audit', 'export'], ['policy', 'show'], ['state-hash'],
           ['why', '3'], ['contacts', 'show'], ['messages', 'list'], ['account', 'timeline', ANA]]
# `store info` prints the time.
OTHERS = [['store', 'info'], ['login', ANA, '--password-stdin'], ['policy', 'set', 'session.idle', '20m'],
          ['store', 'backup', 'copy.db'], ['account', 'suspend', ANA, '--reason', 'x'],
          ['account', 'erase', ANA, '--reason', 'x']]


def damage(choice, kind, folder):
    """Damages the store in a folder and returns what was done."""
    path = os.path.join(folder, 'store.db')
    data = bytearray(open(path, 'rb').read())
    pages = len(data) // PAGE
    at, page, other = choice.randrange(len(data)), choice.randrange(pages), choice.randrange(pages)
    said = ''
    if kind == 'flip':
        for _ in range(choice.choice([1, 1, 1, 8])):
            at = choice.randrange(len(data))
            data[at] ^= 1 << choice.randrange(8)
        said = f'a bit near byte {at}'
    elif kind == 'byte':
        length = choice.choice([1, 4, 16, 100])
        data[at:at + length] = choice.randbytes(len(data[at:at + length]))
        said = f'{length} bytes at {at}'
    elif kind in ('page', 'zero'):
        data[page * PAGE:(page + 1) * PAGE] = choice.randbytes(PAGE) if kind == 'page' else bytes(PAGE)
        said = f'page {page}'
    elif kind == 'swap':
        one, two = data[page * PAGE:(page + 1) * PAGE], data[other * PAGE:(other + 1) * PAGE]
        data[page * PAGE:(page + 1) * PAGE], data[other * PAGE:(other + 1) * PAGE] = two, one
        said = f'pages {page} and {other}'
    elif kind == 'cut':
        size = choice.choice([0, 1, 15, 16, 99, 100, 512, page * PAGE, at])
        del data[size:]
        said = f'cut to {size}'
    elif kind == 'longer':
        data += choice.choice([bytes(PAGE), choice.randbytes(PAGE), b'x', bytes(data)])
        said = 'longer'
    elif kind == 'header':
        at = choice.randrange(100)
        data[at] = choice.choice([0, 1, 2, 255, choice.randrange(256)])
        said = f'header byte {at}: {data[at]}'
    elif kind == 'cell':
        # One value of one row, as a person with a database tool changes it.
        return change_cell(choice, path)
    elif kind in ('wal', 'shm'):
        name = f'{path}-{kind}'
        side = bytearray(open(name, 'rb').read())
        at = choice.randrange(len(side))
        how = choice.randrange(6)
        if how == 0:
            del side[at:]
        elif how == 1:
            side = bytearray(choice.randbytes(choice.choice([1, 32, 5000, len(side)])))
        elif how == 2:
            side[:32] = choice.randbytes(32)
        elif how == 3:
            side[at:at + 100] = bytes(100)
        else:
            side[at] ^= 1 << choice.randrange(8)
        open(name, 'wb').write(side)
        return f'{name}: change {how} at {at}'
    elif kind == 'key':
        name = path + '.key'
        key = bytearray(open(name, 'rb').read())
        how = choice.randrange(9)
        at = choice.randrange(len(key))
        if how == 0:
            key[at] = ord(choice.choice('0123456789abcdef'))
        elif how == 1:
            key[at] = choice.randrange(256)
        elif how == 2:
            del key[at:]
        elif how == 3:
            key += choice.randbytes(100)
        elif how == 4:
            key = bytearray(choice.randbytes(choice.choice([0, 1, 64, 100_000])))
        elif how == 5:
            key = bytearray(key.upper())
        elif how == 6:
            key = key.replace(b'\n', b'\r\n')
        elif how == 7:
            os.remove(name)
            os.mkdir(name)
            return 'the key is a folder'
        else:
            os.remove(name)
            return 'no key'
        open(name, 'wb').write(key)
        return f'key: change {how} at {at}'
    elif kind == 'side':
        return make_side(choice, path)
    elif kind == 'foreign':
        return make_foreign(choice, path)
    open(path, 'wb').write(data)
    return said


def change_cell(choice, path):
    connection = sqlite3.connect(path)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = [name for name in tables if connection.execute(f'SELECT count(*) FROM {name}').fetchone()[0]]
    table = choice.choice(tables)
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info({table})')]
    column = choice.choice(columns)
    value = choice.choice([None, 0, -1, 2 ** 62, 'x', '', b'', b'x' * 32, '\0', 'refused', 12000000020, 'active',
                           '2026-13-45'])
    # The row is chosen by its own values, because not every table has a rowid.
    row = choice.choice(connection.execute(f'SELECT {", ".join(columns)} FROM {table}').fetchall())
    where = ' AND '.join(f'{name} IS ?' for name in columns)
    connection.execute('PRAGMA ignore_check_constraints = ON')
    try:
        connection.execute(f'UPDATE {table} SET {column} = ? WHERE {where}', (value, *row))
        connection.commit()
    except sqlite3.Error as error:
        return f'not possible: {error}'
    finally:
        connection.close()
    return f'{table}.{column} = {value!r}, was {row[columns.index(column)]!r}'


def make_side(choice, path):
    name = path + choice.choice(['-wal', '-shm', '-journal', '.key'])
    how = choice.choice(['pipe', 'folder', 'link to nothing', 'link to a text', 'socket', 'unreadable'])
    if os.path.exists(name):
        os.remove(name)
    if how == 'pipe':
        os.mkfifo(name)
    elif how == 'folder':
        os.mkdir(name)
    elif how == 'link to nothing':
        os.symlink('nothing', name)
    elif how == 'link to a text':
        with open(os.path.join(os.path.dirname(path), 'text'), 'wb') as file:
            file.write(b'x' * 5000)
        os.symlink('text', name)
    elif how == 'socket':
        os.mknod(name, 0o600 | stat.S_IFSOCK)
    else:
        with open(name, 'wb'):
            os.chmod(name, 0)
    return f'{how} as {os.path.basename(name)}'


def make_foreign(choice, path):
    how = choice.randrange(6)
    os.remove(path)
    if how == 0:
        open(path, 'wb').write(choice.choice([b'', b'hello\n', b'\0' * 5000, b'SQLite format 3\0',
                                              choice.randbytes(9000)]))
        return 'not a database'
    connection = sqlite3.connect(path)
    if how > 1:
        connection.execute('CREATE TABLE account (niss INTEGER PRIMARY KEY, state TEXT)')
    if how > 2:
        connection.execute(f'PRAGMA application_id = {choice.choice([0, 1, 0x75293a9c, 0x7529a99c])}')
    if how > 3:
        connection.execute(f'PRAGMA user_version = {choice.choice([0, 4, 5, 99])}')
    if how > 4:
        with open(os.path.join(common.ROOT, 'schema.sql'), encoding='utf-8') as schema:
            connection.execute('DROP TABLE account')
            connection.executescript(schema.read())
    connection.commit()
    connection.close()
    return f'another program\'s database, {how}'


def content(folder):
    """Returns the rows of the store, or a text if it cannot be read."""
    try:
        return rows(os.path.join(folder, 'store.db'))
    except Exception as error:
        return f'unreadable: {error}'


def judge(name):
    kind, number = name.rsplit(':', 1)

    def damaged():
        choice = common.random.Random(f'{SEED}:{name}')
        base = choice.choice(bases[kind])
        folder = fresh(base['folder'])
        return choice, base, folder, damage(choice, kind, folder)
    choice, base, folder, said = damaged()
    if said.startswith('not possible'):
        report.count('not possible')
        drop(folder)
        return
    report.count('damaged files')
    env = {'SSD_SESSION': base['session']}

    def found(what, details):
        report.finding(f'{kind}: {what}', name, said, details)

    # Each command gets a copy, because the first one may repair a log or write.
    replies = []
    chosen = choice.sample(READERS, 4) + choice.sample(OTHERS, 2)
    for args in chosen:
        each = damaged()[2]
        done = run(['--json'] + args, each, PASSWORD.encode(), env, timeout=15)
        report.count('commands')
        if done.crash():
            found(f'{" ".join(args[:2])}: {done.crash()[:60]}', done)
        elif done.seconds > 10:
            found(f'{" ".join(args[:2])}: more than 10 s', f'{done.seconds:.1f} s')
        elif done.objects() is None:
            found(f'{" ".join(args[:2])}: standard output is not JSON', done)
        replies.append((args, done))
        drop(each)
    checked = run(['store', 'check'], folder, timeout=15)
    if checked.crash():
        found(f'store check: {checked.crash()[:60]}', checked)
    verified = run(['audit', 'verify'], folder, timeout=15)
    if verified.crash():
        found(f'audit verify: {verified.crash()[:60]}', verified)
    report.count(f'store check: exit {checked.code}')
    reported = checked.code != 0 or verified.code != 0
    unnoticed = False
    if not reported:
        now = content(folder)
        if now not in base['rows'] and now != checked_content(base):
            values = changes(base, now)
            unnoticed = values is not None and not any(value.startswith(CHAINED) for value in values)
            if unnoticed:
                report.count('values that nothing else confirms')
            else:
                what = 'other rows' if values is None else 'another ' + ', '.join(
                    sorted(value for value in values if value.startswith(CHAINED))[:3])
                found(f'`store check` and `audit verify` accept {what}', difference(base['rows'][-1], now))
    if not reported and not unnoticed:
        for args, done in replies:
            expected = base['replies'].get(' '.join(args))
            if expected is not None and done.code == 0 and done.out not in (expected, reply(base, args)):
                found(f'{" ".join(args[:2])}: done with another reply, and `store check` finds nothing',
                      f'{done}\nexpected {expected[-300:]}')
    if not (ONLY and 'KEEP' in os.environ):
        drop(folder)


def changes(base, now):
    """Returns the columns, as `table.column`, whose values are not those of the undamaged store; None if there are
    other rows."""
    then = base['rows'][-1]
    if not isinstance(now, dict) or set(now) != set(then):
        return None
    found = set()
    for table, content in then.items():
        less = [row for row in content if row not in now[table]]
        more = [row for row in now[table] if row not in content]
        if len(less) != len(more) or len(content) != len(now[table]):
            return None
        # Each changed row is compared with the most similar one.
        for row in more:
            near = min(less, key=lambda other: sum(a != b for a, b in zip(row, other)))
            found |= {f'{table}.{base["columns"][table][n]}' for n, (a, b) in enumerate(zip(row, near)) if a != b}
    return found


def difference(one, other):
    if isinstance(other, str) or other is None:
        return other
    for table in one:
        for row in other.get(table, []):
            if row not in one[table]:
                return f'{table}: {row!r}'[:400]
        for row in one[table]:
            if row not in other.get(table, []):
                return f'{table}: missing {row!r}'[:400]
    return 'other tables'


def checked_content(base):
    """Returns the rows of the undamaged store after a `store check` now: it erases expired codes."""
    folder = fresh(base['folder'])
    must(['store', 'check'], folder)
    now = content(folder)
    drop(folder)
    return now


def reply(base, args):
    """Returns what a reading command prints now for the undamaged store."""
    folder = fresh(base['folder'])
    done = run(['--json'] + args, folder, b'', {'SSD_SESSION': base['session']})
    drop(folder)
    if done.code not in (0, 1):
        raise SystemExit(f'preparation: {args}: {done}')
    return done.out


def prepare(real):
    """Makes a store with something in every table that the commands read."""
    folder = fresh(prefix='start')
    if real:
        must(['init', '-q'], folder)
        must(['registry', 'import', common.PERSONAS, '-q'], folder)
    else:
        sandbox(folder)
    activate(folder)
    must(register(MARIA, '1967-02-28'), folder)
    must(register(ANTONIO, '1939-10-05', 'letter'), folder)
    env = {'SSD_SESSION': login(folder)}
    must(['phone-code', 'set'], folder, env=env)
    must(['contacts', 'update', '--email', 'nova@correio.example'], folder, env=env)
    must(['alerts', 'send', os.path.join(common.ROOT, 'examples/data/alerts.csv'), '-q'], folder, codes=(5,))
    must(['login', ANA, '--password-stdin'], folder, b'wrong', codes=(1,))
    must(['cmd', 'enrol', common.INES, '--mobile', '+351912345678', '--pin-stdin'], folder, b'2718')
    return {'folder': folder, 'session': env['SSD_SESSION'], 'rows': [content(folder)]}


def with_log(base):
    """Returns the same store with a log that is not yet in it, as after a kill: an open reader prevents its end."""
    folder = fresh(base['folder'], 'start')
    path = os.path.join(folder, 'store.db')
    states = [content(folder)]
    reader = sqlite3.connect(path)
    reader.execute('BEGIN')
    reader.execute('SELECT count(*) FROM account').fetchone()
    for args in (['account', 'suspend', ANA, '--reason', 'x'], ['policy', 'set', 'session.idle', '20m'],
                 ['registry', 'import', common.PERSONAS, '-q'], ['account', 'resume', ANA, '--reason', 'x']):
        must(args, folder)
        states.append(content(folder))
    made = fresh(folder, 'start')
    reader.close()
    assert os.path.getsize(os.path.join(made, 'store.db-wal')) > PAGE
    return {'folder': made, 'session': base['session'], 'rows': states}


plain, real = prepare(False), prepare(True)
logged = with_log(plain)
for base in (plain, real, logged):
    connection = sqlite3.connect(f'file:{base["folder"]}/store.db?mode=ro&immutable=1', uri=True)
    base['columns'] = {table: [row[1] for row in connection.execute(f'PRAGMA table_info({table})')]
                       for table in base['rows'][-1]}
    connection.close()
    base['replies'] = {' '.join(args): reply(base, args) for args in READERS}
# A damaged log loses its last transactions, as after a power cut: the store is in one of its past states, and the
# replies fit that. An index of the log is only a copy of what is in the log.
cut_log = {**logged, 'replies': {}}
logged['rows'] = logged['rows'][-1:]
bases = {kind: [plain, plain, real] for kind in CASES}
bases.update({'wal': [cut_log], 'shm': [logged], 'key': [real]})


def main():
    spread(numbered(CASES, 30), report, judge)
    report.end({'damaged files': 1800})


main()
