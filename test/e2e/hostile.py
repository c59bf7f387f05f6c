# SPDX-License-Identifier: Apache-2.0
"""Documents made to harm: nested without end, cut off, scrambled, with
entities, of other kinds, with names that would like to be commands. Each
either is read or gets one clear line and status 65; nothing else is printed,
nothing is written, and the program never falls over."""

import concurrent.futures
import gzip
import html.parser
import json
import os
import pty
import re
import shutil

import e2e

DEPTH = 100_000
VERBS = (['review'], ['bom', 'validate'], ['bom', 'convert'])
HEAD = '{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,'
NAMESPACE = 'xmlns="http://cyclonedx.org/schema/bom/1.6"'
GATEWAY = e2e.source('examples', 'gateway.cdx.json')

SMALL_JSON = HEAD + '''"components":[
 {"type":"library","name":"zl\u00efb","version":"1.2.11",
  "purl":"pkg:generic/zlib@1.2.11","licenses":[{"license":{"id":"Zlib"}}],
  "hashes":[{"alg":"MD5","content":"d41d8cd98f00b204e9800998ecf8427e"}]}],
 "dependencies":[{"ref":"a","dependsOn":["b"]}]}'''
SMALL_XML = f'''<?xml version="1.0" encoding="UTF-8"?>
<bom {NAMESPACE} version="1"><!-- small --><components>
<component type="library"><name>zl\u00efb &amp; more</name>
<version>1.2.11</version><purl>pkg:generic/zlib@1.2.11</purl></component>
</components></bom>'''
SMALL_TAG = '''SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: small
DocumentNamespace: https://example.org/small
PackageName: zlib
SPDXID: SPDXRef-zlib
PackageVersion: 1.2.11
PackageDownloadLocation: NOASSERTION
PackageComment: <text>one
two</text>
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-zlib
'''
SMALL_YAML = '''spdxVersion: SPDX-2.3
SPDXID: SPDXRef-DOCUMENT
name: small
packages:
- {SPDXID: SPDXRef-zlib, name: "zlib", versionInfo: '1.2.11'}
'''
SMALL_PURLS = 'pkg:npm/a@1.0.0\npkg:deb/debian/zlib1g@1.2.11?arch=all\n'


def one_line(ran):
    """Why this is not a refusal as it should be, or nothing."""
    if ran.status != 65:
        return f'status {ran.status}: {ran.errors()[:300]}'
    if ran.out:
        return f'{len(ran.out)} bytes on standard output'
    if ran.err.count(b'\n') != 1 or not ran.err.startswith(b'assay: '):
        return f'said: {ran.errors()[:300]}'
    return raw_controls(ran.err)


def raw_controls(output):
    """Why this must not reach a terminal, or nothing: controls, C1 controls,
    marks that turn text around."""
    found = re.search('[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f'
                      '\u202a-\u202e\u2066-\u2069]',
                      output.decode('utf-8', 'surrogateescape'))
    return f'raw {found[0]!r} in the output' if found else ''


def survives(ran):
    """Read or refused, but whole: for what may be a document or not."""
    if ran.status in (0, 1, 2) and ran.out and not ran.err:
        return ''
    return one_line(ran)


def refused(name, content, verbs=VERBS, says=''):
    """All verbs refuse a document, and say so in words that hold `says`."""
    path = os.path.join(e2e.TMP, 'hostile')
    e2e_write(path, content)
    why = []
    for verb in verbs:
        ran = e2e.run(*verb, path)
        said = one_line(ran)
        if not said and says not in ran.errors():
            said = f'said: {ran.errors()[:300]}'
        if said:
            why.append(f'{" ".join(verb)}: {said}')
    e2e.check(name, not why, '; '.join(why))


def e2e_write(path, content):
    if isinstance(content, str):
        content = content.encode('utf-8')
    with open(path, 'wb') as f:
        f.write(content)


# ---- nested without end ------------------------------------------------------

