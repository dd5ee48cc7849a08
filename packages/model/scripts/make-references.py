"""Writes the reference values of src/fixtures/iris-references.json with scikit-learn (its SVC is libsvm).

Run with Python 3.11 or later and the versions that the fixture names:
    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 && venv/bin/python scripts/make-references.py
"""

import json
import pathlib
import warnings

import numpy
import sklearn
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

# SVC(probability=True) is announced for removal; libsvm's own probabilities are exactly what this fixture is about.
warnings.filterwarnings("ignore", category=FutureWarning)

samples, labels = load_iris(return_X_y=True)
scaler = StandardScaler().fit(samples)
rows = scaler.transform(samples)
shape = {"inputSize": 4, "classCount": 3, "scaler": {"mean": scaler.mean_.tolist(), "scale": scaler.scale_.tolist()}}

# The default tolerance stops 8.6e-4 away from the optimum.
logreg = LogisticRegression(C=1, tol=1e-12, max_iter=100_000).fit(rows, labels)
svm = SVC(C=1, gamma="scale", decision_function_shape="ovo", probability=True, random_state=0).fit(rows, labels)

references = {
    "madeWith": f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}",
    "samples": samples.tolist(),
    "logreg": {
        "parameters": {
            "kind": "logreg",
            **shape,
            "coefficients": logreg.coef_.ravel().tolist(),
            "intercepts": logreg.intercept_.tolist(),
        },
        "labels": logreg.predict(rows).tolist(),
        "probabilities": logreg.predict_proba(rows).tolist(),
    },
    "svm": {
        "parameters": {
            "kind": "svm",
            **shape,
            "gamma": float(svm._gamma),
            "supportVectorCounts": svm.n_support_.tolist(),
            "supportVectors": svm.support_vectors_.ravel().tolist(),
            "dualCoefficients": svm.dual_coef_.ravel().tolist(),
            "intercepts": svm.intercept_.tolist(),
            "probabilitySlopes": svm.probA_.tolist(),
            "probabilityOffsets": svm.probB_.tolist(),
        },
        "labels": svm.predict(rows).tolist(),
        "decisionValues": svm.decision_function(rows).tolist(),
        "probabilities": svm.predict_proba(rows).tolist(),
    },
}

target = pathlib.Path(__file__).parent.parent / "src" / "fixtures" / "iris-references.json"
target.write_text(json.dumps(references) + "\n")
