# SPDX-License-Identifier: Apache-2.0
"""Each rule of ./dev lint can fail: a small tree that is clean, and for each
case one thing wrong with it."""

import os
import shutil
import subprocess

import e2e

TREE = {
    'meson.build': "# SPDX-License-Identifier: Apache-2.0\n'src/libx.c'\n",
    'README.md': '# A tree\n\n[part](src/base/README.md)\n',
    'src/base/README.md': '# base\n',
    'src/base/meson.build':
        "# SPDX-License-Identifier: Apache-2.0\nfiles('span.c')\n",
    'src/base/span.h': '''/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AS_BASE_SPAN_H
#define AS_BASE_SPAN_H

int as_span_count(int n);

#endif
''',
    'src/base/span.c': '''/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"

static int twice(int n)
{
    return n * 2;
}

int as_span_count(int n)
{
    return twice(n);
}
''',
    'src/know/README.md': '# know\n',
    'src/know/know.h': '''/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AS_KNOW_KNOW_H
#define AS_KNOW_KNOW_H

#include "base/span.h"

#endif
''',
    'fuzz/meson.build':
        "# SPDX-License-Identifier: Apache-2.0\n'span'\n",
    'fuzz/span_fuzz.c': '''/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"
''',
    'fuzz/corpus/span/seed': 'x',
    'tools/run.sh': '''#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
echo "$1"
''',
}

SPAN_C = TREE['src/base/span.c']


def in_function(statement):
    return SPAN_C.replace('return twice', statement + '\n    return twice')


def long_function(lines):
    body = '    n++;\n' * lines
    return SPAN_C.replace('    return twice', body + '    return twice')


def header(text):
    return {'src/base/span.h': TREE['src/base/span.h'].replace(
        'int as_span', text + '\nint as_span')}


def c(text):
    return {'src/base/span.c': text}


def know(text):
    return {'src/know/know.h': TREE['src/know/know.h'].replace(
        '#include "base/span.h"', text)}


NEST = 'for (;;)\n' * 5
TABLE = 'static const int t[] = {\n' + '    1,\n' * 1600 + '};\n'

# rule, what is wrong (for the name of the case), the files that make it so.
CASES = [
    ('format', 'layout', c(SPAN_C.replace('return n * 2', 'return n*2'))),
    ('includes', 'a higher layer',
     c(SPAN_C.replace('base/span.h', 'know/know.h'))),
    ('includes', 'an internal header of another part',
     {**know('#include "base/x_internal.h"')}),
    ('includes', 'a part nobody knows', know('#include "nowhere/x.h"')),
    ('includes', 'no folder', know('#include "x.h"')),
    ('includes', 'two parts of layer 3',
     {'src/report/README.md': '# report\n',
      'src/report/report.h':
          '/* SPDX-License-Identifier: Apache-2.0 */\n'
          '#ifndef AS_REPORT_REPORT_H\n#define AS_REPORT_REPORT_H\n\n'
          '#include "match/match.h"\n#include "party/party.h"\n\n#endif\n'}),
    ('includes', 'the ledger beyond base',
     {'src/ledger/README.md': '# ledger\n',
      'src/ledger/ledger.h':
          '/* SPDX-License-Identifier: Apache-2.0 */\n'
          '#ifndef AS_LEDGER_LEDGER_H\n#define AS_LEDGER_LEDGER_H\n\n'
          '#include "model/part.h"\n\n#endif\n'}),
    ('faces', 'two faces',
     {'src/know/more.h': TREE['src/know/know.h'].replace('KNOW_H', 'MORE_H')
      .replace('KNOW_KNOW', 'KNOW_MORE')}),
    ('sizes', 'a long function', c(long_function(101))),
    ('sizes', 'a deep function', c(in_function(NEST + 'n++;'))),
    ('sizes', 'many parameters',
     header('int as_span_many(int a, int b, int c, int d, int e, int f,\n'
            '                 int g);\n')
     | c(SPAN_C + '\nint as_span_many(int a, int b, int c, int d, int e, '
         'int f,\n                 int g)\n{\n    return a;\n}\n')),
    ('sizes', 'a long file', c(SPAN_C + '\nint as_span_x(int n);' * 1600)),
    ('banned', 'a banned call', c(in_function('strcpy(p, q);'))),
    ('effects', 'a reader opens a file', c(in_function('fopen("x", "r");'))),
    ('globals', 'a variable of the file', c('static int n;\n' + SPAN_C)),
    ('globals', 'a variable of a function',
     c(in_function('static int calls;'))),
    ('globals', 'a pointer that may change',
     c('static const char *last;\n' + SPAN_C)),
    ('names', 'a static as_', c(SPAN_C.replace('twice', 'as_twice'))),
    ('names', 'a global without as_',
     c(SPAN_C.replace('static int twice', 'int twice'))),
    ('names', 'a wrong guard',
     {'src/base/span.h': TREE['src/base/span.h'].replace('SPAN_H', 'H')}),
    ('names', 'an attribute',
     c(SPAN_C.replace('static int', '__attribute__((pure)) static int'))),
    ('spdx', 'no licence', c(SPAN_C.split('\n', 1)[1])),
    ('text', 'trailing space', {'README.md': '# A tree \n'}),
    ('text', 'a tab', {'tools/run.sh': TREE['tools/run.sh'] + '\techo\n'}),
    ('text', '81 columns', c(SPAN_C + '/* ' + 'x' * 75 + ' */\n')),
    ('text', 'no last newline', {'README.md': '# A tree'}),
    ('text', 'not UTF-8', {'README.md': b'# A tree \xff\n'}),
    ('binaries', 'a large binary', {'fuzz/corpus/span/b': b'\0' * 102401}),
    ('debt', 'a note', c(SPAN_C + '/* TO' 'DO: more */\n')),
    ('paths', 'a home', {'README.md': '# See /ho' 'me/me/x\n'}),
    ('links', 'a dead link', {'README.md': '[x](gone.md)\n'}),
    ('listed', 'a file nobody builds',
     {'src/base/more.c': SPAN_C.replace('span_count', 'more')}),
    ('seeds', 'a target without a seed', {'fuzz/corpus/span/seed': None}),
    ('readme', 'no README', {'src/base/README.md': None,
                             'README.md': '# A tree\n'}),
    ('shell', 'a quoting mistake',
     {'tools/run.sh': TREE['tools/run.sh'].replace('"$1"', '$1')}),
    ('exceptions', 'an exception nothing needs',
     {'tools/lint-exceptions.txt': 'sizs src/base/span.c because\n'}),
    ('exceptions', 'an exception without a reason',
     {'tools/lint-exceptions.txt': 'sizes src/base/span.c\n'}),
]

