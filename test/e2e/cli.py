# SPDX-License-Identifier: Apache-2.0
"""The contract of the command line: exit statuses as in sysexits.h, one clear
line for a mistake, help that fits a terminal, a manual page and completion
scripts that their own tools accept, results on standard output and nothing
else there, and nothing written where nobody asked."""

import json
import os
import re
import shutil
import subprocess

import e2e

GATEWAY = e2e.source('examples', 'gateway.cdx.json')
CLEAN = e2e.source('examples', 'clean.cdx.json')
LODASH = 'pkg:npm/lodash@4.17.20'


def verbs():
    """The verbs, as --help lists them."""
    lines = e2e.run('--help').text().splitlines()
    at = lines.index('verbs:') + 1
    names = []
    while lines[at]:
        names.append(re.match(r'  (\S+( \S+)*?)  ', lines[at])[1].split())
        at += 1
    return names


# ---- mistakes ----------------------------------------------------------------

# words, status, what the one line holds
MISTAKES = [
    ([], 64, 'verb is missing'),
    (['reveiw', 'x'], 64, 'did you mean review?'),
    (['frobnicate'], 64, '"frobnicate"'),
    (['feeds'], 64, 'import'),
    (['feeds', 'imprt'], 64, 'did you mean feeds import?'),
    (['bom'], 64, 'validate'),
    (['-x'], 64, '"-x"'),
    (['review'], 64, 'TARGET'),
    (['review', '--fromat', 'json', GATEWAY], 64, 'did you mean --format?'),
    (['review', '--format', 'xml', GATEWAY], 64, '"xml"'),
    (['review', '--format'], 64, 'value'),
    (['review', '--all=yes', GATEWAY], 64, '--all'),
    (['review', '--as-of', '2025-02-30', GATEWAY], 64, '2025-02-30'),
    (['review', '--as-of', 'today', GATEWAY], 64, 'today'),
    (['bom', 'diff', GATEWAY], 64, 'NEW'),
    (['bom', 'convert', GATEWAY, GATEWAY], 64, 'too many'),
    (['version', 'compare', 'npm', '1.0.0'], 64, 'two versions'),
    (['version', 'compare', 'nope', '1', '2'], 64, '"nope"'),
    (['version', 'compare', 'npm', 'x.y', '2'], 65, '"x.y"'),
    (['purl', 'nope'], 65, 'pkg:'),
    (['purl', '{"type":'], 65, 'JSON'),
    (['cpe', 'nope'], 65, 'cpe:'),
    (['cvss', 'nope'], 65, 'CVSS'),
    (['completion', 'tcsh'], 64, 'bash'),
    (['explain', 'CVE-2022-0778'], 64, '--in'),
    (['explain', 'CVE-2022-0778', 'none', '--in', GATEWAY], 64, '"none"'),
    (['review', '/nonexistent'], 66, 'No such file'),
    (['review', '/'], 66, 'directory'),
    (['review', GATEWAY, '--policy', '/nonexistent'], 66, 'No such file'),
    (['review', GATEWAY, '--policy', '/dev/null'], 65, 'empty'),
    (['review', GATEWAY, '--policy', GATEWAY], 65, ''),
    (['review', GATEWAY, '--knowledge', '/nonexistent'], 66, 'knowledge'),
    (['review', GATEWAY, '--knowledge', '/'], 65, 'no file'),
    (['review', GATEWAY, '-o', '/nonexistent/report'], 74, '/nonexistent'),
    (['feeds', 'import', '/nonexistent'], 66, 'No such file'),
    (['feeds', 'status', '--knowledge', '/nonexistent'], 66, 'feeds'),
]


def mistakes():
    for words, status, says in MISTAKES:
        ran = e2e.run(*words)
        name = ' '.join(words).replace(e2e.SOURCE, '.') or 'no words'
        e2e.check(f'{status}: assay {name}',
                  ran.status == status and not ran.out and
                  ran.err.count(b'\n') == 1 and
                  ran.errors().startswith('assay: ') and
                  says in ran.errors(),
                  f'status {ran.status}, {ran.text()[:80]!r}, '
                  f'{ran.errors()!r}')


# ---- where results go --------------------------------------------------------

def shell(command):
    return subprocess.run(['sh', '-c', command], capture_output=True,
                          check=False, env={**os.environ, 'A': e2e.ASSAY,
                                            'G': GATEWAY})


