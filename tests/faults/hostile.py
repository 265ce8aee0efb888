#!/usr/bin/env python3
"""Gives the program hostile inputs: requests, registries, alerts, scenarios, arguments, variables and secrets.

Each case begins with a valid input and spoils it: odd bytes (NUL, invalid UTF-8, byte order marks, lone surrogates,
bidirectional controls), huge numbers, deep nesting, many keys, long lines, cut and repeated parts. Whatever the input
is:

- the exit code is one of `ssd help exit-codes`, without a panic, within 10 seconds and 300 MB;
- the standard output has no raw control characters, and the standard error has none but line ends;
- with `--json`, each line of the standard output is one object; a command other than a list prints exactly one;
- each line of a batch has one reply, and the rows of an import add up;
- a planted password, PIN, code or token is in no output;
- the store is intact afterwards.

    python3 tests/faults/hostile.py             builds the release binary first; SSD=path uses an existing one
    QUICK=1 python3 tests/faults/hostile.py     a few of each kind, under 30 seconds
    ONLY=requests:17 KEEP=1 python3 tests/faults/hostile.py     one case; its input stays in target/faults.*/case-*
"""

import json
import os
import re
import shlex

import common
from common import (
    ANA, ANTONIO, INES, JOSE, KINDS, MARIA, ONLY, PASSWORD, PERSONAS, SCENARIOS, SEED, Report, activate, drop,
    environment, fresh, login, must, numbered, register, run, sandbox, spread)

report = Report('hostile.py')

SECONDS, MEGABYTES = 10, 300
# The number of cases of each kind, and the number of lines in a file of lines.
CASES = {'requests': 900, 'registry': 900, 'registry-lines': 500, 'alerts': 400, 'scenarios': 500, 'arguments': 4000,
         'variables': 1000, 'secrets': 1000}
LINES = 12

ODD = ['', ' ', '\0', '\x1b[31m', '\x7f', '\x85', '\x9b2J', '\u202e', '\u2066x\u2069', '\u200f', '\u200b', '\ufeff',
       '\u2028', '\u00ad', '\ufffd', '\U000e0041', 'a\u0301' * 40, '\u1100\u1161', 'ﷺ' * 30, '🧑‍🚒', "'", '"', '""',
       '\\', '\\u0000', '\n', '\r\n', '\t', ',', ';', '-', '--', '@outbox', '@login', '@', '%s%n', '{}', '[]',
       'null', 'true', '0', '-1', '1e400', '9' * 30, '9223372036854775808', '18446744073709551616', '0x10', '1_000',
       '٣٤', '１２', '12000000012', '12000000013', '2024-02-30', '0000-00-00', '9999-12-31', '2026-01-05T09:00:00Z',
       '99999-01-01', '1d', '9' * 18 + 'd', '-5m', 'P1D', 'ana@correio.example', 'a@b@c', '@x',
       'x' * 300 + '@y.example', '+351912000001', '+' + '9' * 20, 'x' * 300, 'x' * 70000, '*' * 1000, '../x', './',
       '.', '*', '?', '$(id)', '`id`', '<script>', "' OR 1=1 --", '=1+1', 'file:x?mode=memory', ':memory:', 'letter',
       'sms', 'citizen', 'exemplo.pt/pagar']
RAW = [b'\xff', b'\xc0\x80', b'\xed\xa0\x80', b'\xf4\x90\x80\x80', b'\xe2\x82', b'\xef\xbb\xbf', b'\xff\xfe', b'\0',
       b'\x1b]0;x\x07', b'\r', b'\x85']
HUGE = [10 ** 400, -10 ** 30, 1e308, 2 ** 63, 2 ** 64, -0.0, 0.1, 1e-320, True, None, [], {}, [[]], {'': ''}]

# Characters that change how a terminal shows the text around them, and line ends.
CONTROL = re.compile('[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]')


