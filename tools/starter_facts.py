# SPDX-License-Identifier: Apache-2.0
"""Compares the starter knowledge with public vulnerability records."""
import collections
import json
import pathlib
import re

from starter_form import affected, compare, order_of

# ---------------------------------------------------------------- the records

def squeeze(text):
    return re.sub(r'[^a-z0-9]', '', (text or '').lower())


def text_spans(text):
    """'>= 1.0, < 2.0' and the like, as GitHub writes them; None if prose."""
    span = {}
    for part in text.split(','):
        match = re.match(r'^\s*(>=|<=|<|=)\s*v?([0-9][\w.+-]*)\s*$', part)
        if not match:
            return None
        sign, version = match.groups()
        if sign == '=':
            return [{'from': version, 'through': version}]
        span[{'>=': 'from', '<': 'before', '<=': 'through'}[sign]] = version
    return [span]


def clean(version):
    version = re.sub(r'^(v|V)(?=\d)', '', version or '')
    return re.sub(r'\.[x*](?=$)', '', version)


class Record:
    """What one source says: whether a version is affected, and its bounds."""

    def __init__(self, source, order):
        self.source, self.order = source, order
        self.spans, self.rows, self.default = [], [], False

    def add(self, start, before=None, through=None):
        span = {}
        if start and start not in ('0', 'unspecified', '*', 'n/a'):
            span['from'] = clean(start)
        if before and before != '*':
            span['before'] = clean(before)
        if through and through != '*':
            span['through'] = clean(through)
        self.spans.append(span)

    def bounds(self):
        for span in self.spans:
            yield from span.values()
        for row in self.rows:
            for key in ('version', 'lessThan', 'lessThanOrEqual'):
                if re.match(r'^\d+\.[\w.-]*$', row.get(key, '')):
                    yield row[key]

    def says(self, version):
        if self.rows:
            for row in self.rows:
                if self.row(version, row):
                    return row['status'] == 'affected'
            return self.default
        return affected(version, self.spans, self.order)

    def row(self, version, row):
        start, order = row['version'], self.order
        end = row.get('lessThan') or row.get('lessThanOrEqual')
        if start != '0' and compare(version, clean(start), order) < 0:
            return False
        if not end:
            # Kernel records: a plain version is where the flaw came in.
            return compare(version, clean(start), order) == 0
        if end == '*':
            return True
        if end.endswith('.*'):
            return version == end[:-2] or version.startswith(end[:-1])
        sign = compare(version, clean(end), order)
        return sign < 0 or (sign == 0 and 'lessThanOrEqual' in row)


class Records:
    """The public data, indexed by id once."""

    FOLDERS = (('osv-go', '*.json'), ('osv-bitnami', '*/*.json'))

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.kev = {}
        kev = self.folder / 'kev.json'
        if kev.exists():
            data = json.loads(kev.read_text(encoding='utf-8'))
            self.kev_edition = data.get('catalogVersion', '')
            self.kev = {v['cveID']: v['dateAdded']
                        for v in data['vulnerabilities']}
        self.index = collections.defaultdict(list)
        for name, pattern in self.FOLDERS:
            for path in (self.folder / name).rglob(pattern.split('/')[-1]):
                self.note(path, name)
        for name, pattern in (('osv-pypa', '*.yaml'), ('rustsec', '*.md'),
                              ('ruby', '*.yml')):
            for path in (self.folder / name).rglob(pattern):
                self.note(path, name)

    def note(self, path, kind):
        text = path.read_text(encoding='utf-8', errors='replace')
        head = text
        if kind == 'ruby':
            found = re.findall(r"^cve: '?\"?([\d-]+)", text, re.M)
            found = ['CVE-' + f for f in found]
        elif kind == 'rustsec':
            head = text.split('```')[1] if '```' in text else ''
            found = re.findall(r'CVE-\d{4}-\d+', head)
        elif kind == 'osv-pypa':
            found = re.findall(r'^- (CVE-\d{4}-\d+)$', text, re.M)
        else:
            found = re.findall(r'"(CVE-\d{4}-\d+)"', text)
        for name in set(found):
            self.index[name].append((kind, path))

    def path(self, folder, name):
        year, number = name.split('-')[1:3]
        if folder == 'cve-json5':
            return self.folder / folder / year / (number[:-3] + 'xxx') / (
                name + '.json')
        return self.folder / folder / year / (name + '.json')

    def load(self, folder, name):
        path = self.path(folder, name)
        if not path.exists():
            return None
        return json.loads(path.read_text(encoding='utf-8'))


