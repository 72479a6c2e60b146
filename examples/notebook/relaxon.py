"""Runs Relaxon and reads its run directories. Needs numpy, and bin/relaxon of a source tree.

    import relaxon
    run = relaxon.run('check', layers='8,16,4', seeds=2, progress=print)
    run.rows[0]['relativeError'], run.arrays['gW1'].shape, run.result['verdict']
"""
import csv
import json
import pathlib
import subprocess
import tempfile

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]


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
        self.result = json.loads((self.directory / 'result.json').read_text())
        with open(self.directory / 'results.csv', newline='') as file:
            self.rows = [{k: _number(v) for k, v in row.items()} for row in csv.DictReader(file)]
        path = self.directory / 'arrays.npz'
        self.arrays = {}
        if path.exists():
            with numpy.load(path) as arrays:
                self.arrays = {name: arrays[name] for name in arrays.files}

    def column(self, name):
        """A column of results.csv as an array, NaN where a row has no number."""
        numbers = [row[name] for row in self.rows]
        return numpy.array([n if isinstance(n, float) else numpy.nan for n in numbers])


class RelaxonError(RuntimeError):
    """The command did not run: its last lines say why."""


def run(verb, *words, out=None, progress=None, **options):
    """Runs a verb and reads what it wrote.

    words     further words of the command line, as they are
    out       directory for the run's own; by default a temporary one
    progress  receives each line of progress
    options   layers='8,16,4' is --layers 8,16,4; test_examples=100 is --test-examples 100;
              True is the option alone
    """
    out = out or tempfile.mkdtemp(prefix='relaxon-')
    command = [str(ROOT / 'bin' / 'relaxon'), verb, *words, '--out', str(out)]
    for name, value in options.items():
        command.append('--' + name.replace('_', '-'))
        if value is not True:
            command.append(str(value))
    before = _runs(out)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    lines = []
    for line in process.stderr:
        lines = (lines + [line.rstrip()])[-20:]
        if progress is not None:
            progress(line.rstrip())
    code = process.wait()
    made = sorted(_runs(out) - before)
    if not made:
        raise RelaxonError('exit code %d: %s' % (code, '\n'.join(lines)))
    return Run(made[-1], code)


def _runs(out):
    return {path.parent for path in pathlib.Path(out).glob('*/*/result.json')}


def _number(text):
    if text == '':
        return None
    try:
        return float(text)
    except ValueError:
        return text
