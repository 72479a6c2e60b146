"""Redraws the main figures from run directories, by numpy, pandas and matplotlib alone.

    python3 examples/notebook/figures.py INTO [DIRECTORY...]

Without directories it makes a check, a training and a sweep first. Into the directory INTO it
writes an SVG file for every figure. figures.ipynb shows the same step by step.
"""
import json
import pathlib
import sys

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

# Okabe and Ito: distinct for people with any common colour vision.
COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000']
MARKERS = 'osD^vPX'
WIDTH = 3.35  # inches: a column of 85 mm

# Small runs with all that the figures show.
COMMANDS = {
    'check': dict(layers='8,16,12,4', beta='1e-1,1e-2,1e-3,1e-4', seeds=2, host='virtual',
                  estimator='one-sided,centred', granularity='layer', delay='exponential:1ms'),
    'train': dict(data='two-moons', layers='2,16,2', examples=1000, test_examples=500, epochs=8,
                  rate=0.01, beside='backprop', align_every=8),
    'sweep': dict(axis=['step=0.03,0.06,0.12,0.24,0.48', 'delay-mean=0.1ms,0.2ms,0.4ms,0.8ms'],
                  delay_family='constant', algorithm='pc', beta=1, gain=2, dynamics='gradient',
                  granularity='layer', refractory='0.1ms', budget_messages=30000, seeds=3),
}


def table(directory, name='results.csv'):
    """A table of a run directory."""
    return pd.read_csv(pathlib.Path(directory) / name)


def result(directory):
    """The result of a run directory."""
    return json.loads((pathlib.Path(directory) / 'result.json').read_text(encoding='utf-8'))


def style(k):
    return dict(color=COLOURS[k % len(COLOURS)], marker=MARKERS[k % len(MARKERS)])


def error_over_beta(directory):
    """Relative error of local updates over beta: measured (marks) and predicted (lines)."""
    rows = table(directory)
    figure, axes = plt.subplots(figsize=(WIDTH, 2.8), layout='constrained')
    for k, ((algorithm, estimator), of) in enumerate(rows.groupby(['algorithm', 'estimator'])):
        axes.loglog(of.beta, of.relativeError, ls='', ms=4, mfc='none', **style(k),
                    label='%s, %s: slope %.2f' % (algorithm, estimator, of.order.median()))
        line = of.groupby('beta').predictedError.median()
        axes.loglog(line.index, line, lw=0.7, color='gray', zorder=0)
    axes.set(xlabel='beta', ylabel='relative error to the reference')
    axes.legend(fontsize=5.5, loc='lower right')
    return figure


def alignment(directory):
    """Distance in direction and length to the reference, layer by layer, at every beta."""
    cases = pd.json_normalize(result(directory)['cases'], 'projections',
                              ['algorithm', 'estimator', 'beta'], record_prefix='part.')
    first = cases[(cases.algorithm == cases.algorithm[0]) & (cases.estimator == cases.estimator[0])]
    figure, (angle, norm) = plt.subplots(1, 2, figsize=(2 * WIDTH, 2.6), layout='constrained')
    for k, (beta, of) in enumerate(first.groupby('beta')):
        of = of.drop_duplicates('part.name')
        angle.semilogy(of['part.name'], of['part.oneMinusCosine'].replace(0, np.nan), lw=0.7,
                       ms=4, **style(k), label='beta %g' % beta)
        norm.semilogy(of['part.name'], (1 - of['part.normRatio']).abs().replace(0, np.nan), lw=0.7,
                      ms=4, **style(k))
    angle.set(xlabel='weights or biases', ylabel='1 - cosine to the reference')
    norm.set(xlabel='weights or biases', ylabel='|1 - norm ratio|')
    angle.set_ylim(top=angle.get_ylim()[1] * 1e3)  # room for the legend
    angle.legend(fontsize=6, ncol=2, loc='upper left')
    figure.suptitle('%s, %s' % tuple(first.iloc[0][['algorithm', 'estimator']]), fontsize=8)
    return figure