class Names:
    """The names of one component, in the spelling of each source."""

    def __init__(self, file):
        self.cpes = {i['cpe'][10:] for i in file['identities'] if 'cpe' in i}
        self.packages = {(i['ecosystem'], i['name'].lower())
                         for i in file['identities'] if 'ecosystem' in i}
        self.words = {squeeze(c.split(':')[1]) for c in self.cpes}
        self.words |= {squeeze(n) for _, n in self.packages}
        self.words |= {squeeze(n.split(':')[-1]) for _, n in self.packages}
        self.words.add(squeeze(file['component']))

    def product(self, entry):
        name = squeeze(entry.get('product'))
        package = squeeze(entry.get('packageName'))
        return any(name == w or package == w or
                   (len(w) > 4 and name.endswith(w)) for w in self.words)


def from_cve(data, names, order):
    """Records out of a CVE record: its author's, and CISA's additions."""
    containers = data['containers']
    author = [e for e in containers['cna'].get('affected', [])
              if names.product(e)]
    yield from cve_entries(author, 'CVE record', order)
    added = [e for c in containers.get('adp', []) for e in c.get('affected', [])
             if {':'.join(cpe.split(':')[3:5]) for cpe in e.get('cpes', [])} &
             names.cpes and e.get('defaultStatus') != 'affected']
    yield from cve_entries(added, 'CISA addition', order)


def cve_entries(entries, source, order):
    """One record of all entries of a source, but those told the kernel way."""
    together = Record(source, order)
    for entry in entries:
        rows = entry.get('versions', [])
        if any(r.get('versionType') == 'rpm' for r in rows):
            continue
        record = cve_entry(entry, source, order)
        if record is None:
            continue
        if record.rows:
            yield record
        together.spans += record.spans
    if together.spans:
        yield together


def cve_entry(entry, source, order):
    record = Record(source, order)
    rows = [r for r in entry.get('versions', [])
            if not re.match(r'^[0-9a-f]{12,}$', r.get('version', ''))]
    if entry.get('defaultStatus') == 'affected' and \
            any(r.get('status') == 'unaffected' for r in rows):
        record.default, record.rows = True, rows
        return record
    for row in rows:
        start = row.get('version', '')
        if row.get('status') != 'affected' or row.get('changes'):
            continue
        if 'lessThan' in row or 'lessThanOrEqual' in row:
            end = row.get('lessThan') or row.get('lessThanOrEqual')
            if not re.match(r'^(\d[\w.+:-]*|\*)$', end) or start == end and \
                    'lessThan' in row:
                return None
            record.add(start, row.get('lessThan'), row.get('lessThanOrEqual'))
        elif re.match(r'^\d+(\.\w+)+$', start):
            record.add(start, None, start)
        else:
            spans = text_spans(start)
            if spans is None:
                return None
            record.spans += spans
    return record if record.spans else None


def from_nvd(data, names, order):
    record = Record('NVD overrides', order)
    for config in data['cve'].get('configurations', []):
        for node in config.get('nodes', []):
            for match in node.get('cpeMatch', []):
                field = match['criteria'].split(':')
                if not match.get('vulnerable', True) or \
                        ':'.join(field[3:5]) not in names.cpes:
                    continue
                if 'versionStartExcluding' in match:
                    return
                exact = field[5] if field[5] not in ('*', '-') else None
                record.add(match.get('versionStartIncluding') or exact,
                           match.get('versionEndExcluding'),
                           match.get('versionEndIncluding') or exact)
    if record.spans:
        yield record


def from_osv(data, names, order, source):
    record = Record(source, order)
    for entry in data.get('affected', []):
        package = entry.get('package', {})
        key = (package.get('ecosystem'), package.get('name', '').lower())
        if key not in names.packages:
            continue
        for span in entry.get('ranges', []):
            if span.get('type') == 'GIT':
                continue
            start = None
            for event in span['events']:
                if 'introduced' in event:
                    start = event['introduced']
                elif start is not None:
                    record.add(start, event.get('fixed'),
                               event.get('last_affected'))
                    start = None
            if start is not None:
                record.add(start)
    if record.spans:
        yield record


