# SPDX-License-Identifier: Apache-2.0
"""Who stands behind a product: makers, suppliers, foundries of its tree against
the lists, in every form of the report; decisions; and no noise from the makers
of software, counted over the documents of the corpus."""

import collections
import json
import os

import e2e
import schema

TODAY = ['--as-of', '2026-11-22']
HOME = os.path.join(e2e.TMP, 'home')
LISTS = os.path.join(e2e.TMP, 'lists')
with open(e2e.source('doc', 'schema', 'review-1.schema.json'),
          encoding='utf-8') as f:
    SCHEMA = json.load(f)


def product(name, *components):
    path = os.path.join(e2e.TMP, name + '.cdx.json')
    with open(path, 'w', encoding='utf-8') as out:
        json.dump({'bomFormat': 'CycloneDX', 'specVersion': '1.6',
                   'version': 1, 'metadata': {'component': {
                       'type': 'device', 'name': 'Gateway', 'version': '1',
                       'bom-ref': 'root'}},
                   'components': list(components)}, out, ensure_ascii=False)
    return path


def part(ref, *inside, **more):
    return {'type': 'device', 'name': ref, 'bom-ref': ref, 'version': '1',
            **({'components': list(inside)} if inside else {}), **more}


def by(name):
    return {'manufacturer': {'name': name}}


def review(path, *words, form='json', home=HOME):
    r = e2e.run('review', *TODAY, '--format', form, *words, path,
                env={'ASSAY_HOME': home})
    return r.json() if form == 'json' else r.text()


def parties(out, status=None):
    return [f for f in out['findings'] if f['kind'] == 'party' and
            status in (None, f['status'])]


def answer(out):
    return next(a for a in out['answers'] if a['question'] == 'parties')


OWN = '''schema: assay-parties/1
list: own-list
title: A list of our own
edition: 2026-01-01
complete: true
parties:
  - {id: a, name: "Example Listed Semiconductor Co., Ltd.",
     kind: organisation, countries: [CN]}
  - {id: b, name: "Zweite Gelistete Firma GmbH", kind: organisation,
     countries: [DE]}
  - {id: c, name: "Max Musterfrau", kind: person}
'''


def listed():
    path = os.path.join(e2e.TMP, 'own.yaml')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(OWN)
    e2e.run('feeds', 'import', path, env={'ASSAY_HOME': HOME})
    path = product('listed', part('board', part(
        'modem', **by('Example Listed Semiconductor')), **by('Nordwerk')),
        part('camera', supplier={'name': 'Zweite Gelistete Firma GmbH'}),
        part('radio', **by('Example Listed Semiconductor')),
        part('library', author='Max Musterfrau'))
    out = review(path)
    faults = schema.faults(out, SCHEMA, SCHEMA)
    e2e.check('it keeps the schema', not faults, faults[:3])
    found = {f['advisory']: f for f in parties(out, 'open')}
    e2e.check('two parties are named by the list', set(found) == {
        'own-list:a', 'own-list:b'}, list(found))
    f = found['own-list:a']
    e2e.check('with the path to the first part, and how many there are',
              f['where'] == 'Gateway > board > modem' and
              f['part'] == 'modem' and '1 more part' in f['title'],
              (f['where'], f['title']))
    e2e.check("an author's name alone is a candidate", [
        f['advisory'] for f in parties(out, 'candidate')] == ['own-list:c'],
        parties(out, 'candidate'))
    e2e.check('the third question is asked and undecided',
              answer(out)['asked'] and
              answer(out)['verdict'] == 'undecided', answer(out))
    met = {m['name']: m for m in out['parties']['met']}
    e2e.equal('which parts have it, in which role', sorted(
        (p['part'], p['role']) for p in
        met['Example Listed Semiconductor']['parts']),
        [('modem', 'maker'), ('radio', 'maker')])
    text = review(path, form='text')
    page = review(path, form='html')
    e2e.check('the text says so', '4 names' in text and
              'Gateway > board > modem' in text)
    e2e.check('the page says so', 'Gateway &gt; board &gt; modem' in page)
    e2e.check('the same again', review(path) == out)


def harmless():
    names = ['The Apache Software Foundation', 'Microsoft Corporation',
             'Google LLC', 'Red Hat, Inc.', 'Free Software Foundation',
             'Eclipse Foundation', 'npm, Inc.', 'Python Software Foundation',
             'Siemens AG', 'Intel', 'NXP', 'ACME', 'OpenSSL', 'Debian',
             'Canonical Ltd', 'Mozilla Foundation', 'Nordwerk Automation']
    out = review(product('harmless', *(part(f'p{i}', publisher=n)
                                       for i, n in enumerate(names))))
    e2e.check('makers of software are none', not parties(out) and
              not answer(out)['asked'], parties(out)[:1])
    e2e.equal('all were held against the lists', out['parties']['names'],
              len(names))
    out = review(product('nobody', part('p')))
    e2e.check('a product that names nobody', 'parties' not in out)
    out = review(product('odd', part('p', **by('...'))))
    e2e.check('a name that cannot be read is not examined',
              [m['examined'] for m in out['parties']['met']] == [False], out[
                  'parties'])


