# SPDX-License-Identifier: Apache-2.0
"""`assay feeds update` against a server of our own: conditional requests,
downloads that are cut short and gone on with, files that change meanwhile,
failures of one feed, lists that shrink."""

import gzip
import hashlib
import http.server
import io
import json
import os
import re
import threading
import zipfile

import e2e

BASE = os.path.join(e2e.HOME, 'knowledge.db')
FEEDS = os.path.join(e2e.HOME, 'feeds')


# ---- the server ------------------------------------------------------------

class File:
    """What is served below one path, and how badly."""

    def __init__(self, body, etag=True):
        self.put(body, etag)
        self.cuts = 0       # responses to break off after half their body
        self.status = None  # to answer instead
        self.moved = None   # where to redirect

    def put(self, body, etag=True):
        self.body = body
        self.etag = '"%s"' % hashlib.sha256(body).hexdigest()[:16]
        self.etag = self.etag if etag else None
        self.modified = 'Mon, 01 Sep 2025 00:00:00 GMT'


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    files = {}
    seen = []

    def log_message(self, *words):
        pass

    def answer(self, status, **headers):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace('_', '-'), value)
        self.end_headers()

    def is_same(self, f):
        known = self.headers.get('If-None-Match')
        if known:
            return known == f.etag
        return (f.etag is None and
                self.headers.get('If-Modified-Since') == f.modified)

    def start_of(self, f):
        wanted = re.match(r'bytes=(\d+)-$', self.headers.get('Range', ''))
        if not wanted:
            return 0
        if self.headers.get('If-Range') not in (f.etag, f.modified):
            return 0
        return int(wanted.group(1))

    def do_GET(self):
        f = Handler.files.get(self.path)
        Handler.seen.append((self.path, dict(self.headers)))
        if f is None or f.status:
            status = f.status if f else 404
            body = b'no such thing'
            self.answer(status, Content_Length=len(body))
            self.wfile.write(body)
            return
        if f.moved:
            self.answer(302, Location=f.moved, Content_Length=0)
            return
        tags = {'Last_Modified': f.modified}
        if f.etag:
            tags['ETag'] = f.etag
        if self.is_same(f):
            self.answer(304, **tags)
            return
        self.send_body(f, tags)

    def send_body(self, f, tags):
        start = self.start_of(f)
        body = f.body[start:]
        if start:
            tags['Content_Range'] = \
                f'bytes {start}-{len(f.body) - 1}/{len(f.body)}'
        self.answer(206 if start else 200, Content_Length=len(body), **tags)
        if f.cuts:
            f.cuts -= 1
            self.wfile.write(body[:len(body) // 2])
            self.wfile.flush()
            self.close_connection = True
            return
        self.wfile.write(body)


def serve():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f'http://127.0.0.1:{server.server_address[1]}/mirror'


# ---- feeds -----------------------------------------------------------------

def kev(n):
    rows = [{'cveID': f'CVE-2020-{10000 + i}', 'vendorProject': 'v',
             'product': 'p', 'vulnerabilityName': 'n',
             'dateAdded': '2021-01-02', 'dueDate': '2021-02-02',
             'knownRansomwareCampaignUse': 'Unknown'} for i in range(n)]
    return json.dumps({'catalogVersion': '2025.08.25',
                       'dateReleased': '2025-08-25T00:00:00Z',
                       'vulnerabilities': rows}).encode()


def epss(score):
    text = '#model_version:v1,score_date:2025-08-25T00:00:00+0000\n' \
           f'cve,epss,percentile\nCVE-2020-10000,{score},0.5\n'
    return gzip.compress(text.encode(), mtime=0)


def osv(fixed, many=200):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        for i in range(many):
            z.writestr(f'GO-2024-{i}.json', json.dumps({
                'id': f'GO-2024-{i}', 'modified': '2024-01-02T00:00:00Z',
                'affected': [{'package': {'ecosystem': 'Go', 'name': f'm/{i}'},
                              'ranges': [{'type': 'SEMVER', 'events': [
                                  {'introduced': '0'}, {'fixed': fixed}]}]}]}))
    return out.getvalue()


def digest():
    with open(BASE, 'rb') as f:
        return hashlib.sha256(f.read()).hexdigest()


def update(base, *words):
    Handler.seen.clear()
    return e2e.run('feeds', 'update', '--base-url', base, '--format', 'json',
                   *words, env={'no_proxy': '*'})


def states(result):
    return {f['feed']: f['state'] for f in result.json()['feeds']}


def item(result, name):
    return next(f for f in result.json()['feeds'] if f['feed'] == name)


THREE = ('kev', 'epss', 'osv-go')


# ---- cases -----------------------------------------------------------------

def first_and_again(base):
    r = update(base, *THREE)
    e2e.equal('the first update loads', (r.status, states(r)),
              (0, {'kev': 'loaded', 'epss': 'loaded', 'osv-go': 'loaded'}))
    status = e2e.run('feeds', 'status', '--format', 'json').json()
    e2e.equal('what was loaded is stored',
              {s['source']: s['records'] for s in status['sources']},
              {'kev': 40, 'epss': 1, 'osv/GO': 200})
    e2e.equal('nothing is left behind', os.listdir(FEEDS), [])
    before = digest()
    r = update(base, *THREE)
    e2e.equal('the second loads nothing', (r.status, states(r)),
              (0, {'kev': 'unchanged', 'epss': 'unchanged',
                   'osv-go': 'unchanged'}))
    e2e.check('and changes no byte', digest() == before)
    e2e.check('it asked with what it remembered',
              all('If-None-Match' in h for _, h in Handler.seen))


def changed(base):
    Handler.files['/mirror/epss.csv.gz'].put(epss(0.75))
    r = update(base, *THREE)
    e2e.equal('only what changed is loaded', states(r),
              {'kev': 'unchanged', 'epss': 'loaded', 'osv-go': 'unchanged'})
    e2e.equal('and imported', r.json()['import']['sources'][0]['changed'], 1)
    Handler.files['/mirror/kev.json'].put(kev(40) + b'\n', etag=False)
    update(base, 'kev')
    r = update(base, 'kev')
    e2e.equal('a date alone will do', states(r), {'kev': 'unchanged'})
    e2e.check('it was asked with', any('If-Modified-Since' in h
                                       for _, h in Handler.seen))


def cut_short(base):
    f = Handler.files['/mirror/osv/Go/all.zip']
    f.put(osv('1.1.0'))
    f.cuts = 2
    r = update(base, 'osv-go')
    e2e.equal('a download that is cut is gone on with',
              (r.status, states(r)), (0, {'osv-go': 'loaded'}))
    e2e.check('from where it was', item(r, 'osv-go')['resumed'] > 0)
    e2e.equal('by ranges', [bool(h.get('Range')) for _, h in Handler.seen],
              [False, True, True])
    e2e.equal('and whole', r.json()['import']['sources'][0]['changed'], 200)


def cut_for_good(base):
    f = Handler.files['/mirror/osv/Go/all.zip']
    f.put(osv('1.2.0'))
    f.cuts = 1000
    before = digest()
    r = update(base, 'osv-go')
    e2e.equal('one that never ends fails', r.status, 74)
    e2e.check('and changes nothing', digest() == before)
    e2e.check('what came is kept',
              os.path.getsize(os.path.join(FEEDS, 'osv-go.part')) > 0)
    f.cuts = 0
    r = update(base, 'osv-go')
    e2e.check('the next run goes on', item(r, 'osv-go')['resumed'] > 0)
    f.put(osv('1.3.0'))
    f.cuts = 1000
    update(base, 'osv-go')
    f.cuts = 0
    f.put(osv('1.4.0'))
    r = update(base, 'osv-go')
    e2e.equal('a file that changed meanwhile is loaded anew',
              (r.status, item(r, 'osv-go')['resumed'],
               item(r, 'osv-go')['bytes']), (0, 0, len(f.body)))


def one_fails(base):
    Handler.files['/mirror/epss.csv.gz'].put(epss(0.25))
    Handler.files['/mirror/kev.json'].status = 404
    r = update(base, 'kev', 'epss')
    e2e.equal('a feed that fails does not stop another',
              (r.status, states(r)), (74, {'kev': 'failed', 'epss': 'loaded'}))
    e2e.check('it says why', '404' in item(r, 'kev')['reason'])
    Handler.files['/mirror/kev.json'].status = None
    Handler.files['/mirror/kev.json'].moved = 'file:///etc/passwd'
    r = update(base, 'kev')
    e2e.equal('a redirect to a file is not followed', r.status, 74)
    Handler.files['/mirror/kev.json'].moved = None
    Handler.files['/mirror/elsewhere'] = File(kev(41))
    Handler.files['/mirror/kev.json'].moved = '/mirror/elsewhere'
    r = update(base, 'kev')
    e2e.equal('one within http is', (r.status, states(r)),
              (0, {'kev': 'loaded'}))
    Handler.files['/mirror/kev.json'].moved = None


def broken(base):
    """The server's own file is broken: all of it comes, and is no archive."""
    f = Handler.files['/mirror/osv/Go/all.zip']
    f.put(osv('1.5.0')[:9000])
    Handler.files['/mirror/epss.csv.gz'].put(epss(0.125))
    before = [s for s in e2e.run('feeds', 'status', '--format', 'json')
              .json()['sources'] if s['source'] == 'osv/GO']
    r = update(base, 'osv-go', 'epss')
    e2e.equal('a broken archive is told', (r.status, states(r)),
              (65, {'osv-go': 'loaded', 'epss': 'loaded'}))
    e2e.equal('and the other feed imported',
              [s['source'] for s in r.json()['import']['sources']], ['epss'])
    e2e.equal('of the broken one the old rows stay', [
        s for s in e2e.run('feeds', 'status', '--format', 'json')
        .json()['sources'] if s['source'] == 'osv/GO'], before)
    r = update(base, 'osv-go', 'epss')
    e2e.equal('it is loaded anew', (r.status, states(r)),
              (65, {'osv-go': 'loaded', 'epss': 'unchanged'}))
    f.put(osv('1.5.0'))
    r = update(base, 'osv-go')
    e2e.equal('until it is whole', (r.status, states(r)),
              (0, {'osv-go': 'loaded'}))


def shrinks(base):
    Handler.files['/mirror/kev.json'].put(kev(5))
    before = digest()
    r = update(base, 'kev')
    e2e.equal('a list that shrinks is refused', r.status, 65)
    e2e.check('and nothing changed', digest() == before)
    r = update(base, 'kev', '--force')
    e2e.equal('force takes it', r.status, 0)
    e2e.equal('without loading it again',
              [h.get('If-None-Match') for _, h in Handler.seen],
              [Handler.files['/mirror/kev.json'].etag])


def wrong_words(base):
    e2e.equal('a feed that is none', update(base, 'nonsense').status, 64)
    e2e.equal('an address that is none',
              e2e.run('feeds', 'update', '--base-url', 'ftp://x', 'kev').status,
              64)
    e2e.equal('a server that is not there',
              e2e.run('feeds', 'update', '--base-url', 'http://127.0.0.1:1',
                      'kev', env={'no_proxy': '*'}).status, 74)
    r = e2e.run('feeds', 'update', '--list', '--format', 'json')
    e2e.check('the list names https addresses only',
              r.status == 0 and len(r.json()) > 20 and
              all(f['url'].startswith('https://') for f in r.json()))


def without_libraries(base):
    """They are loaded when they are asked for: without them all else works."""
    program = os.path.join(e2e.TMP, 'assay-without')
    with open(e2e.ASSAY, 'rb') as f:
        code = f.read()
    for name in (b'libcurl.so.', b'libarchive.so.'):
        code = code.replace(name, name.replace(b'lib', b'mis'))
    with open(program, 'wb') as f:
        f.write(code)
    os.chmod(program, 0o700)
    e2e.equal('a program without libcurl answers',
              e2e.run('purl', 'pkg:npm/a@1', program=program).status, 0)
    r = e2e.run('feeds', 'update', '--base-url', base, 'kev', program=program)
    e2e.equal('but does not download', r.status, 74)
    e2e.check('and names what is missing',
              'cannot download without miscurl.so' in r.errors(), r.errors())
    name = os.path.join(e2e.TMP, 'one.zip')
    with open(name, 'wb') as f:
        f.write(osv('1.0.0'))
    r = e2e.run('feeds', 'import', name, program=program)
    e2e.check('nor does it unpack, and says so',
              r.status == 65 and
              'cannot unpack without misarchive.so' in
              r.errors() + r.text(), r.errors() + r.text())


def lists(base):
    """A list of parties: behind a redirect, unchanged, as a page of an error
    with status 200, cut, gone, shrunk; the edition there goes on answering."""
    def read(name):
        with open(e2e.source('test', 'data', 'parties', name), 'rb') as f:
            return f.read()

    signed = File(read('sdn-advanced.xml'))
    Handler.files['/signed/sdn'] = signed
    first = Handler.files['/mirror/ofac-sdn-advanced.xml'] = File(b'')
    first.moved = '/signed/sdn'
    uk = Handler.files['/mirror/uk.csv'] = File(read('uk-list.csv'))
    names = ('ofac-sdn-advanced', 'uk')
    r = update(base, *names)
    e2e.equal('lists are loaded, one behind a redirect',
              (r.status, states(r)), (0, dict.fromkeys(names, 'loaded')))
    r = update(base, *names)
    e2e.equal('and not again', states(r), dict.fromkeys(names, 'unchanged'))
    before = digest()
    for what, body in (('a page', b'<!DOCTYPE html><html>Sign in</html>'),
                       ('nothing', b''),
                       ('half of it', uk.body[:len(uk.body) // 2]),
                       ('an empty answer', b'{"results": []}')):
        uk.put(body)
        r = update(base, 'uk')
        e2e.check(f'{what} in place of the list is refused',
                  r.status == 65 and digest() == before and
                  r.errors().count('\n') == 1, (r.status, r.errors()))
    uk.status = 404
    r = update(base, 'uk')
    e2e.check('gone: it says so', r.status == 74 and '404' in r.errors() and
              digest() == before, (r.status, r.errors()))
    uk.status = None
    uk.put(read('uk-list.csv'))
    r = update(base, 'uk')
    e2e.equal('back again it is what was there',
              (r.status, r.json()['import']['sources'][0]['unchanged']),
              (0, 2))


def documented(_base):
    """doc/feeds.md names the feeds there are and no others."""
    feeds = e2e.run('feeds', 'update', '--list', '--format', 'json').json()
    with open(e2e.source('doc', 'feeds.md'), encoding='utf-8') as f:
        rows = [r for r in f if r.startswith('| `') and 'https:' in r]
    named = [m for r in rows
             for m in re.findall(r'`([a-z][a-z-]*)`( \*)?[, |]', r)]
    e2e.equal('the page names every feed and what is standard',
              sorted((n, bool(star)) for n, star in named),
              sorted((f['feed'], f['standard']) for f in feeds))
    hosts = {f['url'].split('/')[2] for f in feeds}
    e2e.check('and where they come from',
              all(any(h in r for r in rows) for h in hosts), hosts)


def main():
    Handler.files = {'/mirror/kev.json': File(kev(40)),
                     '/mirror/epss.csv.gz': File(epss(0.5)),
                     '/mirror/osv/Go/all.zip': File(osv('1.0.0'))}
    base = serve()
    for case in (first_and_again, changed, cut_short, cut_for_good, broken,
                 one_fails, shrinks, lists, wrong_words, without_libraries,
                 documented):
        case(base)


main()