def depth():
    n = DEPTH
    arrays = '[' * n + ']' * n
    refused('depth, arrays of JSON', HEAD + f'"components":{arrays}}}',
            says='nested')
    refused('depth, components of JSON', HEAD + '"components":' +
            '[{"components":' * n + '[]' + '}]' * n + '}', says='nested')
    refused('depth, JSON that never closes', '[' * n, says='nested')
    refused('depth, components of XML', f'<bom {NAMESPACE}>' +
            '<components><component type="library"><name>a</name>' * n +
            '</component></components>' * n + '</bom>', says='nested')
    refused('depth, elements of XML', '<a>' * n + '</a>' * n)
    refused('depth, SPDX 2 JSON',
            '{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT",'
            f'"packages":{arrays}}}', says='nested')
    refused('depth, SPDX 3 JSON',
            '{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld",'
            f'"@graph":{arrays}}}', says='nested')
    refused('depth, flow of YAML',
            f'spdxVersion: SPDX-2.3\npackages: {arrays}\n', says='nested')
    refused('depth, blocks of YAML', 'spdxVersion: SPDX-2.3\n' + ''.join(
        ' ' * i + 'a:\n' for i in range(3000)), says='nested')
    deep = '{"type":"library","name":"x","components":['
    refused('depth, more levels of components than a product may have',
            HEAD + '"components":[' + deep * 110 + ']}' * 110 + ']}',
            verbs=(['review'], ['bom', 'convert']), says='nested')


# ---- cut off, scrambled ------------------------------------------------------

def each(name, documents, judge, verb=('review',)):
    """One case over many small documents on standard input."""
    def run(document):
        return judge(e2e.run(*verb, '-', stdin=document))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        why = [f'{i}: {w}' for i, w in enumerate(pool.map(run, documents))
               if w]
    e2e.check(f'{name}, {len(documents)} documents',
              len(documents) > 0 and not why,
              f'{len(why)} failed; ' + '; '.join(why[:5]))


def cuts(text):
    whole = text.encode('utf-8')
    return [whole[:i] for i in range(len(whole))]


def changes(text, byte):
    whole = text.encode('utf-8')
    return [whole[:i] + byte + whole[i + 1:] for i in range(len(whole))]


def scrambled():
    each('JSON cut off at every byte', cuts(SMALL_JSON), one_line)
    each('JSON cut off at every byte, validated', cuts(SMALL_JSON), one_line,
         ('bom', 'validate'))
    each('XML cut off at every byte', cuts(SMALL_XML), one_line)
    each('XML cut off at every byte, converted', cuts(SMALL_XML), one_line,
         ('bom', 'convert'))
    # Half of such a text is a text again.
    each('tag-value cut off at every byte', cuts(SMALL_TAG), survives)
    each('YAML cut off at every byte', cuts(SMALL_YAML), survives)
    each('purls cut off at every byte', cuts(SMALL_PURLS), survives)
    for value in (b'\x00', b'\xff'):
        what = f'byte replaced by 0x{value[0]:02X}'
        each('JSON, each ' + what, changes(SMALL_JSON, value), one_line)
        each('XML, each ' + what, changes(SMALL_XML, value), one_line)
        each('tag-value, each ' + what, changes(SMALL_TAG, value), survives)
        each('YAML, each ' + what, changes(SMALL_YAML, value), survives)


# ---- what is wrong in one place ----------------------------------------------

def component(name, extra=''):
    return HEAD + '"components":[{"type":"library","name":' + \
        json.dumps(name) + extra + '}]}'


def defects():
    refused('invalid UTF-8 in JSON',
            component('a?b').encode().replace(b'?', b'\xc3\x28'), says='UTF-8')
    refused('an overlong form of UTF-8',
            component('a?b').encode().replace(b'?', b'\xc0\xaf'), says='UTF-8')
    refused('a surrogate in UTF-8',
            component('a?b').encode().replace(b'?', b'\xed\xa0\x80'),
            says='UTF-8')
    refused('invalid UTF-8 in XML', SMALL_XML.encode('latin-1'))
    refused('a duplicate key', HEAD + '"components":[],"components":[]}',
            says='twice')
    refused('a duplicate key deep inside',
            component('a', ',"version":"1","version":"2"'), says='twice')
    refused('a duplicate key by an escape',
            component('a', ',"version":"1","versio\\u006e":"2"'),
            says='twice')
    refused('an XML attribute twice',
            f'<bom {NAMESPACE} version="1" version="2"/>')
    refused('a number that no double holds',
            HEAD.replace(':1,', ':1e999,') + '"components":[]}',
            says='number')
    refused('a string that never ends', HEAD + '"components":[{"name":"' +
            'x' * 100_000)
    refused('text behind the end', component('a') + '}', says=':1:')
    refused('half a surrogate pair', component('a').replace('"a"',
                                                            '"\\ud800"'))


