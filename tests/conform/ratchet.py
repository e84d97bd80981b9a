#!/usr/bin/env python3
"""Runs one check of conform.py and holds its figures against the highest that were reached before: they may only rise.

  ratchet.py FLOORS NAME CONFORM.py ARGUMENTS...      FLOORS: lines of "NAME FIGURE VALUE"

Exit status 1 where the check fails, a figure is lower than its floor, or one that has a floor is no longer told. A higher one
is named; RINGSIDE_UPDATE_FLOORS=1 in the environment writes it into FLOORS.
"""
import os
import re
import subprocess
import sys

RATIO = re.compile(r'\b(coverage|recall|precision) (\d+(?:\.\d+)?)')
PART = re.compile(r'\b(\d+) of (\d+) (fields equal|entries compared)')
AGREE = re.compile(r'fields, (\d+(?:\.\d+)?) agree')


def figures(name, output):
    """What conform.py tells of a check: figure -> value, from the line of that name or, without one, from all of it."""
    lines = [line for line in output.splitlines() if line.strip().startswith(name + ':')]
    text = lines[-1] if lines else output
    found = {figure: float(value) for figure, value in RATIO.findall(text)}
    for part, whole, what in PART.findall(text):
        found[what.split()[0]] = int(part) / int(whole) if int(whole) else 0.0
    for value in AGREE.findall(text):
        found['agree'] = float(value)
    return found


def read(text):
    floors = {}
    for row in text.splitlines():
        if row.strip() and not row.startswith('#'):
            name, figure, value = row.split()
            floors[name, figure] = float(value)
    return floors


def judge(name, found, floors):
    """(sentences about what fell, sentences about what rose)"""
    fell, rose = [], []
    for (owner, figure), floor in sorted(floors.items()):
        if owner != name:
            continue
        if figure not in found:
            fell.append(f'{name}: {figure} is no longer told (it was {floor:.5f})')
        elif found[figure] < floor - 5e-6:
            fell.append(f'{name}: {figure} fell to {found[figure]:.5f} from {floor:.5f}')
    for figure, value in sorted(found.items()):
        floor = floors.get((name, figure))
        if floor is None or value > floor + 5e-6:
            rose.append(f'{name}: {figure} is {value:.5f}' + ('' if floor is None else f', higher than {floor:.5f}'))
    return fell, rose


def main(path, name, command):
    done = subprocess.run([sys.executable, *command], stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, end='')
    with open(path, encoding='utf-8') as file:
        text = file.read()
    found, floors = figures(name, done.stdout), read(text)
    fell, rose = judge(name, found, floors)
    for row in fell + rose:
        print(row)
    if rose and os.environ.get('RINGSIDE_UPDATE_FLOORS'):
        for figure, value in found.items():
            floors[name, figure] = max(value, floors.get((name, figure), 0.0))
        head = [row for row in text.splitlines() if row.startswith('#')]
        with open(path, 'w', encoding='utf-8') as out:
            out.write('\n'.join(head + [f'{n} {f} {v:.5f}' for (n, f), v in sorted(floors.items())]) + '\n')
    elif rose:
        print(f'RINGSIDE_UPDATE_FLOORS=1 keeps that in {path}')
    return 1 if fell or done.returncode != 0 else 0


if __name__ == '__main__':
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