def outputs():
    for name, command, status in (
            ('a full disk', '"$A" bom convert "$G" >/dev/full', 74),
            ('a full disk behind -o', '"$A" bom convert "$G" -o /dev/full',
             74),
            ('help to a full disk', '"$A" --help >/dev/full', 74),
            ('an output that is closed', '"$A" bom convert "$G" >&-', 74),
            ('lines to a full disk', 'echo pkg:npm/a | "$A" purl >/dev/full',
             74)):
        ran = shell(command)
        e2e.check(f'{status}: {name}', ran.returncode == status and
                  ran.stderr.count(b'\n') == 1,
                  f'status {ran.returncode}, {ran.stderr!r}')
    ran = shell('{ "$A" bom convert "$G"; echo $? >&2; } | head -c 10')
    e2e.check('74: a reader that has gone, without a word',
              ran.stderr == b'74\n' and len(ran.stdout) == 10,
              f'{ran.stderr!r}')
    ran = shell('"$A" bom convert "$G" <&- 2>&-')
    e2e.check('closed input and messages do no harm',
              ran.returncode == 0 and ran.stdout.startswith(b'{'),
              f'status {ran.returncode}')
    out = os.path.join(e2e.TMP, 'out')
    ran = e2e.run('bom', 'convert', GATEWAY, '--output=' + out)
    with open(out, 'rb') as f:
        e2e.check('-o writes what standard output would get',
                  not ran.out and
                  f.read() == e2e.run('bom', 'convert', GATEWAY).out)
    ran = e2e.run('bom', 'convert', '-', stdin=b'pkg:npm/a@1\n')
    e2e.check('- is standard input', ran.status == 0 and
              b'pkg:npm/a@1' in ran.out, ran.errors())


def programs():
    """--format json: standard output holds one or more JSON values only."""
    home = {'ASSAY_HOME': os.path.join(e2e.TMP, 'programs')}
    cases = [
        ['feeds', 'import', e2e.source('data', 'starter')],
        ['feeds', 'status'], ['review', GATEWAY],
        ['bom', 'validate', GATEWAY], ['bom', 'diff', GATEWAY, CLEAN],
        ['explain', 'CVE-2020-8203', LODASH]]
    for words in cases:
        ran = e2e.run(*words, '--format', 'json', env=home)
        try:
            schema = ran.json()['schema']
            why = '' if re.fullmatch(r'assay-[a-z-]+/1', schema) else schema
        except ValueError as e:
            why = f'{e}: {ran.text()[:100]}'
        e2e.check(f'JSON only, {" ".join(words[:2])[:14]}', not why, why)
    for words, input_ in ((['purl'], LODASH), (['cvss'], 'AV:N/AC:L/Au:N/C:N'
                                               '/I:N/A:C'),
                          (['cpe'], 'cpe:2.3:a:b:c:1:*:*:*:*:*:*:*')):
        ran = e2e.run(*words, input_)
        lines = e2e.run(*words, stdin=(input_ + '\n').encode())
        e2e.check(f'{words[0]} says the same of an operand and a line',
                  ran.status == 0 and ran.out == lines.out and ran.json())
    ran = e2e.run('purl', stdin=b'pkg:npm/a\nnope\r\n\npkg:npm/\xff\n{}\n'
                  b'pkg:npm/b')
    answers = [json.loads(line) for line in ran.text().splitlines()]
    e2e.equal('lines that cannot be read are answered in their place',
              ['error' in a for a in answers],
              [False, True, True, True, True, False])
    e2e.check('an answer names the line', ran.status == 65 and
              'line 2:' in answers[1]['error'] and
              'line 4:9:' in answers[3]['error'], answers)


def versions():
    for words, want in ((['npm', '1.0.0', '2.0.0'], '<'),
                        (['PyPI', '1.0', '1.0.0'], '='),
                        (['Debian', '1:1', '2'], '>')):
        e2e.equal('version compare ' + ' '.join(words),
                  e2e.run('version', 'compare', *words).text(), want + '\n')


# ---- help, manual, completion ------------------------------------------------

def helps():
    names = verbs()
    e2e.check(f'help lists {len(names)} verbs', len(names) >= 14)
    groups = [[n[0]] for n in names if len(n) == 2]
    for words in [[], *names, *groups]:
        ran = e2e.run(*words, '--help')
        wide = [s for s in ran.text().splitlines() if len(s) > 80]
        e2e.check('help of ' + (' '.join(words) or 'assay'),
                  ran.status == 0 and not ran.err and not wide and
                  ran.text().startswith('usage: assay ' + ' '.join(words)),
                  wide)
    for words in [], ['screen', 'owners'], ['feeds'], ['licence']:
        e2e.equal('help ' + ' '.join(words), e2e.run('help', *words).text(),
                  e2e.run(*words, '--help').text())
    e2e.equal('help of no verb', e2e.run('help', 'nix').status, 64)
    ran = e2e.run('--version')
    e2e.check('the version', ran.status == 0 and
              re.fullmatch(r'assay \d+\.\d+\.\d+\n', ran.text()))


