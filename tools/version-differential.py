#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks the ecosystems' own tools which of two versions is older, and compares.

    tools/version-differential.py [--program build/test/version_lines]
        [--count 20000] [--seed 1] [NAME...]

Pairs are drawn from the version lists of the corpus (ASSAY_CORPUS_UNPACKED)
and from random mutations of them. A tool that is not installed is skipped. One
line an order: pairs, agreements, pairs only one side can read, differences with
a known reason, differences. The status is 1 when there is one of the last kind.
With --tap the lines are those of an end-to-end test.
"""

import argparse
import ctypes
import functools
import glob
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ORDER = {-1: '<', 0: '=', 1: '>'}


def sign(n):
    return ORDER[(n > 0) - (n < 0)]


# ---- tools: pairs -> answers, '<' '=' '>' or '?' for "cannot read" -----------

def lines_through(command, pairs, **kw):
    """A tool that answers lines `A TAB B` on stdin."""
    text = ''.join(f'{a}\t{b}\n' for a, b in pairs)
    run = subprocess.run(command, input=text, capture_output=True, text=True,
                         encoding='utf-8', check=False, **kw)
    answers = run.stdout.split('\n')[:-1]
    if len(answers) != len(pairs):
        raise RuntimeError(run.stderr[-400:])
    return answers


def need(*names):
    for name in names:
        if shutil.which(name) is None:
            raise FileNotFoundError(name)


def ask_dpkg(pairs):
    need('dpkg')
    for a, b in pairs:
        for op, answer in (('lt', '<'), ('eq', '='), ('gt', '>')):
            run = subprocess.run(['dpkg', '--compare-versions', a, op, b],
                                 stderr=subprocess.PIPE, check=False)
            if run.returncode == 0 or b'error' in run.stderr:
                yield '?' if b'error' in run.stderr else answer
                break
        else:
            yield '?'


PERL = r'''
use Dpkg::Version; $| = 1;
while (<STDIN>) { chomp; my ($a, $b) = split /\t/, $_, -1;
  my $x = Dpkg::Version->new($a, check => 0);
  my $y = Dpkg::Version->new($b, check => 0);
  my $c = eval { $x <=> $y };
  print defined $c ? ($c < 0 ? "<" : $c > 0 ? ">" : "=") : "?", "\n"; }
'''


def ask_dpkg_perl(pairs):
    need('perl')
    if subprocess.run(['perl', '-MDpkg::Version', '-e', '1'], check=False,
                      capture_output=True).returncode:
        raise FileNotFoundError("perl's Dpkg::Version")
    return lines_through(['perl', '-e', PERL], pairs)


LUA = r'''%{lua:
for line in io.lines("@FILE@") do
  local a, b = line:match("^(.-)\t(.*)$")
  local ok, c = pcall(rpm.vercmp, a, b)
  print(ok and (c < 0 and "<" or c > 0 and ">" or "=") or "?")
end}'''


def ask_rpm(pairs):
    need('rpm')
    with tempfile.NamedTemporaryFile('w', encoding='utf-8') as f:
        f.writelines(f'{a}\t{b}\n' for a, b in pairs)
        f.flush()
        run = subprocess.run(
            ['rpm', '--eval', LUA.replace('@FILE@', f.name)],
            capture_output=True, text=True, check=True)
    # rpm's print ends no line inside a macro in some versions.
    return re.findall('[<=>?]', run.stdout)


NODE = r'''
const s = require('semver');
for (const l of require('fs').readFileSync(0, 'utf8').split('\n')) {
  if (!l) continue;
  const [a, b] = l.split('\t'); let r = '?';
  try { const c = s.compare(a, b, true); r = c < 0 ? '<' : c > 0 ? '>' : '=' }
  catch (e) { }
  console.log(r);
}
'''


def ask_node(pairs):
    need('node')
    return lines_through(['node', '-e', NODE], pairs,
                         env={**os.environ, 'NODE_PATH':
                              '/usr/share/nodejs:/usr/lib/node_modules/npm/'
                              'node_modules'})


RUBY = r'''
$stdin.each_line { |l| a, b = l.chomp.split("\t", 2)
  begin
    c = Gem::Version.new(a) <=> Gem::Version.new(b)
    puts c < 0 ? "<" : c > 0 ? ">" : "="
  rescue StandardError
    puts "?"
  end }
'''


def ask_gem(pairs):
    need('ruby')
    return lines_through(['ruby', '-e', RUBY], pairs)


def ask_packaging(pairs):
    import warnings
    from packaging import version
    warnings.simplefilter('ignore')  # parse() of packaging 21 reads legacy ones
    for a, b in pairs:
        try:
            x, y = version.parse(a), version.parse(b)
        except version.InvalidVersion:
            yield '?'
            continue
        yield '<' if x < y else '>' if x > y else '='


PHP = r'''
while (($l = fgets(STDIN)) !== false) {
  [$a, $b] = explode("\t", rtrim($l, "\n"));
  $c = version_compare(preg_replace('/^v/i', '', $a),
                       preg_replace('/^v/i', '', $b));
  echo $c < 0 ? '<' : ($c > 0 ? '>' : '='), "\n"; }
'''


def ask_php(pairs):
    need('php')
    return lines_through(['php', '-r', PHP], pairs)


JAVA = r'''
import org.apache.maven.artifact.versioning.ComparableVersion;
import java.io.*;
public class Order {
  public static void main(String[] x) throws Exception {
    BufferedReader r = new BufferedReader(
        new InputStreamReader(System.in, "UTF-8"));
    StringBuilder o = new StringBuilder();
    for (String l; (l = r.readLine()) != null; ) {
      int t = l.indexOf('\t');
      int c = new ComparableVersion(l.substring(0, t))
          .compareTo(new ComparableVersion(l.substring(t + 1)));
      o.append(c < 0 ? "<\n" : c > 0 ? ">\n" : "=\n");
    }
    System.out.print(o);
  }
}
'''


def maven_jar():
    """ASSAY_MAVEN_ARTIFACT (a jar or class folder of Maven 3.6.3 to 3.8.6), or
    what is installed, whatever its version."""
    found = [os.environ.get('ASSAY_MAVEN_ARTIFACT', '')] + \
        glob.glob('/usr/share/java/maven-artifact-3*.jar')
    for path in found:
        if path and os.path.exists(path):
            return path
    raise FileNotFoundError('maven-artifact')


# What only the editions of Maven 3.6.3 to 3.8.6 say both of.
MAVEN_MARKS = [('2.9.0-1', '2.9.0.RC1'), ('1.0.0x', '1-x')]


def ask_maven(pairs):
    answers = ask_comparable_version(MAVEN_MARKS + pairs)
    if answers[:2] != ['<', '=']:
        raise FileNotFoundError('Maven of 3.6.3 to 3.8.6')
    return answers[2:]


def ask_comparable_version(pairs):
    need('javac', 'java')
    path = ':'.join([maven_jar(), '/usr/share/java/commons-lang3.jar'])
    with tempfile.TemporaryDirectory() as d:
        source = os.path.join(d, 'Order.java')
        with open(source, 'w', encoding='ascii') as f:
            f.write(JAVA)
        subprocess.run(['javac', '-cp', path, '-d', d, source], check=True,
                       capture_output=True)
        return lines_through(['java', '-cp', d + ':' + path, 'Order'], pairs)


GO = r'''
package main

import ("bufio"; "fmt"; "os"; "strings"; "order/semver")

func v(s string) string { if strings.HasPrefix(s, "v") { return s }
    return "v" + s }

func main() {
    in := bufio.NewScanner(os.Stdin)
    for in.Scan() {
        p := strings.SplitN(in.Text(), "\t", 2)
        a, b := v(p[0]), v(p[1])
        if !semver.IsValid(a) || !semver.IsValid(b) {
            fmt.Println("?")
            continue
        }
        fmt.Println([]string{"<", "=", ">"}[semver.Compare(a, b)+1])
    }
}
'''


def ask_go(pairs):
    need('go')
    root = subprocess.run(['go', 'env', 'GOROOT'], capture_output=True,
                          text=True, check=True).stdout.strip()
    source = os.path.join(root,
                          'src/cmd/vendor/golang.org/x/mod/semver/semver.go')
    if not os.path.exists(source):
        raise FileNotFoundError(source)
    with tempfile.TemporaryDirectory() as d:
        os.mkdir(os.path.join(d, 'semver'))
        shutil.copy(source, os.path.join(d, 'semver'))
        for name, text in (('go.mod', 'module order\n\ngo 1.21\n'),
                           ('main.go', GO)):
            with open(os.path.join(d, name), 'w', encoding='ascii') as f:
                f.write(text)
        subprocess.run(['go', 'build', '-o', 'order', '.'], cwd=d, check=True,
                       capture_output=True)
        return lines_through([os.path.join(d, 'order')], pairs)


def ask_alpm(pairs):
    found = sorted(glob.glob('/usr/lib/*/libalpm.so.1*') +
                   glob.glob('/usr/lib/libalpm.so.1*'))
    if not found:
        raise FileNotFoundError('libalpm')
    library = ctypes.CDLL(found[0])
    for a, b in pairs:
        yield sign(library.alpm_pkg_vercmp(a.encode(), b.encode()))


def ask_apk(pairs):
    need('apk')
    for a, b in pairs:
        run = subprocess.run(['apk', 'version', '-t', a, b], check=False,
                             capture_output=True, text=True)
        yield run.stdout.strip() or '?'


def ask_conan(pairs):
    try:
        from conan.internal.model.version import Version
    except ImportError:
        from conans.model.version import Version
    for a, b in pairs:
        x, y = Version(a), Version(b)
        yield '<' if x < y else '=' if x == y else '>'


# ---- differences with a reason -----------------------------------------------

def php_reason(a, b, theirs):
    if re.search(r'\d{19}', a + ' ' + b):
        return 'PHP saturates at 63 bits'
    if re.search(r'[^0-9A-Za-z]$', a) or re.search(r'[^0-9A-Za-z]$', b):
        return 'PHP compares an empty last part, not even equal to itself'
    if re.match('[vV]?[^0-9A-Za-z]', a) or re.match('[vV]?[^0-9A-Za-z]', b):
        return 'PHP keeps a sign at the front'
    if '#' in a + b:
        return 'PHP takes # for any number'
    return None


def node_reason(a, b, theirs):
    if re.search(r'\d{16}', a + ' ' + b):
        return 'JavaScript rounds numbers beyond 53 bits'
    if re.search(r'\d+\.\d+\.\d+\.\d', a + ' ' + b):
        return 'node splits the third number to make sense of a fourth'
    return None


def conan_reason(a, b, theirs):
    if re.search(r'--|\.([+-]|$)', a) or re.search(r'--|\.([+-]|$)', b):
        return 'empty items and "-0" are no versions'
    if re.search(r'[A-Za-z_*~]', a + b):
        return 'Conan compares a number with a text as texts'
    return None


def gem_reason(a, b, theirs):
    if re.search(r'-[a-z]', a + b):
        return 'a platform is no part of the version'
    return None


def alpm_reason(a, b, theirs):
    if re.search(r'[^0-9A-Za-z]($|-)', a) or re.search(r'[^0-9A-Za-z]($|-)', b):
        return 'libalpm is no order where separators end a version'
    return None


def apk_reason(a, b, theirs):
    if re.search(r'\.([^0-9]|$)|(^| )[^0-9]|-r\d*-|(^|[. ])0\d', a + ' ' + b):
        return 'apk 2, where the lists or apk 3 say otherwise'
    return None


# name: ecosystem, list, tool, suffixes to add, reasons, share of the pairs
ORDERS = {
    'dpkg': ('deb', 'debian', ask_dpkg, '~rc1 +b1 -1 ~bpo10+1 +deb12u1 .0 ~ 1: '
             '+dfsg -0ubuntu1 a +', None, 0.1),
    'dpkg-perl': ('Debian:12', 'debian', ask_dpkg_perl, '~rc1 +b1 -1 ~bpo10+1 '
                  '+deb12u1 .0 ~ 1: +dfsg -0ubuntu1 a +', None, 1),
    'rpm': ('rpm', 'redhat debian', ask_rpm, '~rc1 ^git1 -1.el9 .0 ^ ~ 1: a '
            '-2.fc39 _1', None, 1),
    'npm': ('npm', 'semver pub', ask_node, '-rc.1 +b -0 .0 -alpha -beta.11 rc1 '
            '-01 -a-b', node_reason, 1),
    'go': ('Go', 'semver pub', ask_go, '-rc.1 +incompatible -0 -pre '
           '-0.20200101000000-abcdef012345', None, 1),
    'gem': ('gem', 'rubygems', ask_gem, '.rc1 .pre -1 .0 .a .b.0.1 .0.0 a0 '
            '.beta2', gem_reason, 1),
    'pep440': ('pypi', 'pypi', ask_packaging, 'rc1 .post1 .dev2 +local.1 .0 a1 '
               '-1 1! b.2 pre r4 +1 .0.0', None, 1),
    'composer': ('composer', 'packagist', ask_php, '-dev RC1 -beta.1 pl1 .0 '
                 '-p2 a -alpha -patch .0.0 -foo #', php_reason, 1),
    'maven': ('maven', 'maven', ask_maven, '-SNAPSHOT .Final -rc1 -alpha-1 .0 '
              '-1 sp .RC2 -jre ga a1 -0 .0.0 x -milestone-2 m3', None, 1),
    'alpm': ('alpm', 'redhat alpine', ask_alpm, 'rc1 -1 .a a 1: .0 -2 ..1 b1',
             alpm_reason, 1),
    'apk': ('apk', 'alpine', ask_apk, '_rc1 -r1 _p2 a .0 _git20200101 _alpha '
            '.01 ~abc123', apk_reason, 0.1),
    'conan': ('conan', 'semver', ask_conan, '-pre.1 +b.2 .0 a .b 1 -0 +1 .0.0',
              conan_reason, 1),
}


# ---- pairs -------------------------------------------------------------------

def listed_versions(names):
    folder = os.environ['ASSAY_CORPUS_UNPACKED']
    paths = [p for name in names for p in sorted(glob.glob(os.path.join(
        folder, 'conformance/versions', name + '-versions*.txt')))]
    found = set()
    for path in paths:
        with open(path, encoding='utf-8') as f:
            for line in f:
                m = re.match(r'(\S+) [<=>] (\S+)$', line.strip())
                if m and not line.startswith(('#', '/')):
                    found.update(m.groups())
    return sorted(v for v in found if v.isascii())


def mutate(v, suffixes, draw):
    at = draw.randrange(len(v) + 1)
    kind = draw.randrange(6)
    if kind == 0:
        return v[:at] + draw.choice('0123456789.-_+~ab') + v[at:]
    if kind == 1 and len(v) > 1:
        return v[:at] + v[at + 1:]
    if kind == 2:
        suffix = draw.choice(suffixes)
        return suffix + v if suffix[-1] in ':!' else v + suffix
    if kind == 3:
        numbers = list(re.finditer(r'\d+', v))
        if not numbers:
            return v + '1'
        m = draw.choice(numbers)
        new = draw.choice([str(int(m[0]) + 1), '0', '0' + m[0], m[0] + '0'])
        return v[:m.start()] + new + v[m.end():]
    if kind == 4:
        parts = re.split(r'([.\-_])', v)
        return ''.join(parts[:draw.randrange(len(parts)) + 1]).rstrip('.-_')
    return v


def make_pairs(names, suffixes, count, draw):
    versions = listed_versions(names)
    pairs = []
    while len(pairs) < count:
        a = draw.choice(versions)
        if draw.random() < 0.3:
            b = draw.choice(versions)
        else:
            b = a
            for _ in range(draw.randrange(3) + 1):
                b = mutate(b, suffixes, draw)
        if draw.random() < 0.3:
            a = mutate(a, suffixes, draw)
        a, b = a.strip(), b.strip()
        if a and b and '\t' not in a + b and ' ' not in a + b:
            pairs.append((a, b) if draw.random() < 0.5 else (b, a))
    return pairs


def our_answers(program, ecosystem, pairs):
    text = ''.join(f'{ecosystem}\t{a}\t{b}\n' for a, b in pairs)
    run = subprocess.run(program, input=text, capture_output=True, text=True,
                         encoding='utf-8', check=True)
    return run.stdout.split('\n')[:len(pairs)]


def count_answers(pairs, ours, theirs, reason):
    """The tally, and the pairs worth showing."""
    counts = dict.fromkeys(('agree', 'we refuse', 'they refuse', 'explained',
                            'differ'), 0)
    shown = []
    for (a, b), us, them in zip(pairs, ours, theirs):
        if us == them:
            counts['agree'] += 1
        elif them == '?':
            counts['they refuse'] += 1
        elif us == '?':
            counts['we refuse'] += 1
            shown.append(f'we cannot read: {a} {them} {b}')
        elif reason is not None and reason(a, b, them):
            counts['explained'] += 1
        else:
            counts['differ'] += 1
            shown.insert(0, f'{a} {us} {b}, the tool says {them}')
    return counts, shown


def report(name, outcome, text, tap):
    if tap and outcome == 'not ok':
        print(f'not ok {name}: {text}')
    elif tap:
        print(f'{outcome} {name}: {text}')
    else:
        print(f'{name:10} {"skipped: " if outcome == "skip" else ""}{text}')


def run_order(name, program, options):
    ecosystem, lists, ask, suffixes, reason, share = ORDERS[name]
    draw = random.Random(f'{options.seed} {name}')
    count = int(options.count * share)
    pairs = make_pairs(lists.split(), suffixes.split(), count, draw)
    try:
        theirs = list(ask(pairs))
    except (FileNotFoundError, ImportError) as e:
        report(name, 'skip', f'{e} is not here', options.tap)
        return True
    ours = our_answers(program, ecosystem, pairs)
    counts, shown = count_answers(pairs, ours, theirs, reason)
    fine = counts['differ'] == 0
    report(name, 'ok' if fine else 'not ok', f'{len(pairs)} pairs: ' +
           ', '.join(f'{n} {k}' for k, n in counts.items()), options.tap)
    for line in shown[:0 if options.tap and fine else options.show]:
        print('    ' + line)
    return fine


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--program', default=os.path.join(
        ROOT, 'build/test/version_lines'))
    parser.add_argument('--count', type=int, default=20000)
    parser.add_argument('--seed', default='1')
    parser.add_argument('--show', type=int, default=10)
    parser.add_argument('--tap', action='store_true')
    parser.add_argument('names', nargs='*', metavar='NAME')
    options = parser.parse_args()
    if not os.environ.get('ASSAY_CORPUS_UNPACKED'):
        report('differential', 'skip', 'no corpus', options.tap)
        return 0
    program = options.program.split()
    run = functools.partial(run_order, program=program, options=options)
    fine = [run(n) for n in options.names or ORDERS]
    return 0 if all(fine) else 1


if __name__ == '__main__':
    sys.exit(main())
