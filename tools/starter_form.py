# SPDX-License-Identifier: Apache-2.0
"""Reader of the starter knowledge, its version orders and its form.

The reader knows exactly the YAML subset of `assay-knowledge/1` files and
refuses the rest, so a file it reads is read the same way by every YAML reader.
"""
import collections
import datetime
import json
import re

LONGEST_TITLE = 80
ECOSYSTEMS = {'Bitnami', 'Go', 'Maven', 'NuGet', 'PyPI', 'RubyGems',
              'crates.io', 'npm'}
ORDERS = {'openssl', 'semver', 'generic', 'npm', 'pypi', 'maven', 'go',
          'rubygems', 'nuget', 'crates.io'}
SEMVER = {'semver', 'npm', 'go', 'crates.io'}
ECOSYSTEM_ORDER = {'Bitnami': 'semver', 'Go': 'go', 'Maven': 'maven',
                   'NuGet': 'nuget', 'PyPI': 'pypi', 'RubyGems': 'rubygems',
                   'crates.io': 'crates.io', 'npm': 'npm'}
HEAD = ('schema', 'source', 'edition', 'component')
ID = re.compile(r'^(CVE-\d{4}-\d{4,}|GHSA(-[23456789cfghjmpqrvwx]{4}){3}'
                r'|GO-\d{4}-\d{4,}|PYSEC-\d{4}-\d+|RUSTSEC-\d{4}-\d{4})$')


class Wrong(Exception):
    """A line that is not of the format."""


# ---------------------------------------------------------------- the reader

def scalar(text):
    """A quoted string or a plain word, or Wrong."""
    text = text.strip()
    if text.startswith('"'):
        try:
            return json.loads(text)
        except ValueError:
            raise Wrong('bad quoted string: ' + text) from None
    if not re.match(r'^[A-Za-z0-9@][\w./%@+~-]*(:[\w./%@+~-]+)*$', text):
        raise Wrong('plain text must be one word: ' + text)
    return text


def pieces(text):
    """Split at commas outside quotes."""
    return re.findall(r'(?:"(?:[^"\\]|\\.)*"|[^,"])+', text)


def flow(text):
    """[a, b] or {k: v, k: v} or a scalar."""
    text = text.strip()
    if text.startswith('[') and text.endswith(']'):
        return [scalar(p) for p in pieces(text[1:-1])]
    if text.startswith('{') and text.endswith('}'):
        result = {}
        for piece in pieces(text[1:-1]):
            key, colon, value = piece.partition(':')
            if not colon or not value.strip().startswith('"'):
                raise Wrong('a version must be a quoted string: ' + piece)
            result[key.strip()] = scalar(value)
        return result
    return scalar(text)


def put(target, key, value):
    if key in target:
        raise Wrong('key twice: ' + key)
    target[key] = value


class Reader:
    """One file, line by line; `number` tells where it stands."""

    def __init__(self, text):
        self.lines = text.split('\n')
        self.number = 0

    def read(self):
        file = {'identities': [], 'advisories': []}
        section = item = None
        for self.number, line in enumerate(self.lines, 1):
            if not line.strip() or line.lstrip().startswith('#'):
                continue
            if '\t' in line or line != line.rstrip():
                raise Wrong('tab or blank at the end')
            indent = len(line) - len(line.lstrip(' '))
            text = line.strip()
            if indent == 0:
                section = self.head(file, text)
            elif section and indent == 2 and text.startswith('- '):
                item = {}
                file[section].append(item)
                self.field(item, text[2:])
            elif item is not None and indent == 4:
                self.field(item, text)
            elif item is not None and indent == 6 and text.startswith('- '):
                self.range(item, text[2:])
            else:
                raise Wrong('unexpected indent')
        return file

    @staticmethod
    def head(file, text):
        key, colon, value = text.partition(':')
        if key in ('identities', 'advisories') and not value:
            return key
        if key not in HEAD or not colon:
            raise Wrong('unknown key: ' + key)
        put(file, key, scalar(value))
        return None

    def field(self, item, text):
        key, colon, value = text.partition(':')
        if not colon:
            raise Wrong('no key: ' + text)
        put(item, key, flow(value) if value.strip() else [])
        item.setdefault('line', self.number)

    @staticmethod
    def range(item, text):
        if not isinstance(item.get('affected'), list):
            raise Wrong('a range outside affected')
        value = flow(text)
        if not isinstance(value, dict):
            raise Wrong('a range must be {from: ..., before: ...}')
        item['affected'].append(value)