def entities():
    levels = ''.join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">'
        for i in range(9))
    refused('billion laughs, XML',
            f'<!DOCTYPE bom [<!ENTITY a "aaaaaaaaaa">{levels}]>'
            f'<bom {NAMESPACE}><components><component type="library"><name>'
            '&j;</name></component></components></bom>', says='entit')
    aliases = ''.join(
        f'{chr(98 + i)}: &{chr(98 + i)} [{",".join(["*" + chr(97 + i)] * 9)}]'
        '\n' for i in range(12))
    refused('billion laughs, YAML', 'spdxVersion: SPDX-2.3\n'
            'a: &a ["lol","lol","lol"]\n' + aliases + 'packages: *m\n')
    refused('a file as an XML entity',
            '<!DOCTYPE bom [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            f'<bom {NAMESPACE}><components><component type="library"><name>'
            '&x;</name></component></components></bom>', says='DOCTYPE')
    refused('a DOCTYPE from the network',
            '<!DOCTYPE bom SYSTEM "http://example.org/bom.dtd">'
            f'<bom {NAMESPACE} version="1"/>', says='DOCTYPE')
    refused('an entity nobody declared',
            f'<bom {NAMESPACE}><x>&unknown;</x></bom>')


# ---- no document at all ------------------------------------------------------

PNG = b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0'


def kinds():
    refused('gzip', gzip.compress(SMALL_JSON.encode()))
    refused('an ELF file', b'\x7fELF\2\1\1' + bytes(9) + b'\3\0\x3e\0' +
            bytes(4000))
    refused('a PNG', PNG + bytes(1000))
    refused('nothing', b'', says='empty')
    refused('white space', b' \n\t\r\n ' * 1000, says='empty')
    refused('zero bytes', bytes(100_000))
    refused('a byte order mark alone', b'\xef\xbb\xbf')
    refused('prose', 'This is not a bill of materials.\n' * 100)
    refused('JSON of something else', '{"name": "x", "version": "1"}')
    refused('an HTML page', '<!doctype html><title>x</title><p>y')
    refused('UTF-16', SMALL_JSON.encode('utf-16'))
    missing()


def missing():
    folder = os.path.join(e2e.TMP, 'folder')
    os.mkdir(folder)
    for name, path, status in (
            ('a folder', folder, 66),
            ('a missing file', os.path.join(folder, 'none'), 66),
            ('a file in a file', GATEWAY + '/x', 66),
            ('a file that cannot be read on', '/proc/self/mem', 74)):
        if not os.path.exists('/proc/self/mem') and status == 74:
            e2e.skip(name, 'there is no /proc')
            continue
        why = [f'{" ".join(verb)}: status {ran.status}, {ran.errors()!r}'
               for verb in VERBS for ran in [e2e.run(*verb, path)]
               if ran.status != status or ran.out or
               ran.err.count(b'\n') != 1]
        e2e.check(name, not why, '; '.join(why))
    unreadable()


def unreadable():
    """As another user when this one may read everything."""
    path = os.path.join(e2e.TMP, 'unreadable')
    e2e_write(path, SMALL_JSON)
    os.chmod(path, 0)
    words, program = [], e2e.ASSAY
    if os.geteuid() == 0:
        program = shutil.which('setpriv')
        words = ['--reuid=65534', '--regid=65534', '--clear-groups',
                 '--inh-caps=-all', e2e.ASSAY]
        if not program or e2e.run(*words, '--version',
                                  program=program).status != 0:
            e2e.skip('a file that may not be read', 'every file may be read')
            return
    ran = e2e.run(*words, 'bom', 'convert', path, program=program)
    e2e.check('a file that may not be read',
              ran.status == 66 and not ran.out and
              b'Permission denied' in ran.err,
              f'status {ran.status}: {ran.errors()}')