class Case:
    """One command with its files and variables."""

    def __init__(self, args, files=None, stdin=b'', env=None, secrets=(), lists=False, lines=None, json_form=True):
        self.args, self.files, self.stdin, self.env = args, files or {}, stdin, env or {}
        self.secrets, self.lists, self.lines, self.json_form = secrets, lists, lines, json_form


def secret(choice):
    """Returns a word that occurs nowhere else, and that no rule of names or numbers repeats."""
    return 'Zq' + ''.join(choice.choice('bcdfghjkmnpqrstvwxyz') for _ in range(9)) + '-7'


def templates(choice):
    """Returns a valid request of each operation, and its secrets."""
    word = secret(choice)
    ana = {'niss': ANA}
    session = {'niss': ANA, 'session': '@login'}
    reason = {'niss': ANA, 'reason': 'letter of 5 January'}
    full = {'name': 'Ana Sofia Marques Ferreira', 'birth_date': '1984-03-22', 'civil_id': '123456703ZY4',
            'nif': '200000012'}
    portal = {'account_type': 'citizen', 'birth_date': '1967-02-28', 'channel': 'sms', 'accept_terms': True}
    made = [
        {'op': 'register', 'niss': MARIA, **portal},
        {'op': 'register', 'niss': JOSE, 'procedure': 'cmd', 'pin': word, 'accept_terms': True},
        {'op': 'register', **ana, **full, 'procedure': 'classic', 'account_type': 'citizen',
         'email': 'x@correio.example', 'mobile': '912000001', 'telephone': '213000003', 'alerts': 'sms',
         'channel': 'sms', 'accept_terms': True},
        {'op': 'activate', 'niss': MARIA, 'code': '@outbox', 'password': word},
        {'op': 'activate', 'niss': MARIA, 'code': word, 'password': word},
        {'op': 'login', **ana, 'password': PASSWORD},
        {'op': 'login', **ana, 'password': word},
        {'op': 'login', **ana, 'method': 'cmd', 'pin': word, 'code': '000001', 'consent': True},
        {'op': 'logout', **session},
        {'op': 'recover_request', **ana, **full, 'account_type': 'citizen', 'mobile': '912000001', 'channel': 'sms'},
        {'op': 'recover_confirm', **ana, 'code': '@outbox', 'password': word},
        {'op': 'password_change', **session, 'password': PASSWORD, 'new_password': word},
        {'op': 'session_end', **session, 'target': word},
        {'op': 'phone_code_set', **session},
        {'op': 'phone_code_change', **session, 'new_code': word},
        {'op': 'phone_code_verify', **ana, 'code': word},
        {'op': 'phone_line', **ana, 'code': '@phone_code'},
        {'op': 'phone_line_whoami', **ana, 'call': word},
        {'op': 'phone_line_payments', **ana, 'call': word},
        {'op': 'contacts_show', **ana, 'session': word},
        {'op': 'contacts_update', **session, 'email': 'nova@correio.example', 'mobile': '+33612345678'},
        {'op': 'contacts_confirm', **session, 'channel': 'email', 'code': '@outbox'},
        {'op': 'contacts_remove', **session, 'telephone': True},
        {'op': 'alerts_set', **session, 'alerts': 'email'},
        {'op': 'alerts_send', **ana, 'kind': 'payment', 'about': 'Abono de família', 'amount': '540,00',
         'paid_on': '2026-02-20'},
        {'op': 'messages_calendar', **session},
        {'op': 'messages_list', **session, 'limit': 5, 'since': '2026-01-01T00:00:00Z', 'unread': True},
        {'op': 'messages_show', **session, 'message': 1},
        {'op': 'registry_show', **ana},
        {'op': 'outbox_show', 'message': 1},
        {'op': 'outbox_returned', **ana, 'purpose': 'activation', 'reason': 'moved'},
        {'op': 'outbox_failed', 'message': 1, 'reason': 'bounced'},
        {'op': 'outbox_code', **ana, 'purpose': 'activation'},
        {'op': 'account_show', **ana},
        {'op': 'account_unlock', **reason},
        {'op': 'account_suspend', **reason},
        {'op': 'account_resume', **reason},
        {'op': 'account_reset', **reason},
        {'op': 'account_export', **ana},
        {'op': 'account_erase', **reason},
        {'op': 'cmd_enrol', 'niss': INES, 'mobile': '+351912345678', 'pin': word},
        {'op': 'cmd_revoke', 'niss': INES},
        {'op': 'policy_set', 'key': 'session.idle', 'value': '20m'},
        {'op': 'clock_advance', 'advance': '2h'},
        {'op': 'clock_set', 'time': '2026-02-01T09:00:00Z'},
    ]
    return choice.choice(made), word