# ---------------------------------------------------------------- versions

EARLY = {'dev': -7, 'alpha': -6, 'beta': -5, 'm': -4, 'milestone': -4,
         'pre': -3, 'cr': -2, 'rc': -2, 'snapshot': -1}
NOTHING = {'final', 'ga', 'release', 'v'}


def words(text, order):
    early, nothing = EARLY, NOTHING
    if order == 'pypi':
        early = dict(EARLY, a=-6, b=-5)
    elif order == 'openssl':
        early, nothing = {'alpha': -6, 'beta': -5}, ()
    for number, word in re.findall(r'(\d+)|([a-z]+)', text.lower()):
        if number:
            yield (1, int(number), '')
        elif word in early:
            yield (0, early[word], '')
        elif word not in nothing:
            yield (2, len(word) if order == 'openssl' else 0, word)


def version_key(version, order):
    """A key that sorts well enough for the versions met here."""
    version = version.partition('+')[0]
    if order in SEMVER and '-' in version:
        core, _, tail = version.partition('-')
        head = list(words(core, order))
        head += [(1, 0, '')] * (4 - len(head))
        return head + [(0, -9, '')] + list(words(tail, order))
    return list(words(version, order))


def compare(a, b, order):
    if order == 'generic' and set((a + b).lower()) >= {'-', 'r', 'c'}:
        a, b = a.replace('-rc', 'rc'), b.replace('-rc', 'rc')
    x, y = version_key(a, order), version_key(b, order)
    size = max(len(x), len(y))
    x += [(1, 0, '')] * (size - len(x))
    y += [(1, 0, '')] * (size - len(y))
    return (x > y) - (x < y)


def within(version, span, order):
    if 'from' in span and compare(version, span['from'], order) < 0:
        return False
    if 'before' in span:
        return compare(version, span['before'], order) < 0
    if 'through' in span:
        return compare(version, span['through'], order) <= 0
    return True


def affected(version, spans, order):
    return any(within(version, s, order) for s in spans)


# ---------------------------------------------------------------- the form

METRICS3 = {'AV': 'NALP', 'AC': 'LH', 'PR': 'NLH', 'UI': 'NR', 'S': 'UC',
            'C': 'NLH', 'I': 'NLH', 'A': 'NLH', 'E': 'XUPFH', 'RL': 'XOTWU',
            'RC': 'XURC'}
METRICS2 = {'AV': 'LAN', 'AC': 'HML', 'Au': 'MSN', 'C': 'NPC', 'I': 'NPC',
            'A': 'NPC'}
METRICS4 = {'AV': 'NALP', 'AC': 'LH', 'AT': 'NP', 'PR': 'NLH', 'UI': 'NPA',
            'VC': 'HLN', 'VI': 'HLN', 'VA': 'HLN', 'SC': 'HLN', 'SI': 'HLN',
            'SA': 'HLN', 'E': 'APU', 'S': 'NP', 'AU': 'NY', 'R': 'AUI',
            'V': 'DC', 'RE': 'LMH', 'U': ('Clear', 'Green', 'Amber', 'Red')}


def vector_error(vector):
    if vector.startswith(('CVSS:3.0/', 'CVSS:3.1/')):
        table, must, rest = METRICS3, 8, vector[9:]
    elif vector.startswith('CVSS:4.0/'):
        table, must, rest = METRICS4, 11, vector[9:]
    else:
        table, must, rest = METRICS2, 6, vector
    seen = []
    for part in rest.split('/'):
        name, _, value = part.partition(':')
        if name not in table or name in seen or value not in tuple(table[name]):
            return 'bad metric ' + part
        seen.append(name)
    if seen[:must] != list(table)[:must]:
        return 'metrics missing or not in order'
    return None


def is_date(text):
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


