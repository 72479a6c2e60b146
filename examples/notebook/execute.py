"""Executes the Python cells of a notebook in order, without Jupyter and without a window.

    python3 examples/notebook/execute.py NOTEBOOK.ipynb [INTO]

In the directory INTO it writes the figures that the cells show, as PNG files. The first cell that
fails ends it, with the number of the cell.
"""
import json
import os
import pathlib
import sys

import matplotlib

matplotlib.use('agg')
import matplotlib.pyplot as plt


def main(notebook, into=None):
    path = pathlib.Path(notebook).resolve()
    into = None if into is None else pathlib.Path(into).resolve()
    cells = json.loads(path.read_text(encoding='utf-8'))['cells']
    os.chdir(path.parent)
    sys.path.insert(0, str(path.parent))
    names = {'__name__': '__main__'}
    shown = 0
    for number, cell in enumerate(cells, 1):
        if cell['cell_type'] != 'code':
            continue
        source = ''.join(cell['source'])
        try:
            exec(compile(source, '%s, cell %d' % (path.name, number), 'exec'), names)
        except Exception as e:
            e.args = ('cell %d: %s' % (number, e),)
            raise
        for figure in plt.get_fignums():
            shown += 1
            if into is not None:
                plt.figure(figure).savefig(into / ('%s-%d.png' % (path.stem, shown)), dpi=150)
            else:
                plt.figure(figure).canvas.draw()
        plt.close('all')
    print('%s: %d cells, %d figures' % (path.name, len(cells), shown))


if __name__ == '__main__':
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