def nested(choice):
    depth = choice.choice([20, 127, 129, 5000, 100_000])
    return choice.choice(['[' * depth + ']' * depth, '{"a":' * depth + '1' + '}' * depth, '[' * depth])


def spoil_value(choice, request):
    """Changes one value or key of a request and returns its JSON text."""
    request = dict(request)
    key = choice.choice(list(request))
    how = choice.randrange(12)
    if how < 4:
        request[key] = choice.choice(ODD)
    elif how < 5:
        both = [str(request[key]), choice.choice(ODD)]
        request[key] = ''.join(both if choice.random() < 0.5 else both[::-1])
    elif how < 6:
        request[key] = choice.choice(HUGE)
    elif how < 7:
        request[choice.choice(ODD)] = choice.choice(ODD)
    elif how < 8:
        request['id'] = choice.choice(ODD + HUGE)
    elif how < 9:
        del request[key]
    elif how < 10:
        text = json.dumps(request)
        return text[:-1] + f', {json.dumps(key)}: {json.dumps(request[key])}}}'
    elif how < 11:
        text = json.dumps(request)
        return text[:-1] + ', "id": ' + choice.choice([nested(choice), '9' * choice.choice([20, 400, 10_000]),
                                                       '1e' + '9' * 12, '-0', '00', '1.', '"\\ud800"',
                                                       '"\\udc00\\ud800"', '\ufeff1', 'NaN', '/*x*/1', "'x'"]) + '}'
    else:
        return json.dumps({**request, **{f'k{n}': n for n in range(choice.choice([50, 5000]))}})
    try:
        return json.dumps(request, ensure_ascii=choice.random() < 0.5)
    except ValueError:
        return str(request)


def spoil_bytes(choice, data, times=None):
    """Changes some bytes of a text."""
    data = bytearray(data)
    for _ in range(times or choice.randint(1, 3)):
        at = choice.randint(0, len(data))
        how = choice.randrange(8)
        if how == 0 and data:
            data[at % len(data)] = choice.randrange(256)
        elif how == 1:
            data[at:at] = choice.choice(RAW)
        elif how == 2:
            data[at:at] = choice.choice(ODD).encode('utf-8', 'surrogatepass')[:4000]
        elif how == 3:
            del data[at:at + choice.randint(1, 20)]
        elif how == 4:
            data[at:at] = data[at:at + choice.randint(1, 60)]
        elif how == 5:
            data[at:at] = choice.choice([b'"', b',', b';', b'\n', b'\r\n', b'{', b'}', b'\\'])
        elif how == 6 and choice.random() < 0.3:
            del data[at:]
        else:
            other = choice.randint(0, len(data))
            data[at:at + 8], data[other:other + 8] = data[other:other + 8], data[at:at + 8]
    return bytes(data)


