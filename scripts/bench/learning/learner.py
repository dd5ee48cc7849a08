"""scikit-learn and LightGBM as comparators: a request of JSON a line, an answer of JSON a line."""

import json
import sys
import time
import warnings

import numpy as np
from lightgbm import LGBMClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
from threadpoolctl import threadpool_limits

JOBS = 2
# These compute with numbers alone, and with one thread, as ours do.
LINEAR = ("logreg", "optimum", "svm")

warnings.filterwarnings("ignore", category=FutureWarning)


def make(algorithm: str, seed: int, class_count: int):
    # Of two classes our penalty is that of two coefficient vectors: half as strong as that of one.
    strength = 2.0 if class_count == 2 else 1.0
    if algorithm == "logreg":
        return LogisticRegression(C=strength, max_iter=1000)
    if algorithm == "optimum":
        return LogisticRegression(C=strength, max_iter=100_000, tol=1e-9)
    if algorithm == "svm":
        return SVC(probability=True, random_state=seed)
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
    return meta, columns, labels, held


def expand(columns, level_counts, held):
    """Numbers standardized, levels one-hot, missing values filled and indicated, by the rows that are not held out."""
    expanded = []
    for values, level_count in zip(columns, level_counts, strict=True):
        missing = np.isnan(values)
        known = values[~held & ~missing]
        if level_count > 0:
            fill = np.bincount(known.astype(int), minlength=level_count).argmax()
            expanded.extend(np.eye(level_count)[np.where(missing, fill, values).astype(int)].T)
        else:
            filled = np.where(missing, np.median(known), values)
            expanded.append((filled - filled[~held].mean()) / (filled[~held].std() or 1))
        if missing[~held].any():
            expanded.append(missing.astype(float))
    return np.stack(expanded)


def answer(request: dict) -> dict:
    algorithm = request["algorithm"]
    meta, columns, labels, held = read(request["directory"], request["split"])
    class_count = meta["classCount"]
    if algorithm in LINEAR:
        columns = expand(columns, meta["levelCounts"], held)
    rows = np.ascontiguousarray(columns.T)
    test_rows, test_labels = rows[held], labels[held]
    rows, labels = rows[~held], labels[~held]
    estimator = make(algorithm, request["split"], class_count)
    start = time.perf_counter()
    with threadpool_limits(1 if algorithm in LINEAR else None):
        estimator.fit(rows, labels)
    fitted = time.perf_counter()
    shares = estimator.predict_proba(test_rows)
    predicted = time.perf_counter()
    probabilities = np.zeros((len(test_rows), class_count))
    probabilities[:, estimator.classes_] = shares
    of_label = probabilities[np.arange(len(test_labels)), test_labels]
    figures = {
        "seconds": fitted - start,
        "predictUs": (predicted - fitted) * 1e6 / len(test_rows),
        "accuracy": float(np.mean(probabilities.argmax(axis=1) == test_labels)),
        "logLoss": float(np.mean(-np.log(np.maximum(of_label, 1e-15)))),
    }
    if algorithm == "optimum":
        ours = np.fromfile(f"{request['directory']}/logreg.f64").reshape(probabilities.shape)
        figures["gap"] = float(np.abs(ours - probabilities).max())
    return figures


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