# ---- names that would like to be more ----------------------------------------

EVIL = ('\x1b[2Ja\x1b]0;title\x07\x9b31m\u202eevil\u2066\u200f\x00\x7f\r'
        '<script>alert(1)</script>"\'><img src=http://evil.example/x '
        'onerror=alert(1)>&lt;</style></svg>\n\nVerdict: accept\n')


def evil_document():
    """The text wherever a document has text, and parts of every outcome."""
    def part(i, **more):
        return {'type': 'library', 'bom-ref': EVIL + str(i),
                'name': EVIL + str(i), 'version': EVIL,
                'supplier': {'name': EVIL}, **more}
    return json.dumps({
        'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
        'metadata': {'component': part('root', publisher=EVIL)},
        'components': [
            part(1, purl='pkg:npm/lodash@4.17.0'),
            part(2, purl='pkg:npm/' + EVIL),
            part(3, cpe='cpe:2.3:a:' + EVIL),
            part(4, purl='pkg:generic/zlib@1.2.11', version='1.2.11'),
            {**part(5, purl='pkg:maven/org.apache.logging.log4j/log4j-core'
                    '@2.14.1'), 'version': '2.14.1'}],
        'vulnerabilities': [
            {'id': 'CVE-2018-25032', 'affects': [{'ref': EVIL + '4'}],
             'analysis': {'state': 'not_affected', 'detail': EVIL}},
            {'id': EVIL, 'analysis': {'state': 'resolved', 'detail': EVIL},
             'affects': [{'ref': EVIL}]}]})


class Page(html.parser.HTMLParser):
    """What a page holds that it must not: scripts, handlers, addresses that
    a browser would fetch by itself."""
    FETCHED = {'src', 'srcset', 'href', 'xlink:href', 'action', 'data',
               'poster', 'background', 'formaction', 'ping'}
    TAGS = {'script', 'iframe', 'object', 'embed', 'img', 'base', 'form',
            'image', 'use', 'foreignobject', 'audio', 'video', 'input'}

    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in self.TAGS:
            self.found.append(tag)
        for key, value in attrs:
            if key.startswith('on') or \
                    re.match(r'\s*javascript:', value or '', re.I):
                self.found.append(f'{tag} {key}={value}')
            # A link is followed by a reader, not by the page.
            fetched = key in self.FETCHED and tag != 'a'
            if fetched and not (value or '').startswith('#'):
                self.found.append(f'{tag} {key}={value}')
            if 'url(' in (value or ''):
                self.found.append(f'{tag} {key}={value}')

    def handle_data(self, data):
        if 'url(' in data and self.lasttag == 'style' or '@import' in data:
            self.found.append(data[:80])


def pages(home):
    path = os.path.join(e2e.TMP, 'evil.json')
    e2e_write(path, evil_document())
    env = {'ASSAY_HOME': home}
    text = e2e.run('review', '--all', path, env=env)
    e2e.check('a review of evil names ends', text.status in (1, 2),
              text.errors())
    e2e.check('text: no command reaches the terminal',
              not raw_controls(text.out), raw_controls(text.out))
    e2e.equal('text: no line is forged',
              re.findall(rb'(?m)^Verdict: .*$', text.out),
              [b'Verdict: reject'])
    page = e2e.run('review', '--format', 'html', path, env=env)
    found = Page(page.text()).found
    e2e.check('HTML: no script, nothing fetched', not found, found[:5])
    e2e.check('HTML: names are there, escaped',
              b'&lt;script&gt;alert(1)&lt;/script&gt;' in page.out)
    e2e.check('HTML: no control, no mark that turns text',
              not raw_controls(page.out), raw_controls(page.out))
    e2e.check('HTML: a policy forbids what is not there',
              b"default-src 'none'" in page.out)
    r = e2e.run('review', '--format', 'json', path, env=env)
    e2e.check('JSON: names are as they were',
              any(p['name'] == EVIL + '1' for p in r.json()['parts']))
    file_names(env)
    terminal(path, env)