class Form:
    """Checks of one file alone; collects messages."""

    def __init__(self, name, file):
        self.name, self.file, self.errors = name, file, []

    def say(self, item, text):
        self.errors.append('%s:%s: %s: %s' % (
            self.name, item.get('line', 1), item.get('id', 'head'), text))

    def check(self):
        head = self.file
        if head.get('schema') != 'assay-knowledge/1':
            self.say(head, 'schema is not assay-knowledge/1')
        for key in HEAD:
            if not head.get(key):
                self.say(head, 'no ' + key)
        if not is_date(head.get('edition', '')):
            self.say(head, 'edition is not a date')
        if head.get('component') + '.yaml' != self.name:
            self.say(head, 'component and file name differ')
        if not head['identities'] or not head['advisories']:
            self.say(head, 'no identities or no advisories')
        for item in head['identities']:
            self.identity(item)
        ids = collections.Counter(a.get('id') for a in head['advisories'])
        for item in head['advisories']:
            self.advisory(item)
            if ids[item.get('id')] > 1:
                self.say(item, 'id twice in this file')
        return self.errors

    def identity(self, item):
        keys = set(item) - {'line'}
        if keys == {'ecosystem', 'name'}:
            if item['ecosystem'] not in ECOSYSTEMS:
                self.say(item, 'unknown ecosystem ' + item['ecosystem'])
            return
        if keys not in ({'cpe', 'order'}, {'purl', 'order'}):
            self.say(item, 'an identity is cpe+order, purl+order or '
                           'ecosystem+name')
            return
        if item['order'] not in ORDERS:
            self.say(item, 'unknown order ' + item['order'])
        if 'cpe' in item and not re.match(
                r'^cpe:2\.3:[aoh]:([a-z0-9._-]|\\.)+:([a-z0-9._-]|\\.)+$',
                item['cpe']):
            self.say(item, 'not a CPE prefix: ' + item['cpe'])
        if 'purl' in item and not re.match(
                r'^pkg:[a-z]+/([\w.%-]+/)*[\w.%-]+$', item['purl']):
            self.say(item, 'not a purl without version: ' + item['purl'])

    def advisory(self, item):
        known = {'id', 'aliases', 'published', 'cvss', 'cwe', 'title',
                 'exploited', 'affected', 'fixed_in', 'line'}
        for key in set(item) - known:
            self.say(item, 'unknown key ' + key)
        names = [item.get('id', '')] + item.get('aliases', [])
        for name in names:
            if not ID.match(name):
                self.say(item, 'bad id ' + name)
        if len(set(names)) != len(names):
            self.say(item, 'an alias stands twice')
        for key in ('published', 'exploited'):
            if key in item and not (is_date(item[key]) and
                                    item[key] <= self.file['edition']):
                self.say(item, 'bad date %s: %s' % (key, item[key]))
        if 'published' not in item:
            self.say(item, 'no published date')
        for vector in item.get('cvss', []):
            if vector_error(vector):
                self.say(item, vector + ': ' + vector_error(vector))
        for weakness in item.get('cwe', []):
            if not re.match(r'^CWE-\d+$', weakness):
                self.say(item, 'bad weakness ' + weakness)
        if len(item.get('title', '')) > LONGEST_TITLE:
            self.say(item, 'title too long')
        self.ranges(item)

    def ranges(self, item):
        order = order_of(self.file)
        spans = item.get('affected')
        if not spans:
            self.say(item, 'no affected range')
            return
        for span in spans:
            if set(span) - {'from', 'before', 'through'} or \
                    {'before', 'through'} <= set(span) or not span:
                self.say(item, 'bad range %s' % span)
            end = span.get('before') or span.get('through')
            if end and 'from' in span:
                sign = compare(span['from'], end, order)
                if sign > 0 or (sign == 0 and 'before' in span):
                    self.say(item, 'empty range %s' % span)
        for fixed in item.get('fixed_in', []):
            if affected(fixed, spans, order):
                self.say(item, 'fixed_in %s is affected' % fixed)


def order_of(file):
    for item in file['identities']:
        if 'order' in item:
            return item['order']
    return ECOSYSTEM_ORDER[file['identities'][0]['ecosystem']]
