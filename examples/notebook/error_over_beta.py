"""Redraws the main figure of a check: relative error of local updates over beta.

    python3 examples/notebook/error_over_beta.py [RUN_DIRECTORY] FIGURE.svg

Without a run directory, the check runs first. Needs numpy and matplotlib.
"""
import sys

import matplotlib

matplotlib.use('svg')
import matplotlib.pyplot as plt
import numpy

import relaxon

if len(sys.argv) > 2:
    check = relaxon.Run(sys.argv[1])
else:
    check = relaxon.run('check', layers='8,16,4', beta='1e-2,1e-3,1e-4', seeds=2, progress=print)
beta, error, predicted = (check.column(c) for c in ('beta', 'relativeError', 'predictedError'))
name = numpy.array(['%s, %s' % (row['algorithm'], row['estimator']) for row in check.rows])
figure, axes = plt.subplots(figsize=(3.35, 2.6))
for one in sorted(set(name)):
    of = (name == one) & numpy.isfinite(error)
    axes.loglog(beta[of], error[of], 'o', ms=3, label=one)
    values = numpy.unique(beta[of])
    line = [numpy.median(predicted[of & (beta == b)]) for b in values]
    axes.loglog(values, line, '-', lw=0.5, color='gray')
axes.set(xlabel='beta', ylabel='relative error to the reference')
axes.legend(fontsize=6)
figure.tight_layout()
figure.savefig(sys.argv[-1])