def rules_see():
    path = product('rules', part('chip', **by('Micron Technology, Inc.')))
    asked = ['--buyer-role', 'cii-operator-cn', '--act', 'buy']
    out = review(path, *asked)
    hits = {f['id'].split('@')[0]: f['status'] for f in out['findings']
            if f['kind'] == 'rule'}
    e2e.check('the rule on Micron binds an operator in China',
              hits.get('cn-cac-micron') == 'open', hits)
    e2e.check('and is no list of parties', not parties(out, 'open'))


def dismissed():
    path = product('dismissed', part('p', **by('Example Listed '
                                               'Semiconductor')))
    e2e.check('a hit to dismiss', len(parties(review(path), 'open')) == 1)
    e2e.run('screen', 'decide', *TODAY, 'Example Listed Semiconductor',
            'own-list', 'a', '--not-same', '--because', 'a namesake in Peru',
            env={'ASSAY_HOME': HOME})
    out = review(path)
    e2e.check('a decision explains it away', not parties(out, 'open') and
              [f['status_reason'] for f in parties(out, 'not_affected')] ==
              ['a namesake in Peru'], parties(out))


def corpus():
    base = os.path.join(e2e.CORPUS, 'parties')
    e2e.run('feeds', 'import', os.path.join(base, 'us-csl'),
            os.path.join(base, 'un-consolidated'), env={'ASSAY_HOME': LISTS})
    docs, names = 0, 0
    seen = collections.defaultdict(set)
    for group in ('bom-examples', 'cyclonedx'):
        top = os.path.join(e2e.CORPUS, 'conformance', group)
        for folder, _, files in os.walk(top):
            for name in sorted(files):
                if not name.endswith(('.json', '.xml')):
                    continue
                r = e2e.run('review', *TODAY, '--format', 'json',
                            os.path.join(folder, name),
                            env={'ASSAY_HOME': LISTS})
                if r.status > 2:
                    continue
                out = r.json()
                docs += 1
                names += out.get('parties', {}).get('names', 0)
                for f in parties(out):
                    seen[f['status']].add(f['id'])
    e2e.check(f'{docs} documents, {names} names: no listed party, '
              f'{len(seen["candidate"])} that may be one',
              docs > 600 and not seen['open'] and
              len(seen['candidate']) <= 8, dict(seen))


# Makers of parts that most products have; none of them is on the US list.
SOLD = '''Siemens AG; Samsung Electronics; Samsung; Intel; Texas Instruments;
Bosch; Foxconn; Qualcomm; MediaTek; Realtek; Rockchip; Allwinner Technology;
Espressif Systems; Winbond; Nanya Technology; SK hynix; Kioxia; Western Digital;
Kingston; Kingston Technology; Toshiba; Renesas; Infineon; STMicroelectronics;
NXP; Broadcom; NVIDIA; AMD; Lattice; Microchip Technology; Analog Devices;
onsemi; Murata; TDK; Vishay; Yageo; Delta Electronics; Lite-On; Wistron; Quanta;
Compal; Pegatron; Inventec; Lenovo; Dell; HP; Cisco; Juniper; Ericsson; Nokia;
TP-Link; Netgear; Ubiquiti; MikroTik; Asus; Acer; Gigabyte; Fibocom; Telit;
Sierra Wireless; u-blox; GigaDevice; OmniVision; GlobalFoundries; TSMC; UMC;
Tower Semiconductor; Micron Technology; Crucial; Sony; Panasonic; Fujitsu;
Hitachi; NEC; Omron; Rohm; Nichia; Epson; Canon; Sharp; Maxim; Marvell'''


def sold():
    makers = [' '.join(m.split()) for m in SOLD.split(';')]
    path = product('sold', *[part(f'p{i}', **by(m))
                             for i, m in enumerate(makers)])
    out = review(path, home=LISTS)
    open_ = [f['title'] for f in parties(out, 'open')]
    perhaps = [f['title'] for f in parties(out, 'candidate')]
    # A listed firm in Iran calls itself Delta Electronic.
    open_ = [t for t in open_ if 'General Electronic' not in t]
    e2e.check(f'{len(makers)} makers whom everybody buys from: {len(open_)} '
              f'beside one of the very name are listed, {len(perhaps)} may be',
              len(makers) > 80 and len(open_) <= 1 and len(perhaps) <= 20,
              (open_, perhaps))


def main():
    listed()
    harmless()
    rules_see()
    dismissed()
    if e2e.CORPUS and os.path.isdir(os.path.join(e2e.CORPUS, 'parties',
                                                 'us-csl')):
        corpus()
        sold()
    else:
        e2e.skip('makers in the documents of the corpus', 'no corpus')


main()