def requests(choice):
    """A batch of spoiled requests. Raw line ends in a spoiled line become blanks, so that the lines can be counted."""
    content, secrets = [], []
    for _ in range(LINES):
        request, word = templates(choice)
        if choice.random() < 0.6:
            line = spoil_value(choice, request).encode('utf-8', 'surrogatepass')
        else:
            line = spoil_bytes(choice, json.dumps(request).encode())
        line = line.replace(b'\n', b' ').replace(b'\r', b' ')
        content.append(line)
        # A byte more or less makes another word of it, or moves it to a place where it is no secret.
        try:
            taken = json.loads(line)
        except (ValueError, RecursionError):
            taken = None
        fields = ('password', 'new_password', 'pin', 'code', 'new_code', 'call', 'session')
        if isinstance(taken, dict) and all(key in fields or word not in str(key) + str(value)
                                           for key, value in taken.items()):
            secrets.append(word)
    if choice.random() < 0.02:
        content.append(b'{"id":"' + b'x' * choice.choice([1 << 19, 1 << 20, 3 << 20]) + b'"}')
    lines = sum(1 for line in content if line.strip(b' \t'))
    command = choice.choice([['batch', 'in.jsonl'], ['batch', 'in.jsonl', '--dry-run'], ['batch', '-', '--group', '3'],
                             ['batch', 'in.jsonl', '--failed', 'failed.jsonl', '--once', 'march']])
    data = b'\n'.join(content) + (b'\n' if choice.random() < 0.8 else b'')
    return Case(command, {'in.jsonl': data}, data if '-' in command else b'', secrets=secrets, lists=True, lines=lines)


def spoil_table(choice, path):
    """Returns a spoiled CSV file."""
    text = open(path, encoding='utf-8').read()
    records = text.splitlines()
    how = choice.randrange(10)
    if how == 0:
        records[0] = records[0].replace(choice.choice(records[0].split(',')), choice.choice(ODD))
    elif how == 1:
        choice.shuffle(records)
    elif how == 2:
        records = [record.replace(',', choice.choice([';', '\t', '|', ',,'])) for record in records]
    elif how < 7:
        for _ in range(choice.randint(1, 4)):
            at = choice.randrange(len(records))
            cells = records[at].split(',')
            cells[choice.randrange(len(cells))] = choice.choice(ODD + [f'"{odd}"' for odd in ODD[:40]])
            records[at] = ','.join(cells)
    data = '\n'.join(records).encode('utf-8', 'surrogatepass') + b'\n'
    if how >= 6:
        data = spoil_bytes(choice, data)
    if choice.random() < 0.05:
        data = choice.choice([text.encode('utf-16'), text.encode('utf-16-be'), text.encode('latin-1', 'replace'),
                              b'\xef\xbb\xbf' + data, data.replace(b'\n', b'\r'), b'', b'\n' * 1000, data * 30,
                              b'"' + data, b'a,' * 100_000 + b'\n', b'\0' * 5000])
    return data


def registry(choice):
    return Case(['registry', 'import', 'in.csv', '--rejects', 'rejects.csv'], {'in.csv': spoil_table(choice, PERSONAS)})


def people():
    header, *records = open(PERSONAS, encoding='utf-8').read().splitlines()
    return [dict(zip(header.split(','), record.split(','))) for record in records if '"' not in record]


def registry_lines(choice):
    content = []
    for person in choice.sample(people(), LINES):
        if choice.random() < 0.5:
            line = spoil_value(choice, person).encode('utf-8', 'surrogatepass')
        else:
            line = spoil_bytes(choice, json.dumps(person).encode())
        content.append(line)
    return Case(['registry', 'import', 'in.jsonl'], {'in.jsonl': b'\n'.join(content) + b'\n'})


def alerts(choice):
    if choice.random() < 0.5:
        data = spoil_bytes(choice, open(os.path.join(common.ROOT, 'examples/data/alerts.csv'), 'rb').read())
        return Case(['alerts', 'send', 'in', '--out', 'replies'], {'in': data})
    line = {'niss': ANA, 'kind': choice.choice(['decision', 'benefit', 'payment']), 'about': 'Abono',
            'amount': '540,00', 'paid_on': '2026-02-20'}
    content = [spoil_value(choice, line).replace('\n', ' ').encode('utf-8', 'surrogatepass') for _ in range(LINES)]
    content[0] = json.dumps(line).encode()
    return Case(['alerts', 'send', 'in'], {'in': b'\n'.join(content) + b'\n'}, lists=True)


