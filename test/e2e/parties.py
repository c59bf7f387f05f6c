# SPDX-License-Identifier: Apache-2.0
"""Who stands behind a product, over the real program: names of the tree against
the lists, with the rules that ask for them, through time."""

import json
import os

import e2e

HOME = {'ASSAY_HOME': os.path.join(e2e.TMP, 'home')}


def part(name, maker=None, foundry=None, kind='device',
         category='semiconductor'):
    c = {'type': kind, 'bom-ref': name, 'name': name, 'properties': [
        {'name': 'assay:category', 'value': category}] if category else []}
    if maker:
        c['manufacturer'] = {'name': maker}
    if foundry:
        c['properties'].append({'name': 'assay:foundry', 'value': foundry})
    return c


def product(*parts):
    path = os.path.join(e2e.TMP, 'product.cdx.json')
    with open(path, 'w', encoding='utf-8') as out:
        json.dump({'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
                   'metadata': {'component': part('Switch', 'Nordwerk')},
                   'components': list(parts)}, out)
    return path


def review(path, *words):
    r = e2e.run('review', '--format', 'json', *words, path, env=HOME)
    return r.json() if r.status in (0, 1, 2) else {
        'findings': [], 'rules': [], 'answers': [], 'error': r.errors()}


def matches(out, rule):
    return next((r['matches'] for r in out['rules'] if r['rule'] == rule), None)


def answer(out, question):
    return next((a['verdict'] for a in out['answers']
                 if a['question'] == question), None)


def findings(out, kind):
    return [f for f in out['findings'] if f['kind'] == kind]


CONTRACTOR = ('--buyer-role', 'us-federal-contractor', '--act', 'buy')


def foundries():
    for name in ('Semiconductor Manufacturing International (Shenzhen) '
                 'Corporation', 'SMIC Beijing', '中芯国际集成电路制造有限公司',
                 'Yangtze Memory Technologies Co., Ltd.',
                 'ChangXin Memory Technologies', '长鑫存储'):
        path = product(part('MCU', 'GigaDevice', name))
        after = review(path, *CONTRACTOR, '--as-of', '2028-01-01')
        before = review(path, *CONTRACTOR, '--as-of', '2027-01-01')
        e2e.equal(f'5949 after its day: foundry {name}',
                  (matches(after, 'us-5949-a'), after['verdict']),
                  ('yes', 'reject'))
        hits = [f for f in findings(after, 'rule')
                if f.get('rule') == 'us-5949-a']
        e2e.check(f'... with the part: {name}',
                  [f['part'] for f in hits] == ['MCU'] or
                  [f['path'] for f in hits] == ['Switch > MCU'], hits)
        e2e.check(f'... not before it: {name}', not [
            f for f in findings(before, 'rule')
            if f.get('rule') == 'us-5949-a' and f['status'] == 'open'])
    path = product(part('MCU', 'NXP', 'Taiwan Semiconductor Manufacturing '
                        'Company'))
    e2e.check('5949: another foundry', matches(review(
        path, *CONTRACTOR, '--as-of', '2028-01-01'), 'us-5949-a') != 'yes')


def silent():
    """Parts that say nothing of what they are: who made them says enough."""
    later = ('--as-of', '2028-01-01')
    for name, p in (
            ('its maker makes nothing else', part(
                'D9', 'ChangXin Memory Technologies', category=None)),
            ('it has a foundry', part('U7', 'GigaDevice', 'SMIC Beijing',
                                      category=None))):
        out = review(product(p), *CONTRACTOR, *later)
        hits = [f for f in findings(out, 'rule')
                if f.get('rule') == 'us-5949-a']
        e2e.check(f'5949: {name}', len(hits) == 1 and
                  hits[0]['status'] == 'open' and not hits[0]['missing'], hits)
        e2e.check(f'... each name once: {name}',
                  hits and hits[0]['status_reason'].count('is of the') == 1,
                  hits)
    p = product(part('S1', 'SMIC', kind='library', category=None))
    e2e.check('5949: software is no chip', matches(review(
        p, *CONTRACTOR, *later), 'us-5949-a') != 'yes')
    p = product(part('D9', 'CXMT'))
    out = review(p, *CONTRACTOR, *later, '--bought', '2027-01-01')
    e2e.check('5949: it was bought before', matches(
        out, 'us-5949-a') != 'yes' or not [
            f for f in findings(out, 'rule')
            if f.get('rule') == 'us-5949-a' and f['status'] == 'open'])


def explained():
    path = product(part('D9', 'CXMT', category=None), part('U8', 'NXP'))
    words = (*CONTRACTOR, '--as-of', '2028-01-01', '--in', path)
    r = e2e.run('explain', 'us-5949-a@D9', *words, env=HOME)
    e2e.check('a rule is explained, without any knowledge base',
              r.status == 0 and all(
                  t in r.out.decode() for t in (
                      'binds      yes', 'hits       yes', 'family cxmt',
                      'names at this part', 'maker "CXMT"')), r.out)
    r = e2e.run('explain', 'us-5949-a', 'U8', *words, '--format', 'json',
                env=HOME)
    out = r.json()
    e2e.check('... and why not', out['rule']['matches'] == 'yes' and
              'finding' not in out and
              [p['matches'] for p in out['parties']] == [[]] * len(
                  out['parties']), out)


