#!/usr/bin/env python3
"""clang-tidy over engine, lessons and app, with the compile commands of a configured build folder.

  lint.py BUILD [FILE...]      prints what was found; exit status 1 where there is something

A file that was clean is read again only when something that decides about it has changed: clang-tidy, .clang-tidy, its
compile command, or the content of any file it includes. BUILD/lint.json keeps that; without it everything is read.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Contents:
    """The hash of a file's content, read once a run; None of a file that is not there."""

    def __init__(self):
        self._known = {}

    def __getitem__(self, path):
        if path not in self._known:
            try:
                with open(path, 'rb') as file:
                    self._known[path] = hashlib.sha256(file.read()).hexdigest()
            except OSError:
                self._known[path] = None
        return self._known[path]


def parse_dependencies(rule):
    """The files that a Makefile rule, as -M writes it, names after its target."""
    names = rule.replace('\\\n', ' ').split(':', 1)[1]
    return [name.replace('\\ ', ' ') for name in re.findall(r'(?:\\ |\S)+', names)]


def dependencies(entry):
    """Every file that a compile command reads; None where the preprocessor fails."""
    command = shlex.split(entry['command'])
    if '-o' in command:
        at = command.index('-o')
        del command[at:at + 2]
    command = ['clang++'] + [word for word in command[1:] if word != '-c'] + ['-M', '-w']
    made = subprocess.run(command, cwd=entry['directory'], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        return None
    return sorted({os.path.normpath(os.path.join(entry['directory'], name)) for name in parse_dependencies(made.stdout)})


def fresh(kept, common, entry, contents):
    """Whether a file's last clean pass still says something about it."""
    return bool(kept) and kept['common'] == common and kept['command'] == entry['command'] and \
        all(contents[path] == digest for path, digest in kept['files'].items())


def lint(path, entry, common, build, contents):
    """What clang-tidy says of one file ('' when it is clean), and what to keep of a clean pass."""
    tidy = subprocess.run(['clang-tidy', '-p', build, '--quiet', path], capture_output=True, text=True, check=False, cwd=TOP)
    if tidy.returncode != 0:
        return tidy.stdout or tidy.stderr or f'{path}: clang-tidy ended with {tidy.returncode}', None
    files = dependencies(entry)
    if files is None:
        return '', None
    return '', {'common': common, 'command': entry['command'], 'files': {name: contents[name] for name in files}}


def run(build, files):
    build = os.path.abspath(build)
    try:
        with open(os.path.join(build, 'compile_commands.json'), encoding='utf-8') as file:
            commands = {os.path.relpath(entry['file'], TOP): entry for entry in json.load(file)}
    except OSError:
        print(f'{build} has no compile_commands.json: configure it first')
        return 1
    if not files:
        listed = subprocess.run(['git', 'ls-files', '--', 'engine/*.cpp', 'lessons/*.cpp', 'app/*.cpp'], cwd=TOP,
                                capture_output=True, text=True, check=True)
        files = listed.stdout.split()
    unknown = [path for path in files if path not in commands]
    if unknown:
        print(f'{build} compiles none of: {" ".join(unknown)}')
        return 1
    contents = Contents()
    version = subprocess.run(['clang-tidy', '--version'], capture_output=True, text=True, check=True).stdout
    common = hashlib.sha256((version + str(contents[os.path.join(TOP, '.clang-tidy')])).encode()).hexdigest()
    kept_file = os.path.join(build, 'lint.json')
    try:
        with open(kept_file, encoding='utf-8') as file:
            kept = json.load(file)
    except (OSError, ValueError):
        kept = {}
    todo = [path for path in files if not fresh(kept.get(path), common, commands[path], contents)]
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda path: lint(path, commands[path], common, build, contents), todo)
        for path, (said, keep) in zip(todo, results):
            kept.pop(path, None)
            if keep:
                kept[path] = keep
            if said:
                bad += 1
                print(said, flush=True)
    with open(kept_file + '.new', 'w', encoding='utf-8') as file:
        json.dump(kept, file)
    os.replace(kept_file + '.new', kept_file)
    print(f'clang-tidy: {len(files)} files, {len(todo)} of them read, ' + (f'{bad} with findings' if bad else 'nothing found'))
    return 1 if bad else 0


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(run(sys.argv[1], sys.argv[2:]))