def scenarios(choice):
    path = os.path.join(SCENARIOS, choice.choice(sorted(os.listdir(SCENARIOS))))
    data = open(path, 'rb').read().replace(b'../data/', b'')
    content = data.splitlines()
    for _ in range(choice.randint(1, 3)):
        at = choice.randrange(len(content))
        try:
            content[at] = spoil_value(choice, json.loads(content[at])).encode('utf-8', 'surrogatepass')
        except (ValueError, RecursionError):
            content[at] = spoil_bytes(choice, content[at])
    data = b'\n'.join(content) + b'\n'
    if choice.random() < 0.5:
        data = spoil_bytes(choice, data)
    return Case(['scenario', 'run', 'in.jsonl'] + choice.choice([[], ['--junit', 'report.xml']]), {'in.jsonl': data})


# The words of all commands that end by themselves. `outbox wait` gets a time limit.
COMMANDS = '''register|activate|login|logout|recover request|recover confirm|password change
phone-code set|phone-code change|phone-code remove|phone-code verify|phone-line|phone-line whoami|phone-line payments|contacts show|contacts update
contacts confirm|contacts remove|alerts set|alerts send|session list|session end|second-factor enrol|messages list|messages calendar|messages show|profile show|registry import
registry show|registry list|registry find|registry count|outbox list|outbox show|outbox code|outbox wait|outbox print|outbox export|outbox returned|outbox failed|account show
account list|account unlock|account suspend|account resume|account reset|account close|account history
account timeline|account export|account erase|cmd enrol|cmd revoke|batch|batch forget|audit list|audit verify|audit head
audit export|why|report|policy show|policy set|clock show|clock advance|clock set|store check|store backup|store restore|store rekey
store info|state-hash|schema|scenario run|scenario export|init|help|explain|terms|completions|man'''
COMMANDS = [words.split() for words in COMMANDS.replace('\n', '|').split('|')]
OPTIONS = '''--account-type --procedure --birth-date --name --civil-id --nif --responsible --email --mobile --telephone
--alerts --channel --accept-terms --until --code --consent --pin-stdin --pin-file --password-stdin --password-file
--method --others --generate --new-code-stdin --code-stdin --call-stdin --out --group --dry-run --stop-on-refusal --resume --failed --once --batch
--unread --kind --since --until --limit --all --count --blocked --due --actor --outcome --remark --rejects --niss --purpose --pending --timeout --print --manifest --eml --ics --state --status --backup-key --replace
--reason --html --without-niss --op --jobs --junit --keep --anonymise --sandbox --seed --at --store --key-file --json
--format --lang --no-input --quiet --color --yes --help --version -q -h -V'''.split()
# Words that lead to a text in every form.
TEXTS = {'help', 'terms', 'completions', 'man', 'schema', '--help', '-h', '--version', '-V', 'explain'}


def harmless(word):
    """Returns a word that names no file outside the folder of the case, and no large number of threads or seconds."""
    data = word if isinstance(word, bytes) else word.encode('utf-8', 'surrogatepass')
    return data.replace(b'\0', b'').replace(b'/', b'_').replace(b'..', b'_')[:100_000]


def odd_argument(choice):
    if choice.random() < 0.15:
        return harmless(choice.choice(RAW) + b'x')
    return harmless(choice.choice(ODD))


def arguments(choice):
    """Random words, options and values. In a fifth of the cases a secret stands where a command is expected, or is the
    value of `--code`."""
    word = secret(choice)
    words = [each.encode() for each in choice.choice(COMMANDS)]
    secrets = []
    if choice.random() < 0.1:
        words = [word.encode()] + ([odd_argument(choice)] if choice.random() < 0.3 else [])
        secrets = [word]
    else:
        if choice.random() < 0.7:
            words.append(choice.choice([ANA, MARIA, 'in.jsonl', 'in.csv', '1', 'x']).encode())
        for _ in range(choice.randint(0, 5)):
            option = choice.choice(OPTIONS).encode()
            if option in (b'--jobs', b'--timeout'):
                continue
            value = odd_argument(choice)
            if option == b'--code' and choice.random() < 0.8:
                value, secrets = word.encode(), [word]
            words += choice.choice([[option], [option, value], [option + b'=' + value], [value]])
        if choice.random() < 0.2:
            choice.shuffle(words)
        if choice.random() < 0.1:
            words[choice.randrange(len(words))] = odd_argument(choice)
    if b'wait' in words:
        words += [b'--timeout', b'0s']
    if word.encode() in words and words.index(word.encode()) > 0 and words[words.index(word.encode()) - 1] != b'--code':
        secrets = []
    form = choice.random() < 0.7
    data = spoil_value(choice, templates(choice)[0]).encode('utf-8', 'surrogatepass')
    return Case(words, {'in.jsonl': data, 'in.csv': spoil_table(choice, PERSONAS)}, PASSWORD.encode(), secrets=secrets,
                json_form=form, lists=True)