def pypa_to_osv(text):
    """The few keys needed of a PyPA advisory (OSV written as YAML)."""
    name = re.search(r'^ {4}name: (\S+)$', text, re.M)
    events = []
    for span in re.finditer(r'^ {2}- type: ECOSYSTEM\n((?: {4}.*\n)+)', text,
                            re.M):
        for key, value in re.findall(
                r'^ {4}- (introduced|fixed|last_affected): (\S+)$',
                span.group(1), re.M):
            events.append({key: value.strip('"\'')})
    return {'affected': [{
        'package': {'ecosystem': 'PyPI', 'name': name.group(1) if name else ''},
        'ranges': [{'type': 'ECOSYSTEM', 'events': events}]}]}


def requirement_spans(text):
    """A gem or cargo requirement as the interval it allows."""
    span = {}
    for part in text.split(','):
        match = re.match(r'^\s*(~>|>=|<=|<|>|\^|=)?\s*v?(\S+)\s*$', part)
        if not match:
            return None
        sign, version = match.groups()
        if sign in ('>=', '>', '~>', '^'):
            old = span.get('from')
            if not old or compare(version, old, 'generic') > 0:
                span['from'] = version
            if sign in ('~>', '^'):
                span['before'] = next_version(version, sign)
        elif sign == '<':
            span['before'] = version
        elif sign == '<=':
            span['through'] = version
        else:
            span['from'] = span['through'] = version
    return span


def next_version(version, sign):
    parts = re.findall(r'\d+', version)
    if sign == '^':
        parts = parts[:1] if parts[0] != '0' else parts[:2]
    elif len(parts) > 1:
        parts = parts[:-1]
    parts[-1] = str(int(parts[-1]) + 1)
    return '.'.join(parts)


class Complement(Record):
    """Ruby and RustSec: affected unless patched or never affected."""

    def bounds(self):
        """Lower bounds only: the upper ones of "~>" are no releases."""
        for span in self.spans:
            if 'from' in span:
                yield span['from']

    def says(self, version):
        return not affected(version, self.spans, self.order)


def from_requirements(lists, source, order):
    record = Complement(source, order)
    for text in lists:
        span = requirement_spans(text)
        if span is None:
            return
        record.spans.append(span)
    if record.spans:
        yield record


def from_ruby(text, names, order):
    gem = re.search(r'^gem: (\S+)', text, re.M)
    if not gem or ('RubyGems', gem.group(1).lower()) not in names.packages:
        return
    lists = []
    for key in ('patched_versions', 'unaffected_versions'):
        block = re.search(r'^%s:\n((?:\s*- .*\n?)+)' % key, text, re.M)
        if block:
            lists += re.findall(r'- [\'"]?([^\'"\n]+)', block.group(1))
    yield from from_requirements(lists, 'Ruby advisory', order)


def from_rust(text, names, order):
    head = text.split('```')[1]
    package = re.search(r'^package = "(.+?)"', head, re.M)
    if not package or ('crates.io', package.group(1)) not in names.packages:
        return
    lists = []
    for key in ('patched', 'unaffected'):
        block = re.search(r'^%s = \[(.*?)\]' % key, head, re.M | re.S)
        if block:
            lists += re.findall(r'"([^"]+)"', block.group(1))
    yield from from_requirements(lists, 'RustSec advisory', order)


def records_of(records, item, names, order):
    """Every record that speaks of this advisory and this component."""
    name = item['id']
    if not name.startswith('CVE-'):
        return
    data = records.load('cve-json5', name)
    if data:
        yield from from_cve(data, names, order)
    data = records.load('nvd-overrides', name)
    if data:
        yield from from_nvd(data, names, order)
    for kind, path in records.index.get(name, []):
        text = path.read_text(encoding='utf-8', errors='replace')
        if kind in ('osv-go', 'osv-bitnami'):
            data = json.loads(text)
            if not data.get('withdrawn'):
                yield from from_osv(data, names, order, kind)
        elif kind == 'osv-pypa':
            yield from from_osv(pypa_to_osv(text), names, order, kind)
        elif kind == 'ruby':
            yield from from_ruby(text, names, order)
        else:
            yield from from_rust(text, names, order)


# ---------------------------------------------------------------- the facts

