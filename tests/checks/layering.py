#!/usr/bin/env python3
"""Holds every #include against the order of the rooms: app -> views -> lessons -> engine, capture -> engine.

  layering.py ROOT      one line a breach (file:line: what, why); exit status 1 where there is one

The link dependencies enforce the order of the libraries; this enforces the order of the rooms inside the engine, and that
each library keeps to the libraries it was given.
"""
import os
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
STANDARD = re.compile(r'^[a-z][a-z0-9_]*$')
QT = re.compile(r'^(Qt[A-Z]?\w*/)?Q[A-Za-z0-9]*$|^q[a-z]+\.h$')

# What reads or writes the outside world. The engine is a function of its input.
INPUT_OUTPUT = {'filesystem', 'fstream', 'iostream', 'syncstream', 'thread', 'mutex', 'condition_variable',
                'future', 'chrono', 'random', 'unordered_map', 'unordered_set'}
CALLS = re.compile(r'(?<![\w.>])(?:std::)?(fopen|freopen|fread|fwrite|fprintf|printf|puts|fputs|scanf|getenv|system)\s*\(')
WHY = {'unordered_map': 'its order differs between libraries', 'unordered_set': 'its order differs between libraries',
       'random': 'its distributions differ between libraries', 'chrono': 'model time is not wall time'}
# Who may for a reason of its own.
EXCEPTIONS = {
    ('engine/core/types.cpp', 'fprintf'): 'an assertion says what failed before it ends the program',
}

NOUNS = ('engine/core/', 'engine/protocol/', 'engine/world/')
# The headers of engine/linux itself (functions.h, the table, what stages are written with), not those of its rooms.
KERNEL = 'engine/linux/*'
READING = NOUNS + ('engine/history/', 'engine/scenario/', KERNEL)

# room: what a file of it may include of the project. The longest matching room counts.
ROOMS = {
    'engine/core/': ('engine/core/',),
    'engine/protocol/': ('engine/core/', 'engine/protocol/'),
    'engine/world/': NOUNS,
    'engine/hardware/': NOUNS + ('engine/hardware/', KERNEL),
    # A driver writes to a register of its card, and a scenario puts the first arrival on the wire.
    # Headers of its rooms hold what the kernel's own headers hold inline; a function of the table stands in a source and is called by its id.
    'engine/linux/': NOUNS + ('engine/hardware/', 'engine/linux/'),
    'engine/step/': NOUNS + ('engine/hardware/', 'engine/step/', KERNEL),
    # history begins at a scenario's Start and lets the learner put a frame on the wire
    'engine/history/': NOUNS + ('engine/step/', 'engine/hardware/', 'engine/scenario/', 'engine/history/', KERNEL),
    'engine/scenario/': NOUNS + ('engine/hardware/', 'engine/scenario/', KERNEL),
    # A capture is replayed as a scenario, and what a run's wire carried is written as one.
    'engine/capture/': NOUNS + ('engine/scenario/', 'engine/capture/'),
    'lessons/': READING + ('lessons/',),
    'views/': READING + ('engine/capture/', 'lessons/', 'views/'),
    'views/session/': ('engine/', 'lessons/', 'views/'),
    'app/': ('engine/', 'lessons/', 'views/', 'app/'),
}
LIBRARIES = {
    'engine/': (),
    'engine/capture/': ('pcap.h', 'pcap/', 'sys/', 'unistd.h', 'fcntl.h', 'zlib.h', 'zstd.h'),
    'lessons/': ('yaml-cpp/', 'muParser', 'nlohmann/', 'fmt/'),
    'views/': ('fmt/', 'nlohmann/', 'sys/', 'unistd.h'),
    'app/': ('fmt/', 'nlohmann/', 'CLI/', 'sys/', 'unistd.h', 'fcntl.h', 'signal.h'),
}
WITH_QT = ('views/', 'app/')


def longest(table, path):
    names = [name for name in table if path.startswith(name)]
    return table[max(names, key=len)] if names else None


def allowed(target, patterns):
    for pattern in patterns:
        if pattern.endswith('/*'):
            if os.path.dirname(target) == pattern[:-2]:
                return True
        elif target.startswith(pattern):
            return True
    return False


def own_header(path, target):
    return os.path.splitext(path)[0] == os.path.splitext(target)[0]


def pure(path):
    return path.startswith('engine/') and not path.startswith('engine/capture/')


def quoted(root, path, target):
    if target.endswith('.moc') or target.startswith('ui_'):
        return None
    if target.endswith('.cpp'):
        return 'a source is compiled, never included'
    if not os.path.isfile(os.path.join(root, target)):
        return 'no such file; includes are written from the root of the repository'
    rooms = longest(ROOMS, path)
    if rooms is None or own_header(path, target) or allowed(target, rooms):
        return None
    return 'this room may include ' + ' '.join(rooms)


def angled(path, target):
    libraries = longest(LIBRARIES, path)
    if libraries is None or any(target.startswith(name) for name in libraries):
        return None
    if QT.match(target):
        return None if path.startswith(WITH_QT) else 'no Qt below the views'
    if not STANDARD.match(target):
        return 'this library was not given to this room'
    if pure(path) and target in INPUT_OUTPUT:
        return 'the engine does without: ' + WHY.get(target, 'no input or output, no threads')
    return None


def breaches(root):
    for top in ('engine', 'lessons', 'views', 'app'):
        for folder, folders, files in os.walk(os.path.join(root, top)):
            folders.sort()
            for name in sorted(files):
                if not name.endswith(('.cpp', '.h')):
                    continue
                full = os.path.join(folder, name)
                path = os.path.relpath(full, root).replace(os.sep, '/')
                with open(full, encoding='utf-8') as lines:
                    before, template = '', False
                    for number, line in enumerate(lines, 1):
                        if line.startswith('struct '):
                            template = before.startswith('template <')
                        before = line
                        # Stages that IPv4 and IPv6 share are a template; the function itself stands in each family's source.
                        if path.startswith('engine/linux/') and name.endswith('.h') and 'using stages' in line and not template:
                            yield f'{path}:{number}: a function of the table in a header: it belongs in a source, called by its id in functions.h'
                        found = INCLUDE.match(line)
                        if not found:
                            call = CALLS.search(line.split('//')[0]) if pure(path) else None
                            if call and (path, call.group(1)) not in EXCEPTIONS:
                                yield f'{path}:{number}: calls {call.group(1)}: the engine reads and writes nothing'
                            continue
                        kind, target = found.groups()
                        why = quoted(root, path, target) if kind == '"' else angled(path, target)
                        if why:
                            yield f'{path}:{number}: includes {target}: {why}'


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    rows = list(breaches(arguments[1]))
    for row in rows:
        print(row)
    print(f'layering: {len(rows)} breaches')
    return 1 if rows else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
