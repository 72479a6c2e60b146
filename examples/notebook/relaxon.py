"""Runs Relaxon and reads its run directories. Needs numpy, and bin/relaxon of a source tree.

    import relaxon
    run = relaxon.run('check', layers='8,16,4', seeds=2, progress=print)
    run.rows[0]['relativeError'], run.arrays['gW1'].shape, run.result['verdict']

docs/files.md explains every field. The environment variable RELAXON names another launcher.
"""
import csv
import json
import os
import pathlib
import subprocess
import tempfile

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]

HELD, DENIED, REFUSED, NOT_SETTLED, NO_ROOM = range(5)
"""Exit codes: done or the claim holds; a claim does not hold; bad input; not settled; no memory,
no disk, or a file that cannot be written. REFUSED and NO_ROOM become a RelaxonError."""


class Run:
    """A run directory.

    directory  its path
    result     result.json
    rows       results.csv: a dict per row; numbers are floats, empty fields None
    arrays     arrays.npz by name: W1 (to, from), b1, x0 (n, B), ..., gradients gW1, references rW1
    code       exit code of the command; None for a run that was only read
    """

    def __init__(self, directory, code=None):
        self.directory = pathlib.Path(directory)
        self.code = code
        self.result = json.loads((self.directory / 'result.json').read_text(encoding='utf-8'))
        self.rows = self.table('results.csv')
        self.arrays = self.npz('arrays.npz')

    def table(self, name):
        """The rows of a table of the directory; [] if there is no such file."""
        path = self.directory / name
        if not path.exists():
            return []
        with open(path, newline='', encoding='utf-8') as file:
            return [{k: _number(v) for k, v in row.items()} for row in csv.DictReader(file)]

    def npz(self, name):
        """The arrays of an NPZ file of the directory; {} if there is no such file."""
        path = self.directory / name
        if not path.exists():
            return {}
        with numpy.load(path) as arrays:
            return {key: arrays[key] for key in arrays.files}

    def column(self, name, table='results.csv'):
        """A column of a table as an array of floats, NaN where a row has no number."""
        rows = self.rows if table == 'results.csv' else self.table(table)
        if rows and name not in rows[0]:
            raise KeyError('%s has no column %s, but %s' % (table, name, ', '.join(rows[0])))
        numbers = [row[name] for row in rows]
        return numpy.array([n if isinstance(n, float) else numpy.nan for n in numbers])


class RelaxonError(RuntimeError):
    """The command did not run. Its text is the line in which the program names the reason.

    code   exit code
    lines  the last lines of stderr
    """

    def __init__(self, code, lines):
        named = [line for line in lines if line.startswith('relaxon: ')]
        why = named[-1][len('relaxon: '):] if named else '\n'.join(lines) or 'exit code %d' % code
        super().__init__(why)
        self.code = code
        self.lines = lines


def run(verb, *words, out=None, progress=None, **options):
    """Runs a verb that has --out and --json, and reads what it wrote.

    words     further words of the command line, as they are
    out       directory for the run's own; by default a temporary one, which stays
    progress  receives each line of progress as it is printed
    options   layers='8,16,4' is --layers 8,16,4; test_examples=100 is --test-examples 100; a list
              repeats the option: axis=['beta=1e-1,1e-2', 'gain=1,2']; True is the option alone,
              False or None no option
    Raises RelaxonError if the command is refused or writes no result. A run that did not settle, or
    in which a claim does not hold, is returned with its exit code.
    """
    out = str(out or tempfile.mkdtemp(prefix='relaxon-'))
    command = [os.environ.get('RELAXON') or str(ROOT / 'bin' / 'relaxon'), verb]
    command += [str(word) for word in words] + _words(options) + ['--out', out]
    with tempfile.TemporaryDirectory() as place:
        file = pathlib.Path(place) / 'result.json'  # to standard output there is no progress
        code, lines = _streamed(command + ['--json', str(file)], progress)
        stated = json.loads(file.read_text(encoding='utf-8')) if file.exists() else {}
    if code in (REFUSED, NO_ROOM) or 'directory' not in stated:
        raise RelaxonError(code, lines)
    return Run(stated['directory'], code)


def _streamed(command, progress):
    """Exit code, and the last lines of stderr. A process does not outlive an interrupted cell."""
    lines = []
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, encoding='utf-8', errors='replace') as process:
        try:
            for line in process.stderr:
                lines = (lines + [line.rstrip()])[-20:]
                if progress is not None:
                    progress(line.rstrip())
            return process.wait(), lines
        except BaseException:
            process.terminate()
            process.wait()
            raise


def _words(options):
    words = []
    for name, value in options.items():
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if one is not None and one is not False:
                words.append('--' + name.replace('_', '-'))
                words += [] if one is True else [str(one)]
    return words


def _number(text):
    if text == '':
        return None
    try:
        return float(text)
    except ValueError:
        return text
