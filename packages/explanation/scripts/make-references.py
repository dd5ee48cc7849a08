"""Writes the reference values of src/fixtures/iris-references.json with shap's exact explainer.

Run with Python 3.11 or later and the versions that the fixture names:
    python -m venv venv && venv/bin/pip install shap==0.51.0 scikit-learn && venv/bin/python scripts/make-references.py
"""

import json
import pathlib

import numpy
import shap
import sklearn
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

samples, labels = load_iris(return_X_y=True)
scaler = StandardScaler().fit(samples)
model = LogisticRegression(C=1, tol=1e-12, max_iter=100_000).fit(scaler.transform(samples), labels)

# As chooseReferences does: evenly spaced.
references = samples[[index * len(samples) // 100 for index in range(100)]]
masker = shap.maskers.Independent(references, max_samples=len(references))
explainer = shap.explainers.Exact(lambda rows: model.predict_proba(scaler.transform(rows)), masker)
explained = samples[[0, 50, 70, 106, 149]]
explanation = explainer(explained)

target = pathlib.Path(__file__).parent.parent / "src" / "fixtures" / "iris-references.json"
target.parent.mkdir(exist_ok=True)
target.write_text(
    json.dumps(
        {
            "madeWith": f"shap {shap.__version__}, scikit-learn {sklearn.__version__}, numpy {numpy.__version__}",
            "parameters": {
                "kind": "logreg",
                "inputSize": 4,
                "classCount": 3,
                "scaler": {"mean": scaler.mean_.tolist(), "scale": scaler.scale_.tolist()},
                "coefficients": model.coef_.ravel().tolist(),
                "intercepts": model.intercept_.tolist(),
            },
            "samples": explained.tolist(),
            "base": explanation.base_values.tolist(),
            "contributions": explanation.values.tolist(),
        }
    )
    + "\n"
)