# What must not be complained about.
CLEAN = [
    ('the tree as it is', {}),
    ('a long table', c(SPAN_C + '\n' + TABLE)),
    ('a function of 100 lines', c(long_function(99))),
    ('banned words in comments and text',
     c(in_function('/* strcpy(a, b) */ n += sizeof("strcpy(a, b)");'))),
    ('an exception that is used',
     c(long_function(101)) |
     {'tools/lint-exceptions.txt':
      'sizes src/base/span.c:as_span_count one case a line\n'}),
    ('types and constants',
     c(SPAN_C + '\nenum { MANY = 3 };\n\nstruct pair {\n    int a, b;\n};\n'
       '\nstatic const char *const names[] = {"a"};\n')),
]


def write(root, files):
    for path, content in files.items():
        where = os.path.join(root, path)
        if content is None:
            os.remove(where)
            continue
        os.makedirs(os.path.dirname(where), exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        with open(where, 'wb') as f:
            f.write(data)


def lint(files, rules):
    """Status and complaints of the lint over the tree with these files."""
    root = os.path.join(e2e.TMP, 'tree')
    shutil.rmtree(root, ignore_errors=True)
    write(root, TREE)
    shutil.copy(e2e.source('.clang-format'), root)
    write(root, files)
    done = subprocess.run(
        ['python3', e2e.source('tools', 'lint.py'), *rules], check=False,
        env={**os.environ, 'ASSAY_LINT_ROOT': root}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def needs(rule):
    """The tool this rule cannot do without, when it is not here."""
    tool = {'format': 'clang-format-14', 'shell': 'shellcheck'}.get(rule)
    return tool if tool and not shutil.which(tool) else None


def main():
    for name, files in CLEAN:
        rules = ['includes', 'faces', 'sizes', 'banned', 'effects',
                 'globals', 'names', 'spdx', 'text', 'binaries', 'debt',
                 'paths', 'links', 'listed', 'seeds', 'readme', 'exceptions']
        status, out = lint(files, rules)
        e2e.check('nothing wrong with ' + name, status == 0, out)
    for rule, name, files in CASES:
        case = f'{rule} finds {name}'
        if needs(rule):
            e2e.skip(case, 'no ' + needs(rule))
            continue
        status, out = lint(files, [rule])
        e2e.check(case, status == 1 and f': {rule}: ' in out, out)


main()
