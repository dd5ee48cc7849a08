"""Writes the reference values of src/fixtures/scipy-references.json.

Run with Python 3.11 or later and the version that the fixture names:
    python -m venv venv && venv/bin/pip install scipy==1.16.3 && venv/bin/python scripts/make-references.py
"""

import json
import pathlib

import numpy
import scipy
from scipy import stats
from scipy.spatial import distance

random = numpy.random.default_rng(42)


def sample(size, shift, digits):
    """Values of a normal distribution; few digits make ties."""
    return numpy.round(random.normal(shift, 1.0, size), digits)


def two_samples(m, n, shift, digits):
    reference, current = sample(m, shift, digits), sample(n, 0.0, digits)
    ks = stats.ks_2samp(reference, current)
    return {
        "reference": reference.tolist(),
        "current": current.tolist(),
        "statistic": ks.statistic,
        "pValue": ks.pvalue,
        "wasserstein": stats.wasserstein_distance(reference, current),
        "standardDeviation": numpy.std(reference),
    }


def ks_of_sizes(m, n, shift):
    ks = stats.ks_2samp(sample(m, shift, 9), sample(n, 0.0, 9))
    return {"m": m, "n": n, "statistic": ks.statistic, "pValue": ks.pvalue}


def counts(reference, current):
    """Places where both are 0 stay out of the test, which scipy demands."""
    table = [[a, b] for a, b in zip(reference, current) if a + b > 0]
    contingency = stats.chi2_contingency(numpy.array(table).T, correction=False)
    return {
        "reference": reference,
        "current": current,
        "statistic": contingency.statistic,
        "pValue": contingency.pvalue,
        "jensenShannon": distance.jensenshannon(reference, current),
    }


def one_sample_counts(observed, expected):
    scaled = numpy.array(expected) * sum(observed) / sum(expected)
    test = stats.chisquare(observed, scaled)
    return {"observed": observed, "expected": expected, "statistic": test.statistic, "pValue": test.pvalue}


def floats(value):
    return value.item() if isinstance(value, numpy.generic) else value


references = {
    "madeWith": f"scipy {scipy.__version__}, numpy {numpy.__version__}",
    "samples": [
        two_samples(m, n, shift, digits)
        for m, n, shift, digits in [
            (1, 1, 0.0, 2), (5, 7, 1.0, 1), (30, 30, 0.0, 1), (30, 30, 1.5, 3), (150, 100, 0.0, 1),
            (150, 200, 0.3, 1), (100, 150, 0.0, 6), (120, 250, 0.5, 6), (50, 60, 30.0, 2), (80, 200, 0.0, 0),
        ]
    ],
    # Beyond 10,000 scipy turns to the asymptotic distribution, which itself has several methods.
    "sizes": [
        ks_of_sizes(m, n, shift)
        for m, n, shift in [
            (150, 150, 0.05), (150, 150, 0.6), (1000, 1000, 0.05), (150, 9000, 0.2), (1000, 10000, 0.05), (1000, 10000, 0.4),
            (1000, 7919, 0.0), (150, 20000, 0.0), (150, 20000, 0.1), (150, 20000, 0.3), (150, 20000, 0.8), (100, 20000, 0.0),
            (100, 20000, 0.1), (100, 20000, 0.3), (100, 20000, 0.6), (100, 20000, 1.5), (30, 12000, 0.1), (3, 12000, 0.0),
            (1, 12000, 0.0), (1000, 30000, 0.0), (1000, 30000, 0.02), (1000, 30000, 0.05), (1000, 30000, 0.2), (1000, 30000, 1.0),
        ]
    ],
    "asymptotic": [
        {"n": n, "x": x, "survival": stats.kstwo.sf(x, n)}
        for n in (1, 2, 7, 50, 140, 141, 300, 1000, 20000)
        for x in (0.3 / n, 0.7 / n, 1.2 / n, 0.4 * n**-0.5, 0.7 * n**-0.5, n**-0.5, 1.4 * n**-0.5, 2.3 * n**-0.5, 5 * n**-0.5, 0.6)
        if x < 1
    ],
    "counts": [
        counts(reference, current)
        for reference, current in [
            ([50, 50, 50], [30, 40, 30]), ([50, 50, 50], [5, 90, 5]), ([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]),
            ([1400, 600], [70, 30]), ([1400, 600], [40, 60]), ([10, 0, 5], [8, 0, 9]), ([10, 5, 0], [100, 60, 3]),
            ([49.5, 51.25, 49.25], [400, 380, 420]), ([333, 334, 333], [100000, 100500, 99000]), ([1000, 1], [10, 1000]),
            ([int(k) for k in random.integers(5, 60, 40)], [int(k) for k in random.integers(5, 60, 40)]),
        ]
    ],
    # The values that Evidently's own test has for its chi-squared test.
    "oneSampleCounts": [
        one_sample_counts([16, 16, 16, 16, 16, 8], [16, 18, 16, 14, 12, 12]),
        one_sample_counts([30, 40, 30], [50, 50, 50]),
        one_sample_counts([900, 100], [1400, 600]),
    ],
}

target = pathlib.Path(__file__).parent.parent / "src" / "fixtures" / "scipy-references.json"
target.parent.mkdir(exist_ok=True)
target.write_text(json.dumps(references, default=floats) + "\n")
