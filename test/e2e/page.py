# SPDX-License-Identifier: Apache-2.0
"""The page of a review in a real browser: on a telephone and on a desk, in
light and dark, without scripts and on paper. Each check is first shown a page
that it must refuse."""

import json
import os
import sys

import browser
import e2e

with open(e2e.source('test', 'e2e', 'lib', 'page_checks.js'),
          encoding='utf-8') as js:
    CHECKS = js.read()
SCREENS = ((360, 740), (768, 1024), (1400, 800))
PAPER = (690, 1000)     # A4 between its margins, in CSS pixels
AS_OF = ('--as-of', '2026-11-22')
VERDICTS = {'gateway': 'reject', 'clean': 'accept', 'unknown': 'undecided'}
BIG_PARTS = 2000
BIG_BYTES = 6 << 20
LOOKS = ('overflow', 'cut', 'text_contrast', 'shape_contrast')


def ask(tab, name, *args):
    """The faults that a check of page_checks.js sees."""
    return tab.run(f'{CHECKS}.{name}({", ".join(map(json.dumps, args))})')


def write(name, text):
    path = os.path.join(e2e.TMP, name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def page_of(name, document):
    """The path of the page of a review, and its verdict."""
    path = os.path.join(e2e.TMP, name + '.html')
    ran = e2e.run('review', *AS_OF, '--format', 'html', '-o', path, document)
    verdict = {0: 'accept', 1: 'reject', 2: 'undecided'}.get(ran.status)
    if not e2e.check(f'{name}: the page is written', verdict, ran.errors()):
        return None, None
    return path, verdict


def scheme(dark):
    return 'dark' if dark else 'light'


# ---- the checks can fail -----------------------------------------------------

def faults_of(chromium, page, check, **shown):
    with browser.Tab(chromium, page, **shown) as tab:
        if check == 'complaints':
            return tab.complaints()
        if check == 'requests':
            return tab.requests()
        return ask(tab, check, *(['accept'] if check == 'verdict' else []))


WIDE = '<div style="width:2000px">wide</div>'
SCROLLED = f'<div style="overflow-x:auto">{WIDE}</div>'
BROKEN = (
    ('complaints', '<img src="data:image/png;base64,AA==" alt="">', {}),
    ('requests', '<img src="http://127.0.0.1:9/a.png" alt="">', {}),
    ('overflow', WIDE, {}),
    ('cut', SCROLLED, {}),
    ('verdict', '<div style="height:2000px"></div>', {}),
    ('text_contrast', '<p style="color:#888">faint</p>', {}),
    ('text_contrast', '<p style="color:#666">faint</p>', {'dark': True}),
    ('text_contrast', '<p style="opacity:.5">faint</p>', {}),
    ('text_contrast', '<svg><text y="9" style="fill:#999">x</text></svg>', {}),
    ('shape_contrast', '<span class="dot" style="background:#ddd"></span>', {}),
    ('shape_contrast', '<svg><rect width="9" height="9" fill="#ddd"/></svg>',
     {}),
    ('labels', '<svg role="img"><rect width="9" height="9"/></svg>', {}),
    ('headings', '<h2>a</h2><h4>b</h4>', {}),
    ('headings', '<h1>another</h1>', {}),
    ('links', '<a href="#nowhere">a</a>', {}),
    ('links', '<a href="https://example.com/">a</a>', {}),
    ('links', '<b id="why"></b>', {}),
    ('hidden', '<style>@media print { .head { display: none } }</style>',
     {'media': 'print'}),
    ('hidden', '<details style="display:block"><summary>a</summary><p hidden>b'
     '</p></details>', {'media': 'print'}),
)


def can_fail(chromium, page):
    with open(page, encoding='utf-8') as f:
        good = f.read()
    missed = []
    for i, (check, added, shown) in enumerate(BROKEN):
        bad = good.replace('<main>', '<main>' + added, 1)
        if check == 'requests':
            bad = bad.replace('http-equiv="Content-Security-Policy"', '')
        path = write(f'broken{i}.html', bad)
        if faults_of(chromium, page, check, **shown):
            missed.append(f'{check} refuses what is good')
        if not faults_of(chromium, path, check, **shown):
            missed.append(f'{check} passes {added}')
    e2e.check(f'{len(BROKEN)} broken pages are each found out', not missed,
              missed)
    script = good.replace('http-equiv="Content-Security-Policy"', '').replace(
        '</main>', '</main><script>document.body.append("later")</script>')
    path = write('script.html', script)
    e2e.check('what only a script writes is found out',
              text_of(chromium, path, True) != text_of(chromium, path, False))


# ---- a page ------------------------------------------------------------------

def text_of(chromium, page, scripts):
    with browser.Tab(chromium, page, scripts=scripts) as tab:
        return tab.run('document.body.innerText')


def on_screen(chromium, name, page, verdict):
    """Folded and unfolded, at each size, in both schemes."""
    for dark in (False, True):
        for width, height in SCREENS:
            with browser.Tab(chromium, page, width=width, height=height,
                             dark=dark) as tab:
                faults = ask(tab, 'verdict', verdict)
                for look in LOOKS + ('unfold',) + LOOKS:
                    faults += [f'{look} {f}' for f in ask(tab, look)]
                faults += tab.complaints() + tab.requests()
            e2e.check(f'{name}: {width} pixels, {scheme(dark)}', not faults,
                      faults[:5])


def whole(chromium, name, page):
    """What does not hang on the size."""
    with browser.Tab(chromium, page) as tab:
        for check in ('labels', 'headings', 'links'):
            faults = ask(tab, check)
            e2e.check(f'{name}: {check}', not faults, faults[:5])
    with_scripts, without = (text_of(chromium, page, s) for s in (True, False))
    e2e.check(f'{name}: the same without scripts',
              with_scripts == without and 'Verdict: ' in without)


def on_paper(chromium, name, page):
    """All of it, in dark colours on white, whatever the scheme."""
    for dark in (False, True):
        width, height = PAPER
        with browser.Tab(chromium, page, width=width, height=height, dark=dark,
                         media='print') as tab:
            faults = [f'{look} {f}' for look in LOOKS + ('hidden',)
                      for f in ask(tab, look)]
            ground = tab.run('getComputedStyle(document.body).backgroundColor')
        if ground != 'rgb(255, 255, 255)':
            faults.append(f'the ground is {ground}')
        e2e.check(f'{name}: on paper, {scheme(dark)} scheme', not faults,
                  faults[:5])


def examples(chromium):
    for name, want in VERDICTS.items():
        page, verdict = page_of(name, e2e.source('examples',
                                                 name + '.cdx.json'))
        if page is None:
            continue
        e2e.equal(f'{name}: verdict', verdict, want)
        on_screen(chromium, name, page, verdict)
        whole(chromium, name, page)
        on_paper(chromium, name, page)
        if name == 'clean':
            can_fail(chromium, page)


# ---- what strangers write ----------------------------------------------------

HASH = '0123456789abcdef' * 4
NAMES = ('W' * 300, HASH * 3, 'שם רכיב בעברית עם טקסט ארוך',
         'مكتبة التشفير الآمنة 2.0', '安全库组件名称很长' * 12,
         'e\u0301\u0302\u0303' * 60, '<b>bold</b> & "quoted"')
MADE_UP = 'CVE-2020-0001'
# A flaw of many names and long words, as a feed may have it.
RECORD = {
    'schema_version': '1.6.0', 'id': 'GHSA-2222-3333-4444',
    'modified': '2026-01-01T00:00:00Z', 'summary': NAMES[2] + 'z' * 900,
    'aliases': [f'OTHER-{i}-{HASH}' for i in range(200)],
    'affected': [{
        'package': {'ecosystem': 'npm', 'name': 'strange'}, 'ranges': [{
            'type': 'SEMVER', 'events': [{'introduced': '0'},
                                         {'fixed': '2.0.0-' + HASH}]}]}]}


def strange():
    """A document of names nobody expects, in a tree nobody draws."""
    parts = [{'type': 'library', 'name': n, 'bom-ref': f'r{i}',
              'version': HASH + f'-{i}', 'purl':
              'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1'}
             for i, n in enumerate(NAMES)]
    parts.append({'type': 'library', 'name': 'strange', 'version': '1.0.0',
                  'bom-ref': 'strange', 'purl': 'pkg:npm/strange@1.0.0'})
    deep = {'type': 'library', 'name': 'leaf'}
    for i in range(40):
        deep = {'type': 'device', 'name': f'level {i} of a deep product',
                'components': [deep]}
    root = {'type': 'device', 'name': NAMES[2] + 'W' * 300, 'version': HASH * 2,
            'supplier': {'name': NAMES[3]}}
    return {
        'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
        'metadata': {'component': root}, 'components': parts + [deep],
        'vulnerabilities': [
            {'id': MADE_UP, 'description': NAMES[2] + 'x' * 400,
             'affects': [{'ref': p['bom-ref']} for p in parts],
             'analysis': {'state': 'in_triage', 'detail': 'y' * 400}},
            {'id': 'X' * 300, 'affects': [{'ref': 'none'}]}]}


def strangers(chromium):
    ran = e2e.run('feeds', 'import', write('strange.json', json.dumps(RECORD)))
    e2e.check('a record of strange names is imported', ran.status == 0,
              ran.errors())
    path = write('strange.cdx.json', json.dumps(strange()))
    page, verdict = page_of('strange names', path)
    if page:
        with open(page, encoding='utf-8') as f:
            e2e.check('strange names: the page says how many it leaves out',
                      ' and 170 more in the JSON report' in f.read())
        on_screen(chromium, 'strange names', page, verdict)
        whole(chromium, 'strange names', page)
        on_paper(chromium, 'strange names', page)


def big(chromium):
    """Many parts: the page stays one that opens at once, and says what it
    leaves out."""
    made = e2e.run(e2e.source('tools', 'make-bom.py'), BIG_PARTS,
                   program=sys.executable)
    path = write('big.cdx.json', made.text())
    page, verdict = page_of('big', path)
    if page is None:
        return
    size = os.path.getsize(page)
    e2e.check(f'{BIG_PARTS} parts: the page is small', size < BIG_BYTES,
              f'{size} bytes')
    with browser.Tab(chromium, page, width=360, height=740) as tab:
        faults = ask(tab, 'verdict', verdict) + ask(tab, 'overflow')
        lines = tab.run("[...document.querySelectorAll('.line, .tree li')]"
                        ".filter(e => e.checkVisibility()).length")
    e2e.check(f'{BIG_PARTS} parts: fits a telephone', not faults, faults[:3])
    e2e.check(f'{BIG_PARTS} parts: what is long is folded', lines <= 200,
              f'{lines} lines')
    whole(chromium, f'{BIG_PARTS} parts', page)


def main():
    if browser.program() is None:
        e2e.skip('the page in a browser', 'no chromium')
        return
    ran = e2e.run('feeds', 'import', e2e.source('data', 'starter'))
    e2e.check('the starter knowledge is imported', ran.status == 0,
              ran.errors())
    with browser.Browser(e2e.TMP) as chromium:
        try:
            chromium.call('Browser.getVersion')
        except browser.Failed as e:
            e2e.skip('the page in a browser', f'chromium does not start: {e}')
            return
        examples(chromium)
        strangers(chromium)
        big(chromium)


main()
