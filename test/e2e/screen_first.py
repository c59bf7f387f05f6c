# SPDX-License-Identifier: Apache-2.0
"""assay screen, the first questions asked of it, on the US list of the corpus:
which row stands first and why, what is explained away and how that is said,
and that the order of what is found means something."""
import os

import e2e

LISTS = os.path.join(e2e.TMP, 'lists')


def ask(name, *words):
    r = e2e.run('screen', '--as-of', '2026-11-22', '--format', 'json', *words,
                '--', name, env={'ASSAY_HOME': LISTS})
    answer = r.json()
    answer['exit'] = r.status
    return answer


def found(answer):
    return [(h['name'], h['score']) for h in answer['hits'][:3]]


def first_places():
    for name, listed in (
            ('GUANGZHOU HAIGE COMM GRP', 'Haige'),
            ('HAIGE GUANGZHOU', 'Haige'),
            ('CNOOC ENERGY TECH & SRVCES LTD', 'CNOOC'),
            ('Gazprom Bank', 'GAZPROMBANK'),
            ('LUKOIL OIL COMP', 'LUKOIL')):
        a = ask(name, '--list', 'us-csl')
        first = (found(a) or [('nothing', 0)])[0]
        e2e.check(f'{name}: the first row is of {listed}',
                  listed.upper() in first[0].upper(), found(a))


def order():
    """The name as it is listed stands before its sisters and aliases."""
    for name in ('GAZPROMBANK', 'HUAWEI TECHNOLOGIES CO., LTD.'):
        hits = ask(name, '--list', 'us-csl')['hits']
        scores = [h['score'] for h in hits]
        e2e.check(f'{name}: best first, and not all alike',
                  len(hits) > 1 and scores == sorted(scores, reverse=True) and
                  scores[0] > scores[-1], scores[:6])


def explained():
    for words in ((), ('--country', 'US')):
        a = ask('Micron Technology, Inc.', '--list', 'us-csl',
                '--kind', 'organisation', *words)
        near = [h['name'].upper() for h in a['hits']]
        e2e.check(f'Micron Technology {" ".join(words)}: Nedayeh Micron and '
                  'Submicron are no hits, and what is near says why',
                  not any('NEDAYEH' in n or 'SUBMICRON' in n for n in near) and
                  not (words and near) and
                  all(h['why'] for h in a['hits'] + a['apart']), found(a))
    for listed in ('Nedayeh Micron Electronics', 'Research Institute '
                   'Submicron'):
        r = e2e.run('screen', 'compare', '--kind', 'organisation', '--format',
                    'json', 'Micron Technology', listed).json()
        lone = [w for p in r['pairs'] if p['how'] == 'none'
                for w in p['a'] + p['b']]
        e2e.check(f'{listed} is told apart by a part of the name',
                  not r['match'] and lone, (r['score'], lone))


def abroad():
    """A long name with one plain word behind it, in another country, is how a
    listed party would come again; a short one is another's."""
    for name, want in (('Gazprombank Trading', 2),
                       ('Rosoboronexport Services', 2), ('Delta Trading', 0)):
        a = ask(name, '--country', 'US', '--list', 'us-csl')
        e2e.check(f'{name} in the US: exit {want}', a['exit'] == want,
                  (a['exit'], found(a)))


def nobody():
    for name in ('CORP', 'Management Company', 'A-B-C Company', 'QWXZ',
                 'JKPV'):
        a = ask(name, '--list', 'us-csl')
        e2e.check(f'{name} is nobody', not a['hits'] and a['exit'] == 0,
                  found(a))


def by_other_lists():
    for name, lists in (('Quectel', {'us-1260h'}),
                        ('CXMT', {'us-1260h', 'us-5949'})):
        a = ask(name)
        named = {h['list'] for h in a['hits']}
        e2e.check(f'{name}: by {", ".join(sorted(lists))}, not by the CSL',
                  lists <= named and
                  not any(n.startswith('us-csl') for n in named), named)


def red_flags():
    for name, flag in (('Hu\u0430wei Technologies', 'mixed'),
                       ('Hua\u200bwei Technologies', 'invisible')):
        r = e2e.run('screen', 'compare', '--kind', 'organisation', '--format',
                    'json', name, 'Huawei Technologies')
        e2e.check(f'{flag} letters are folded and noted',
                  r.json()['match'] and flag in r.text(), r.text())
    a = ask('\u200b\u2060', '--list', 'us-csl')
    e2e.check('a name of nothing that is seen is not examined',
              not a['examined'] and a['why'] and a['exit'] == 2, a)


WHERE = e2e.corpus('the first questions', 'parties', 'us-csl')
if WHERE:
    R = e2e.run('feeds', 'import', WHERE, env={'ASSAY_HOME': LISTS})
    if e2e.check('the list is imported', R.status == 0, R.err):
        first_places()
        order()
        explained()
        abroad()
        nobody()
        by_other_lists()
        red_flags()