def asked():
    """Each missing fact once, by who could say it."""
    path = product(part('U8', 'NXP'), part('U9', 'NXP'))
    out = review(path, *CONTRACTOR, '--use', 'critical-system', '--as-of',
                 '2028-01-01')
    foundry = [q for q in out['requests'] if q['fact'] == 'part.foundry']
    e2e.equal('what to ask of whom', [
        (q['ask'], q['whom'], q['part'], q['rules']) for q in foundry
        if q['part'] != 'Switch'], [
            ('its maker', 'NXP', u, ['us-5949-a', 'us-5949-b'])
            for u in ('U8', 'U9')])
    r = e2e.run('review', *CONTRACTOR, '--as-of', '2028-01-01', path, env=HOME)
    e2e.check('... in the text', b'its maker: NXP\n    foundry of Switch > U8 '
              b'(us-5949-a' in r.out, r.out[-3000:])


def micron():
    path = product(part('DRAM', 'Micron Technology, Inc.'))
    operator = ('--buyer-role', 'cii-operator-cn', '--act', 'buy')
    out = review(path, *operator, '--as-of', '2024-01-01')
    e2e.equal('Micron: an operator in China after the decision',
              (matches(out, 'cn-cac-micron'), out['verdict']),
              ('yes', 'reject'))
    out = review(path, *operator, '--as-of', '2023-05-20')
    e2e.check('Micron: the day before', not [
        f for f in findings(out, 'rule') if f.get('rule') == 'cn-cac-micron' and
        f['status'] == 'open'])
    out = review(path, *CONTRACTOR, '--as-of', '2024-01-01')
    e2e.check('Micron: another buyer', not [
        f for f in out['findings'] if f.get('rule') == 'cn-cac-micron' and
        f['status'] == 'open'])
    e2e.equal('Micron is on no list of its own', findings(out, 'party'), [])
    path = product(part('SSD', 'Crucial'))
    e2e.equal('a brand of its family', matches(review(
        path, *operator, '--as-of', '2024-01-01'), 'cn-cac-micron'), 'yes')


def military_companies():
    path = product(part('NAND', 'Yangtze Memory Technologies Co., Ltd.'))
    for day, want in (('2025-06-01', 'yes'), ('2026-03-01', None),
                      ('2026-07-01', 'yes')):
        got = matches(review(path, '--buyer-role', 'us-dod', '--act', 'buy',
                             '--as-of', day), 'us-1260h-named')
        e2e.check(f'YMTC on the 1260H list, {day}',
                  got == want if want else got != 'yes', got)


def listed():
    corpus = e2e.corpus('lists of parties', 'parties')
    if not corpus:
        return
    path = product(part('MCU', 'GigaDevice', 'SMIC Beijing'),
                   part('DRAM', 'Micron Technology, Inc.'),
                   part('web', 'The Apache Software Foundation',
                        kind='library'))
    before = review(path, '--as-of', '2026-11-01')
    e2e.run('feeds', 'import', os.path.join(corpus, 'us-csl'), env=HOME)
    after = review(path, '--as-of', '2026-11-01')
    e2e.equal('statutory lists are left to their rules',
              findings(before, 'party'), [])
    open_ = [f for f in findings(after, 'party') if f['status'] == 'open']
    e2e.check('the Entity List names the foundry, and nobody else is on a list',
              open_ and all(f['part'] == 'MCU' or f.get('path') ==
                            'Switch > MCU' for f in open_), open_)
    e2e.equal('... and makes the answer undecided', answer(after, 'parties'),
              'undecided')
    path = product(part('MCU', 'GigaDevice', '长江存储科技有限责任公司'),
                   part('DRAM', 'Micron Technology'))
    found = findings(review(path, '--as-of', '2026-11-01'), 'party')
    e2e.check('a name in Han meets a list in Latin letters',
              [(f['part_name'], f['status']) for f in found
               if f['advisory'].startswith('us-csl/EL')] ==
              [('MCU', 'open')], found)
    e2e.check('... and whoever resembles a company everybody knows is another',
              not [f for f in found if f['part_name'] == 'DRAM'], found)
    r = e2e.run('licence', '--item', 'EAR99', '--to', 'CN', '--party',
                'Huawei Technologies Co Ltd', '--format', 'json', env=HOME)
    e2e.equal('a licence question knows the listed party', r.status, 1)
    r = e2e.run('licence', '--item', 'EAR99', '--to', 'DE', '--party',
                'Siemens AG', env=HOME)
    e2e.check('a party without a hit is not cleared: owners are asked for',
              r.status == 2 and b'owner' in r.out, r.out[:300])


def main():
    foundries()
    silent()
    explained()
    asked()
    micron()
    military_companies()
    listed()


main()
