"""scikit-learn and LightGBM as comparators: a request of JSON a line, an answer of JSON a line."""

import json
import sys
import time

import numpy as np
from lightgbm import LGBMClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier

JOBS = 2


def make(algorithm: str, seed: int):
    if algorithm == "rf":
        return RandomForestClassifier(n_jobs=JOBS, random_state=seed)
    if algorithm == "gbt":
        return HistGradientBoostingClassifier(random_state=seed)
    return LGBMClassifier(n_jobs=JOBS, random_state=seed, verbose=-1)


def read(directory: str, split: int):
    with open(f"{directory}/meta.json", encoding="utf-8") as file:
        meta = json.load(file)
    columns = np.fromfile(f"{directory}/columns.f64").reshape(meta["columnCount"], meta["rowCount"])
    labels = np.fromfile(f"{directory}/labels.i32", dtype=np.int32)
    held = np.zeros(meta["rowCount"], dtype=bool)
    held[meta["heldOut"][split]] = True
    rows = np.ascontiguousarray(columns.T)
    return meta["classCount"], rows[~held], labels[~held], rows[held], labels[held]


def answer(request: dict) -> dict:
    class_count, rows, labels, test_rows, test_labels = read(request["directory"], request["split"])
    estimator = make(request["algorithm"], request["split"])
    start = time.perf_counter()
    estimator.fit(rows, labels)
    fitted = time.perf_counter()
    shares = estimator.predict_proba(test_rows)
    predicted = time.perf_counter()
    probabilities = np.zeros((len(test_rows), class_count))
    probabilities[:, estimator.classes_] = shares
    of_label = probabilities[np.arange(len(test_labels)), test_labels]
    return {
        "seconds": fitted - start,
        "predictUs": (predicted - fitted) * 1e6 / len(test_rows),
        "accuracy": float(np.mean(probabilities.argmax(axis=1) == test_labels)),
        "logLoss": float(np.mean(-np.log(np.maximum(of_label, 1e-15)))),
    }


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