VARIABLES = '''SSD_STORE SSD_KEY_FILE SSD_SESSION SSD_CALL SSD_LANG SSD_RECORD SSD_OPERATOR NO_COLOR XDG_DATA_HOME HOME
LC_ALL LC_MESSAGES LANG USER LOGNAME TERM COLUMNS TZ TMPDIR RUST_BACKTRACE RUST_LOG RUST_MIN_STACK'''.split()


def variables(choice):
    env = {}
    secrets = []
    for name in choice.sample(VARIABLES, choice.randint(1, 4)):
        env[name] = odd_argument(choice)
        if name in ('SSD_SESSION', 'SSD_CALL') and choice.random() < 0.7:
            word = secret(choice)
            env[name] = word.encode()
            secrets.append(word)
    command = choice.choice([['account', 'show', ANA], ['alerts', 'set', 'sms'], ['contacts', 'show'], ['logout'],
                             register(MARIA, '1967-02-28'), ['phone-line', 'whoami'], ['store', 'info'], ['init'],
                             ['audit', 'list'], ['policy', 'set', 'session.idle', '20m'], ['init', '--sandbox']])
    return Case(command, env=env, secrets=secrets, lists=command[1:] == ['list'])


def secrets(choice):
    """Odd bytes on standard input, where a password, PIN or code is expected."""
    word = secret(choice)
    data = word.encode()
    if choice.random() < 0.8:
        data = choice.choice([data + choice.choice(RAW), choice.choice(RAW) + data, data + b'\n' + data, data + b'\r\n',
                              b'\n' + data, data + choice.choice(ODD).encode('utf-8', 'surrogatepass'), data * 400,
                              choice.choice(ODD).encode('utf-8', 'surrogatepass'), spoil_bytes(choice, data)])
    command = choice.choice([
        ['login', ANA, '--password-stdin'], ['activate', MARIA, '--code', '000001', '--password-stdin'],
        ['recover', 'confirm', ANA, '--code', '000001', '--password-stdin'],
        ['login', ANA, '--method', 'cmd', '--pin-stdin'],
        ['password', 'change', '--password-stdin'], ['phone-code', 'verify', ANA, '--code-stdin'],
        ['phone-line', ANA, '--code-stdin'], ['phone-code', 'change', '--new-code-stdin'],
        ['phone-line', 'whoami', '--call-stdin'], ['login', ANA, '--password-file', 'word'],
        ['cmd', 'enrol', INES, '--mobile', '+351912345678', '--pin-stdin']])
    env = {'SSD_SESSION': session} if choice.random() < 0.7 else {}
    return Case(command, {'word': data}, data, env, secrets=[word], json_form=choice.random() < 0.7)


KINDS_OF_CASES = {'requests': requests, 'registry': registry, 'registry-lines': registry_lines, 'alerts': alerts,
                  'scenarios': scenarios, 'arguments': arguments, 'variables': variables, 'secrets': secrets}


