# SPDX-License-Identifier: Apache-2.0
"""Documents of a size nobody expects: they are read, or refused in one line,
and no process holds more than 1.5 GB. How long it takes is not tested."""

import json
import os

import e2e

LARGE = 250 * 1000 * 1000
MOST_KIB = 1500 * 1000 * 1000 // 1024
BRACES = 10_000_000
HEAD = '{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,'


def write(name, pieces):
    """A file of what pieces yields, built without holding it."""
    path = os.path.join(e2e.TMP, name)
    with open(path, 'w', encoding='utf-8') as f:
        for piece in pieces:
            f.write(piece)
    return path


def components(size):
    """Components as tools write them, until there are `size` bytes."""
    yield HEAD + '"components":[\n'
    n, done, comma = 0, 0, ''
    while done < size:
        batch = []
        for n in range(n, n + 1000):
            name, version = f'part-{n}', f'1.{n % 30}.{n % 7}'
            batch.append(
                f'{comma}{{"type":"library","bom-ref":"r{n}","name":"{name}",'
                f'"version":"{version}","purl":"pkg:npm/{name}@{version}",'
                '"licenses":[{"license":{"id":"MIT"}}],"hashes":[{"alg":'
                f'"SHA-256","content":"{n:064x}"}}],"description":"A part '
                'like any other of its kind, but for its number"}\n')
            comma = ','
        n += 1
        text = ''.join(batch)
        done += len(text)
        yield text
    yield ']}\n'


def held(name, ran):
    """The memory that the largest process of a run held."""
    if e2e.instrumented():
        e2e.skip(f'{name}: memory', 'an instrumented program needs more')
        return
    e2e.check(f'{name}: {ran.max_kib // 1024} MiB at most',
              ran.max_kib <= MOST_KIB)


def ended(name, ran, statuses):
    return e2e.check(f'{name} ends with {ran.status}',
                     ran.status in statuses and bool(ran.out) and not ran.err,
                     f'said: {ran.errors()[:300]}')


def refused(name, ran, says):
    e2e.check(f'{name} is refused',
              ran.status == 65 and not ran.out and
              ran.err.count(b'\n') == 1 and says in ran.errors(),
              f'status {ran.status}: {ran.errors()[:300]}')
    held(name, ran)


def large():
    path = write('large.json', components(LARGE))
    size = f'{os.path.getsize(path) // 1_000_000} MB'
    for verb, statuses in ((['review'], (0, 1, 2)),
                           (['bom', 'validate'], (0,))):
        ran = e2e.run(*verb, path)
        name = f'a document of {size}, {" ".join(verb)}'
        ended(name, ran, statuses)
        held(name, ran)
    os.remove(path)


def braces():
    path = write('braces.json', [HEAD + '"components":[{}'] +
                 [',{}' * (BRACES // 10)] * 10 + [']}'])
    for verb in (['review'], ['bom', 'convert']):
        refused(f'{BRACES} empty components, {" ".join(verb)}',
                e2e.run(*verb, path), 'parts')
    ran = e2e.run('bom', 'validate', path)
    last = ran.text().splitlines()[-1]
    e2e.check(f'{BRACES} empty components are diagnosed, not all listed',
              ran.status == 65 and ran.out.count(b'\n') < 2000 and
              last.endswith('not valid by the rules of CycloneDX 1.6 JSON'),
              f'status {ran.status}, {ran.out.count(10)} lines, {last}')
    held(f'{BRACES} empty components, bom validate', ran)
    os.remove(path)


def many():
    """Much of one thing in one part."""
    part = HEAD + '"components":[{"type":"library","name":'
    text = 'x' * 10_000_000
    path = write('string.json', [part, json.dumps(text), '}]}'])
    for form, most in (('text', 20_000), ('html', 200_000)):
        ran = e2e.run('review', '--format', form, path)
        ended(f'a name of 10 MB, {form},', ran, (2,))
        e2e.check(f'a name of 10 MB is not printed whole, {form}',
                  len(ran.out) < most, f'{len(ran.out)} bytes')
    ran = e2e.run('bom', 'convert', path)
    e2e.check('a name of 10 MB is kept', ran.status == 0 and
              ran.json()['components'][0]['name'] == text, ran.errors())
    properties = [f',{{"name":"n{i}","value":"v"}}' for i in range(1_000_000)]
    path = write('properties.json', [part, '"a","properties":[',
                                     properties[0][1:], *properties[1:],
                                     ']}]}'])
    ran = e2e.run('bom', 'convert', path)
    e2e.check('a million properties are kept', ran.status == 0 and
              len(ran.json()['components'][0]['properties']) == 1_000_000,
              ran.errors()[:300])
    held('a million properties', ran)


def files():
    """More than the ceiling of a file, and what never ends."""
    path = write('hole.json', [])
    os.truncate(path, 3 << 30)
    refused('a file of 3 GB', e2e.run('review', path), 'more than')
    if os.path.exists('/dev/zero'):
        refused('a file without end', e2e.run('review', '/dev/zero'),
                'more than')


large()
braces()
many()
files()