def checked(name, tool, words, text):
    """What another program says of a text in a file."""
    path = shutil.which(tool)
    if not path:
        e2e.skip(name, f'{tool} is not here')
        return
    file = os.path.join(e2e.TMP, 'checked')
    with open(file, 'wb') as f:
        f.write(text)
    ran = subprocess.run([path, *words, file], capture_output=True,
                         check=False)
    said = ran.stdout + ran.stderr
    e2e.check(name, ran.returncode == 0 and not said, said.decode()[:300])


def scripts():
    page = e2e.run('man')
    checked('mandoc finds no fault with the manual page', 'mandoc',
            ['-Tlint', '-Wwarning'], page.out)
    e2e.check('the manual page names every verb', all(
        ' '.join(words) in page.text().replace('\\-', '-')
        for words in verbs()))
    for name, words in (('bash', ['-n']), ('zsh', ['-n']),
                        ('fish', ['--no-execute'])):
        script = e2e.run('completion', name)
        checked(f'{name} reads its completion', name, words, script.out)
        e2e.check(f'completion of {name} knows every verb', all(
            word in script.text() for words in verbs() for word in words))


# What the user typed so far -> a word that must be offered.
COMPLETED = [(['rev'], 'review'), (['feeds', ''], 'import'),
             (['review', '--for'], '--format'),
             (['review', '--format', ''], 'json'),
             (['completion', ''], 'fish')]


def completes():
    if not shutil.which('bash'):
        e2e.skip('bash completes', 'bash is not here')
        return
    for words, want in COMPLETED:
        line = ' '.join(['assay', *words])
        ran = subprocess.run(
            ['bash', '--norc', '-c',
             'eval "$1"; shift; COMP_LINE=$1; COMP_POINT=${#1}; shift\n'
             'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))\n'
             'f=$(complete -p assay); f=${f##*-F }; "${f%% *}"\n'
             'printf "%s\\n" "${COMPREPLY[@]}"', 'bash',
             e2e.run('completion', 'bash').text(), line, 'assay', *words],
            capture_output=True, text=True, check=False)
        e2e.check(f'bash completes: {line}',
                  want in [s.strip() for s in ran.stdout.splitlines()],
                  ran.stdout + ran.stderr)


# ---- places ------------------------------------------------------------------

def tree(folder):
    return sorted(os.path.relpath(os.path.join(f, n), folder)
                  for f, folders, names in os.walk(folder)
                  for n in folders + names)


def work(env):
    """A bit of everything that is not asked to write a file."""
    for words in (['feeds', 'import', e2e.source('data', 'starter')],
                  ['feeds', 'status'], ['review', GATEWAY],
                  ['review', '--format', 'html', GATEWAY],
                  ['bom', 'convert', GATEWAY], ['bom', 'validate', GATEWAY],
                  ['explain', 'CVE-2020-8203', LODASH], ['man']):
        ran = e2e.run(*words, env=env)
        if ran.status not in (0, 1, 2):
            raise AssertionError(f'{words}: {ran.errors()}')


def places():
    cases = [
        ('ASSAY_HOME', {'ASSAY_HOME': '{}/here/kept'}, 'here/kept'),
        ('XDG_DATA_HOME', {'XDG_DATA_HOME': '{}/xdg'}, 'xdg/assay'),
        ('an XDG_DATA_HOME that is relative counts for nothing',
         {'XDG_DATA_HOME': 'xdg'}, 'home/.local/share/assay'),
        ('neither', {}, 'home/.local/share/assay')]
    for i, (name, given, want) in enumerate(cases):
        top = os.path.join(e2e.TMP, f'places{i}')
        os.makedirs(os.path.join(top, 'home'))
        os.mkdir(os.path.join(top, 'tmp'))
        env = {'ASSAY_HOME': '', 'XDG_DATA_HOME': '',
               'HOME': top + '/home', 'TMPDIR': top + '/tmp',
               **{k: v.replace('{}', top) for k, v in given.items()}}
        before = tree(e2e.TMP)
        work(env)
        made = [p for p in tree(top) if os.path.isfile(os.path.join(top, p))]
        e2e.equal(f'all that is written is {want}/knowledge.db, {name}',
                  [m for m in made if m != want + '/parties.index'],
                  [want + '/knowledge.db'])
        new = [p for p in tree(e2e.TMP) if p not in before and
               not p.startswith(f'places{i}/')]
        e2e.equal(f'nothing appears beside it, {name}', new, [])
        mode = os.stat(os.path.join(top, want)).st_mode & 0o777
        e2e.equal(f'the folder is the user\'s alone, {name}', oct(mode),
                  oct(0o700))
    ran = e2e.run('feeds', 'status', env={'ASSAY_HOME': '', 'HOME': '',
                                          'XDG_DATA_HOME': ''})
    e2e.check('no place at all is said', ran.status == 66 and
              b'ASSAY_HOME' in ran.err, ran.errors())


def main():
    mistakes()
    outputs()
    programs()
    versions()
    helps()
    scripts()
    completes()
    places()


main()