def learning_curves(directory):
    """Test loss of cells and of backprop over the epochs, and below the gap between the two."""
    rows = table(directory)
    figure, (loss, gap) = plt.subplots(2, 1, figsize=(WIDTH, 3.6), sharex=True,
                                       height_ratios=[2, 1], layout='constrained')
    curves = {name: of.set_index('epochs').testLoss for name, of in rows.groupby('learner')}
    # Curves that agree lie on each other: that of backprop is wide and below.
    for k, name in enumerate(sorted(curves, key=lambda n: n != 'backprop')):
        wide = name == 'backprop'
        loss.plot(curves[name], label=name, lw=4 if wide else 1, alpha=0.5 if wide else 1,
                  color=COLOURS[k])
    loss.set(ylabel='test loss')
    loss.legend(fontsize=7)
    (name,) = [n for n in curves if n != 'backprop']
    if 'backprop' in curves:
        gap.plot(curves[name] - curves['backprop'], lw=1, color=COLOURS[1])
        gap.axhline(0, lw=0.5, color='gray')
    gap.set(xlabel='epochs', ylabel='gap to backprop')
    gap.ticklabel_format(axis='y', style='sci', scilimits=(0, 0))
    return figure


def alignment_over_steps(directory):
    """Distance of minibatches' local updates from backprop during a training (--align-every)."""
    rows = table(directory, 'alignment.csv')
    figure, axes = plt.subplots(figsize=(WIDTH, 2.4), layout='constrained')
    axes.semilogy(rows.step, rows.relativeError, lw=0.8, color=COLOURS[0], label='relative error')
    axes.semilogy(rows.step, rows.oneMinusCosine, lw=0.8, color=COLOURS[1], label='1 - cosine')
    axes.set(xlabel='step', ylabel='distance to backprop')
    axes.legend(fontsize=7)
    return figure


def milliseconds(span):
    """A span such as 0.5ms as a number of milliseconds."""
    units = {'ns': 1e-6, 'us': 1e-3, 'ms': 1.0, 's': 1e3}
    unit = span.lstrip('0123456789.eE-')
    return float(span[:len(span) - len(unit)]) * units[unit]


def edges(values):
    """Edges of cells around values on a logarithmic axis."""
    logs = np.log(np.asarray(values, dtype=float))
    middles = (logs[1:] + logs[:-1]) / 2
    return np.exp(np.concatenate([[2 * logs[0] - middles[0]], middles,
                                  [2 * logs[-1] - middles[-1]]]))


def boundary_of_delays(directory):
    """Share of runs that settled over step and delay, with the bound of stability of theory."""
    rows = table(directory, 'summary.csv')
    rows['delay'] = rows['delay-mean'].astype(str).map(milliseconds)
    rows['step'] = rows['step'].astype(float)
    share = rows.pivot(index='step', columns='delay', values='settledFraction')
    ratio = rows.pivot(index='step', columns='delay', values='meanStepRatio')
    figure, axes = plt.subplots(figsize=(WIDTH, 2.8), layout='constrained')
    x, y = edges(share.columns), edges(share.index)
    mesh = axes.pcolormesh(x, y, share, cmap='cividis', vmin=0, vmax=1)
    figure.colorbar(mesh, label='share that settled')
    # The ratio is the step over its bound.
    bound = ratio.rdiv(ratio.index.to_series(), axis=0).median()
    axes.plot(bound.index, bound, color=COLOURS[1], marker='o', ms=3, label='bound of theory')
    axes.legend(fontsize=7)
    axes.set(xscale='log', yscale='log', xlim=(x[0], x[-1]), ylim=(y[0], y[-1]),
             xlabel='mean delay, ms', ylabel='step')
    return figure


def figures(directory):
    """The figures of a run directory by name, after its verb."""
    verb = pathlib.Path(directory).resolve().parent.name
    if verb == 'check':
        return {'error': error_over_beta(directory), 'alignment': alignment(directory)}
    if verb == 'train':
        drawn = {'curves': learning_curves(directory)}
        if (pathlib.Path(directory) / 'alignment.csv').exists():
            drawn['distance'] = alignment_over_steps(directory)
        return drawn
    if verb in ('sweep', 'stress') and {'step', 'delay-mean'} <= set(result(directory)['axes']):
        return {'boundary': boundary_of_delays(directory)}
    raise SystemExit('%s: no figure is drawn of this run; name one of check, of train, or of sweep'
                     ' over the axes step and delay-mean' % directory)


def main(into, *directories):
    if not directories:
        import relaxon
        directories = [relaxon.run(verb, out=into, progress=print, **options).directory
                       for verb, options in COMMANDS.items()]
    pathlib.Path(into).mkdir(parents=True, exist_ok=True)
    for directory in directories:
        for name, figure in figures(directory).items():
            path = pathlib.Path(into) / (name + '.svg')
            figure.savefig(path)
            print('written to', path)


if __name__ == '__main__':
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    plt.switch_backend('svg')
    main(*sys.argv[1:])