def judge(name):
    kind, number = name.rsplit(':', 1)
    choice = common.random.Random(f'{SEED}:{name}')
    case = KINDS_OF_CASES[kind](choice)
    folder = fresh(start)
    for path, data in case.files.items():
        with open(os.path.join(folder, path), 'wb') as file:
            file.write(data)
    args = ([b'--json'] if case.json_form else []) + [os.fsencode(word) for word in case.args]
    env = {key.encode(): value.encode() for key, value in environment(folder).items()}
    env.update({os.fsencode(key): value if isinstance(value, bytes) else value.encode()
                for key, value in case.env.items()})
    # Standard input is at its end if nothing is given. The program gets as much time as it may have, and more.
    done = run([os.fsdecode(word) for word in args], folder, case.stdin, timeout=60, raw_env=env)
    report.count(f'{kind}: commands')
    report.count('hostile inputs', max(1, case.lines or 0))
    if case.lines:
        report.count(f'{kind}: lines', case.lines)
    report.count(f'exit {done.code}')

    def found(what, details=''):
        variables = ' '.join(f'{key}={shlex.quote(str(value))}' for key, value in case.env.items())
        words = ' '.join(shlex.quote(word.decode('utf-8', 'backslashreplace'))[:200] for word in args)
        report.finding(f'{kind}: {what}', name, f'{variables} ssd {words}'.strip(), f'{details}\n{done}'.strip())

    check(case, args, done, found)
    if int(number) % 8 == 0 and os.path.exists(os.path.join(folder, 'store.db')):
        intact = run(['store', 'check'], folder, timeout=60)
        if intact.code != 0:
            found('`store check` fails afterwards', intact)
        report.count('stores checked')
    if not (ONLY and 'KEEP' in os.environ):
        drop(folder)


def check(case, args, done, found):
    """Compares what a command did with the rules at the top."""
    if done.crash():
        found(re.sub(r'\d+', 'N', done.crash())[:80])
    if done.seconds > SECONDS:
        found(f'more than {SECONDS} s', f'{done.seconds:.1f} s')
    if done.usage.ru_maxrss > MEGABYTES * 1024:
        found(f'more than {MEGABYTES} MB', f'{done.usage.ru_maxrss // 1024} MB')
    try:
        out = done.out.decode('utf-8')
    except UnicodeDecodeError:
        found('standard output is not UTF-8')
        out = done.text()
    if CONTROL.search(out):
        found('raw control characters on standard output', repr(CONTROL.search(out).group()))
    err = done.err.decode('utf-8', 'replace')
    if CONTROL.search(err):
        found('raw control characters on standard error', repr(CONTROL.search(err).group()))
    for word in case.secrets:
        if word.encode() in done.out or word.encode() in done.err:
            found('a secret is repeated', word)
    texts = any(word.decode('utf-8', 'replace').split('=')[0] in TEXTS for word in args)
    if case.json_form and not texts:
        objects = done.objects()
        if objects is None or not all(isinstance(each, dict) for each in objects):
            found('standard output is not JSON')
            return
        last = objects[-1] if objects else {}
        if not case.lists and len(objects) != 1:
            found(f'{len(objects)} objects')
        if done.code in (2, 3, 4, 101) and (last.get('result') != 'error' or KINDS.get(last.get('kind')) != done.code):
            if not any(word.startswith(b'--format') or word.startswith(b'-q') for word in args):
                found(f'exit {done.code} without its error object')
        if case.lines is not None and done.code in (0, 5):
            replies = [each for each in objects if 'line' in each]
            numbers = [each['line'] for each in replies]
            if len(replies) != case.lines or numbers != sorted(set(numbers)):
                found('the replies are not one for each line', f'{len(replies)} replies, {case.lines} lines')
        if last.get('op') == 'registry_import' and done.code in (0, 5):
            if last.get('read') != last.get('loaded', 0) + last.get('rejected', 0):
                found('the rows of an import do not add up', last)


start = fresh(prefix='start')
sandbox(start)
activate(start)
must(register(ANTONIO, '1939-10-05', 'letter'), start)
common.shutil.copy(PERSONAS, os.path.join(start, 'personas.csv'))
session = login(start)
must(['phone-code', 'set'], start, env={'SSD_SESSION': session})


def main():
    spread(numbered(CASES, 60), report, judge)
    report.end({'hostile inputs': 16000})


main()
