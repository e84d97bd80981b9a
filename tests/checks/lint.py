#!/usr/bin/env python3
"""clang-tidy over engine, lessons and app, with the compile commands of a configured build folder.

  lint.py BUILD [UNITS]        prints what was found; exit status 1 where there is something
  lint.py BUILD --only FILE... these alone

UNITS is a build folder that compiles the files of a folder together. The checks that look at the text of the program read
its units, a third of the time: each header is looked at once a folder. The static analyzer follows functions of the file
itself only, and so reads every file by itself. Without UNITS each file is read once, for all.

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


class Job:
    """One reading by clang-tidy: the file, its build folder and compile command, and the checks left out of .clang-tidy's."""

    def __init__(self, path, build, entry, without=''):
        self.path, self.build, self.entry, self.without = path, build, entry, without
        self.key = path + without

    def read(self, common, contents):
        """What clang-tidy says ('' when it is clean), and what to keep of a clean pass."""
        tidy = subprocess.run(['clang-tidy', '-p', self.build, '--quiet', '--checks=' + self.without, self.path],
                              capture_output=True, text=True, check=False, cwd=TOP)
        if tidy.returncode != 0:
            return tidy.stdout or tidy.stderr or f'{self.path}: clang-tidy ended with {tidy.returncode}', None
        files = dependencies(self.entry)
        if files is None:
            return '', None
        return '', {'common': common, 'command': self.entry['command'], 'files': {name: contents[name] for name in files}}


# What each of the two ways leaves to the other; a family of checks in neither list is read both ways.
ANALYZER_ONLY = ',-bugprone-*,-misc-*,-modernize-*,-performance-*,-readability-*'
TEXT_ONLY = ',-clang-analyzer-*,-bugprone-suspicious-include'


def compile_commands(build):
    """The compile commands of a build folder, by path below the checkout."""
    try:
        with open(os.path.join(build, 'compile_commands.json'), encoding='utf-8') as file:
            return {os.path.relpath(entry['file'], TOP): entry for entry in json.load(file)}
    except OSError:
        sys.exit(f'{build} has no compile_commands.json: configure it first')


def unit_members(text):
    """The sources that a unit includes, as its text names them."""
    return re.findall(r'^#include "(.*\.cpp)"$', text, re.M)


def plan(files, build, units):
    """The readings that check `files`, long ones first; a file that is in no unit is read once, for all checks."""
    commands = compile_commands(build)
    unknown = [path for path in files if path not in commands]
    if unknown:
        sys.exit(f'{build} compiles none of: {" ".join(unknown)}')
    jobs, covered = [], set()
    for path, entry in sorted((compile_commands(units) if units else {}).items()):
        if not os.path.basename(path).startswith('unity_'):
            continue
        with open(os.path.join(TOP, path), encoding='utf-8') as file:
            members = {os.path.relpath(name, TOP) for name in unit_members(file.read())}
        if members & set(files):
            jobs.append(Job(path, units, entry, TEXT_ONLY))
            covered |= members
    return jobs + [Job(path, build, commands[path], ANALYZER_ONLY if path in covered else '') for path in files]


def run(build, units, files):
    if not files:
        listed = subprocess.run(['git', 'ls-files', '--', 'engine/*.cpp', 'lessons/*.cpp', 'app/*.cpp'], cwd=TOP,
                                capture_output=True, text=True, check=True)
        files = listed.stdout.split()
    jobs = plan(files, build, units)
    contents = Contents()
    version = subprocess.run(['clang-tidy', '--version'], capture_output=True, text=True, check=True).stdout
    common = hashlib.sha256((version + str(contents[os.path.join(TOP, '.clang-tidy')])).encode()).hexdigest()
    kept_file = os.path.join(build, 'lint.json')
    try:
        with open(kept_file, encoding='utf-8') as file:
            kept = json.load(file)
    except (OSError, ValueError):
        kept = {}
    todo = [job for job in jobs if not fresh(kept.get(job.key), common, job.entry, contents)]
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for job, (said, keep) in zip(todo, pool.map(lambda job: job.read(common, contents), todo)):
            kept.pop(job.key, None)
            if keep:
                kept[job.key] = keep
            if said:
                bad += 1
                print(said, flush=True)
    with open(kept_file + '.new', 'w', encoding='utf-8') as file:
        json.dump(kept, file)
    os.replace(kept_file + '.new', kept_file)
    print(f'clang-tidy: {len(files)} files in {len(jobs)} readings, {len(todo)} of them made, ' +
          (f'{bad} with findings' if bad else 'nothing found'))
    return 1 if bad else 0


def main(words):
    if not words or (len(words) > 2 and words[1] != '--only'):
        sys.exit(__doc__)
    only = words[2:] if words[1:2] == ['--only'] else []
    units = os.path.abspath(words[1]) if len(words) == 2 and not only else None
    return run(os.path.abspath(words[0]), units, only)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