def file_names(env):
    """The name of a file is input, too."""
    path = os.path.join(e2e.TMP, 'a\x1b[2Jb\u202ec\nassay: d.json')
    e2e_write(path, component('a'))
    for words in (['review', path], ['bom', 'validate', path],
                  ['review', path + 'none'], ['bom', 'validate', '--', GATEWAY,
                                              path + 'none']):
        ran = e2e.run(*words, env=env)
        why = raw_controls(ran.out + ran.err)
        forged = re.search(rb'(?m)^assay: d\.json', ran.out + ran.err)
        e2e.check(f'a file of such a name, {" ".join(words[:2])[:12]} '
                  f'{ran.status}', not why and not forged,
                  why or 'a line is forged')
    ran = e2e.run(*['\x1b[2J\u202e'] * 2, env=env)
    e2e.check('a verb of such a name', ran.status == 64 and
              not raw_controls(ran.err), raw_controls(ran.err))


def on_terminal(words, env):
    """What a terminal gets when it is the standard output."""
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(env, TERM='xterm')
        os.execv(e2e.ASSAY, [e2e.ASSAY, *words])
    got = b''
    while True:
        try:
            chunk = os.read(fd, 65536)
        except OSError:
            break
        if not chunk:
            break
        got += chunk
    os.waitpid(pid, 0)
    os.close(fd)
    return got


def terminal(path, env):
    """Colours are ours; all else must be text. JSON says the same in escapes
    when a terminal reads it."""
    got = on_terminal(['review', path], env)
    rest = re.sub(rb'\x1b\[[0-9;]*m', b'', got).replace(b'\r\n', b'\n')
    e2e.check('a terminal gets colours', rest.count(b'\n') > 10 and
              b'\x1b[' in got)
    e2e.check('a terminal gets no command', not raw_controls(rest),
              raw_controls(rest))
    for words in (['review', '--format', 'json', path],
                  ['bom', 'convert', path]):
        got = on_terminal(words, env).replace(b'\r\n', b'\n')
        got = re.sub(rb'(?m)^assay: .*\n', b'', got)
        why = raw_controls(got)
        piped = json.loads(e2e.run(*words, env=env).out)
        e2e.check(f'a terminal gets JSON without commands, {words[0]}',
                  not why and json.loads(got) == piped, why or 'not the same')


# ---- nothing half-written ----------------------------------------------------

def untouched():
    out = os.path.join(e2e.TMP, 'report')
    bad = os.path.join(e2e.TMP, 'bad.json')
    e2e_write(bad, SMALL_JSON[:-3])
    e2e_write(out, 'as it was')
    before = sorted(os.listdir(e2e.TMP))
    for words in (['review'], ['review', '--format', 'html'],
                  ['bom', 'convert'], ['bom', 'diff', GATEWAY],
                  ['review', GATEWAY]):
        ran = e2e.run(*words, bad, '-o', out)
        with open(out, 'rb') as f:
            e2e.check('-o stays as it was, ' + ' '.join(words)[:25].strip(),
                      ran.status == 65 and f.read() == b'as it was' and
                      sorted(os.listdir(e2e.TMP)) == before,
                      f'status {ran.status}, {os.listdir(e2e.TMP)}')
    ran = e2e.run('bom', 'convert', GATEWAY, '-o',
                  os.path.join(e2e.TMP, 'none', 'x'))
    e2e.check('-o into a folder that is not there', ran.status in (66, 74) and
              not ran.out and ran.err.count(b'\n') == 1, f'{ran.status}')


def main():
    depth()
    scrambled()
    defects()
    entities()
    kinds()
    home = os.path.join(e2e.TMP, 'home')
    e2e.run('feeds', 'import', e2e.source('data', 'starter'),
            env={'ASSAY_HOME': home})
    pages(home)
    untouched()


main()
