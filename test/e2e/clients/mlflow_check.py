"""Reads with MLflow's official client what was logged, and logs a model of its own beside it.

Usage: mlflow_check.py TRACKING_URI EXPERIMENT MODEL

Prints one JSON object with everything read.
"""

import json
import sys
import tempfile

import mlflow
import pandas as pd
from mlflow import MlflowClient
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

uri, experiment_name, model_name = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = MlflowClient()
experiment = client.get_experiment_by_name(experiment_name)
run = client.search_runs([experiment.experiment_id], order_by=["attributes.start_time DESC"])[0]
run_id = run.info.run_id


def history(key):
    return [[metric.step, metric.value] for metric in client.get_metric_history(run_id, key)]


def download(artifact_uri):
    with tempfile.TemporaryDirectory() as directory:
        path = mlflow.artifacts.download_artifacts(artifact_uri=artifact_uri, dst_path=directory)
        with open(path, encoding="utf-8") as file:
            return file.read()


version = client.get_model_version_by_alias(model_name, "champion")
logged = mlflow.get_logged_model(run.outputs.model_outputs[0].model_id)
info = mlflow.models.get_model_info(f"models:/{model_name}@champion")

ours = {
    "run_id": run_id,
    "status": run.info.status,
    "name": run.info.run_name,
    "params": run.data.params,
    "tags": run.data.tags,
    "metrics": run.data.metrics,
    "fold_accuracy": history("fold_accuracy"),
    "artifacts": sorted(file.path for file in client.list_artifacts(run_id)),
    "card": download(f"runs:/{run_id}/model-card.md"),
    "picture": download(f"runs:/{run_id}/confusion-matrix.svg"),
    "model_file": download(f"models:/{model_name}@champion/model.json"),
    "model_file_of_run": download(f"runs:/{run_id}/model/model.json"),
    "logged_model": {"name": logged.name, "status": str(logged.status), "tags": logged.tags, "run": logged.source_run_id},
    "version": {"version": version.version, "tags": version.tags, "aliases": list(version.aliases), "run": version.run_id},
    "inputs": info.signature.inputs.input_names(),
    "input_types": [str(type) for type in info.signature.inputs.input_types()],
    "flavors": info.flavors,
}

# The example of the client's own documentation, beside ours.
mlflow.set_experiment(experiment_name)
features, labels = load_iris(return_X_y=True, as_frame=True)
with mlflow.start_run(run_name="sklearn"):
    model = LogisticRegression(max_iter=200).fit(features, labels)
    mlflow.log_metric("accuracy", model.score(features, labels))
    mlflow.sklearn.log_model(model, name="model", input_example=features.head(), registered_model_name="sklearn-iris")

runs = mlflow.search_runs(experiment_names=[experiment_name])
beside = {
    "runs": sorted(runs["tags.mlflow.runName"]),
    "accuracies": int(runs["metrics.accuracy"].notna().sum()),
    "registered": sorted(model.name for model in client.search_registered_models()),
    "logged": len(mlflow.search_logged_models(experiment_ids=[experiment.experiment_id], output_format="list")),
}
assert isinstance(runs, pd.DataFrame)
print(json.dumps({"ours": ours, "beside": beside}))