def canonical(vector):
    """Metrics as a set, without those not defined."""
    return frozenset(p for p in vector.strip('/').split('/')
                     if not p.endswith(':X'))


def vectors_in(value):
    """Every CVSS vector string anywhere in a JSON value."""
    if isinstance(value, dict):
        for child in value.values():
            yield from vectors_in(child)
    elif isinstance(value, list):
        for child in value:
            yield from vectors_in(child)
    elif isinstance(value, str) and re.match(
            r'^(CVSS:[34]\.\d/)?AV:[NALP]/A[CVTu:A-Z/]', value):
        yield value


class Facts:
    """Compares every advisory with the records and counts."""

    def __init__(self, records, explained):
        self.records, self.explained = records, explained
        self.count = collections.Counter()
        self.errors, self.notes, self.used = [], [], set()

    def check(self, file):
        names, order = Names(file), order_of(file)
        for item in file['advisories']:
            where = '%s %s' % (file['component'], item['id'])
            self.exploited(item, where)
            self.count['advisories'] += 1
            vector = self.vector(item, where)
            self.date(item, where)
            ranges = self.ranges(item, names, order, where)
            if vector is not None or ranges is not None:
                self.count['checked'] += 1

    def exploited(self, item, where):
        listed = self.records.kev.get(item['id'])
        if item.get('exploited') != listed:
            self.errors.append('%s: exploited %s, the list says %s' % (
                where, item.get('exploited'), listed))
        elif listed:
            self.count['exploited'] += 1

    def date(self, item, where):
        data = self.records.load('cve-json5', item['id'])
        if not data:
            return
        if data['cveMetadata'].get('state') == 'REJECTED':
            self.errors.append(where + ': the CVE record is rejected')
        said = data['cveMetadata'].get('datePublished', '')[:10]
        if said:
            self.count['dates'] += 1
            if said == item['published']:
                self.count['dates agree'] += 1
            else:
                self.errors.append('%s: published %s, the record says %s' % (
                    where, item['published'], said))

    def vector(self, item, where):
        data = self.records.load('cve-json5', item['id'])
        said = {canonical(v) for v in vectors_in(data)} if data else set()
        for kind, path in self.records.index.get(item['id'], []):
            if kind == 'osv-bitnami':
                text = path.read_text(encoding='utf-8')
                said |= {canonical(v) for v in vectors_in(json.loads(text))}
        if not said:
            return None
        self.count['vectors'] += 1
        if said & {canonical(v) for v in item.get('cvss', [])}:
            self.count['vectors agree'] += 1
            return True
        self.errors.append(where + ': no vector of ours is in the record: ' +
                           ' '.join('/'.join(sorted(v)) for v in said))
        return False

    def ranges(self, item, names, order, where):
        found = 0
        wrong = {}
        for record in records_of(self.records, item, names, order):
            found += 1
            bad = differing(item['affected'], record, order)
            if bad:
                wrong.setdefault(record.source, []).extend(bad)
        if not found:
            return None
        self.count['ranges'] += 1
        if not wrong:
            self.count['ranges agree'] += 1
            return True
        for source, bad in sorted(wrong.items()):
            self.differ(where, source, bad)
        return False

    def differ(self, where, source, bad):
        reason = self.explained.get(where)
        text = '%s (%s): differ at %s' % (where, source, ', '.join(
            '%s (%s here)' % (v, 'affected' if ours else 'not affected')
            for v, ours in sorted(set(bad))[:6]))
        if reason:
            self.used.add(where)
            self.notes.append(text + ': ' + reason)
        else:
            self.errors.append(text + ': no reason given')


def differing(spans, record, order):
    """Versions at the bounds of either side where the two do not agree."""
    probes = {v for s in spans for v in s.values()} | set(record.bounds())
    bad = []
    for version in probes:
        if version in ('0', '') or not re.match(r'^\d', version):
            continue
        ours = affected(version, spans, order)
        if ours != record.says(version):
            bad.append((version, ours))
    return bad


def read_explained(path):
    """`component id: reason` lines, for ranges that rightly differ."""
    result = {}
    if path.exists():
        for line in path.read_text(encoding='utf-8').splitlines():
            if line.strip() and not line.startswith('#'):
                where, _, reason = line.partition(': ')
                result[where.strip()] = reason.strip()
    return result
