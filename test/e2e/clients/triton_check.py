"""Checks a running API with the official tritonclient, its blocking and its asyncio client.

Usage: triton_check.py IRIS_URL CHURN_URL API_KEY

The first URL serves an iris model, the second one of the churn data, whose inputs are mixed. Prints one JSON object for each check:
{"client", "check", "error"}, where error is null for a check that passed.
"""

import asyncio
import json
import sys
import traceback
import urllib.request

import numpy as np
import tritonclient.http as blocking
import tritonclient.http.aio as asynchronous
from tritonclient.utils import InferenceServerException

CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


class Blocking:
    """Gives the blocking client the asynchronous one's interface, so that both pass the same checks."""

    def __init__(self, url):
        self.client = blocking.InferenceServerClient(url)

    def __getattr__(self, name):
        async def call(*args, **kwargs):
            return getattr(self.client, name)(*args, **kwargs)

        return call


class Context:
    """A client, and what an API should answer to it."""

    def __init__(self, connect, iris_url, churn_url, api_key):
        self.iris = connect(iris_url)
        self.churn = connect(churn_url)
        self.key = {"X-API-Key": api_key}
        self.version = read_json(iris_url, "/version")["version"]
        self.samples = read_json(iris_url, "/samples", None, self.key)["samples"]
        predictions = read_json(iris_url, "/predict/batch", {"instances": [{"features": s} for s in self.samples]}, self.key)["predictions"]
        self.labels = [p["prediction"] for p in predictions]
        self.probabilities = np.array([list(p["probabilities"].values()) for p in predictions])

    async def infer(self, inputs, **options):
        return await self.iris.infer("iris", inputs, headers=dict(self.key), **options)

    def expect_answer(self, result, rows):
        labels = result.as_numpy("label")
        assert labels.shape == (rows,), labels.shape
        assert [text(label) for label in labels] == self.labels[:rows], labels
        np.testing.assert_array_equal(result.as_numpy("probabilities"), self.probabilities[:rows])


def read_json(address, path, body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://{address}{path}", data, {"Content-Type": "application/json", **(headers or {})})
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def text(label):
    return label.decode() if isinstance(label, bytes) else str(label)


def tensor(name, values, datatype, binary):
    types = {"FP64": np.float64, "FP32": np.float32, "INT64": np.int64, "BYTES": np.object_}
    array = np.array(values, dtype=types[datatype])
    return blocking.InferInput(name, list(array.shape), datatype).set_data_from_numpy(array, binary_data=binary)


def features(samples, datatype="FP64", binary=True):
    return [tensor("features", samples, datatype, binary)]


def outputs(binary):
    return [blocking.InferRequestedOutput(name, binary_data=binary) for name in ("label", "probabilities")]


async def refused(awaitable, status, message):
    try:
        await awaitable
    except InferenceServerException as error:
        assert error.status() == str(status), error
        assert message in error.message(), error
    else:
        raise AssertionError("was answered")


@check
async def health(context):
    assert await context.iris.is_server_live() is True
    assert await context.iris.is_server_ready() is True


@check
async def model_ready(context):
    assert await context.iris.is_model_ready("iris") is True
    assert await context.iris.is_model_ready("iris", context.version) is True
    assert await context.iris.is_model_ready("iris", "9.9.9") is False
    assert await context.iris.is_model_ready("tulip") is False


@check
async def server_metadata(context):
    metadata = await context.iris.get_server_metadata()
    assert "binary_tensor_data" in metadata["extensions"], metadata


@check
async def model_metadata(context):
    for metadata in (await context.iris.get_model_metadata("iris"), await context.iris.get_model_metadata("iris", context.version)):
        assert (metadata["name"], metadata["versions"]) == ("iris", [context.version]), metadata
        assert metadata["inputs"] == [{"name": "features", "datatype": "FP64", "shape": [-1, 4]}], metadata
        assert metadata["outputs"] == [
            {"name": "label", "datatype": "BYTES", "shape": [-1]},
            {"name": "probabilities", "datatype": "FP64", "shape": [-1, 3]},
        ], metadata


@check
async def repository_index(context):
    index = await context.iris.get_model_repository_index()
    assert index == [{"name": "iris", "version": context.version, "state": "READY", "reason": ""}], index


@check
async def one_row(context):
    context.expect_answer(await context.infer(features(context.samples[:1])), 1)


@check
async def all_150_rows(context):
    assert len(context.samples) == 150
    context.expect_answer(await context.infer(features(context.samples)), 150)


@check
async def float32(context):
    for binary in (True, False):
        context.expect_answer(await context.infer(features(context.samples, "FP32", binary)), 150)


@check
async def json_in_and_out(context):
    result = await context.infer(features(context.samples, binary=False), outputs=outputs(False))
    assert "data" in result.get_output("label"), result.get_response()
    context.expect_answer(result, 150)


@check
async def binary_in_json_out(context):
    context.expect_answer(await context.infer(features(context.samples), outputs=outputs(False)), 150)


@check
async def json_in_binary_out(context):
    result = await context.infer(features(context.samples, binary=False), outputs=outputs(True))
    assert "binary_data_size" in result.get_output("label")["parameters"], result.get_response()
    context.expect_answer(result, 150)


@check
async def one_output(context):
    result = await context.infer(features(context.samples), outputs=[blocking.InferRequestedOutput("probabilities")])
    assert result.as_numpy("label") is None
    np.testing.assert_array_equal(result.as_numpy("probabilities"), context.probabilities)


@check
async def id_and_version(context):
    result = await context.infer(features(context.samples[:1]), request_id="triton-7", model_version=context.version)
    answer = result.get_response()
    assert (answer["id"], answer["model_name"], answer["model_version"]) == ("triton-7", "iris", context.version), answer


@check
async def gzip_and_deflate(context):
    for coding in ("gzip", "deflate"):
        for binary in (True, False):
            compression = {"request_compression_algorithm": coding, "response_compression_algorithm": coding}
            result = await context.infer(features(context.samples, binary=binary), outputs=outputs(binary), **compression)
            context.expect_answer(result, 150)


@check
async def wrong_shape(context):
    three = [sample[:3] for sample in context.samples]
    for binary in (True, False):
        await refused(context.infer(features(three, binary=binary)), 422, "shape must be [n, 4]")
        await refused(context.infer(features(np.empty((0, 4)), binary=binary)), 422, "n from 1 to 10000")


@check
async def wrong_datatype(context):
    for binary in (True, False):
        await refused(context.infer(features([[5, 3, 1, 0]], "INT64", binary)), 422, "datatype must be FP64 or FP32")


@check
async def not_a_number(context):
    await refused(context.infer(features([[np.nan, 3, 1, 0]])), 422, "finite numbers only")


@check
async def unknown_names(context):
    await refused(context.iris.infer("tulip", features(context.samples), headers=dict(context.key)), 404, "no model of this name")
    await refused(context.infer(features(context.samples), model_version="9.9.9"), 404, "version is not served")
    await refused(context.infer([tensor("petals", context.samples, "FP64", True)]), 422, "unknown name")
    await refused(context.infer(features(context.samples), outputs=[blocking.InferRequestedOutput("colour")]), 422, "unknown output")


@check
async def unsupported_routes(context):
    await refused(context.iris.get_model_config("iris"), 404, "nothing at this path")


@check
async def api_key(context):
    await refused(context.iris.infer("iris", features(context.samples)), 401, "valid key")


@check
async def mixed_data(context):
    customers = {
        "tenure_months": ([[3], [40]], "FP64"),
        "num_complaints": ([[5], [0]], "FP32"),
        "avg_session_minutes": ([[12.5], [30.0]], "FP64"),
        "plan_type": ([["basic"], ["premium"]], "BYTES"),
        "region": ([["EU"], ["APAC"]], "BYTES"),
    }
    answers = []
    for binary in (True, False):
        inputs = [tensor(name, values, datatype, binary) for name, (values, datatype) in customers.items()]
        result = await context.churn.infer("churn", inputs, headers=dict(context.key), outputs=outputs(binary))
        assert result.as_numpy("probabilities").shape == (2, 2)
        answers.append([text(label) for label in result.as_numpy("label")])
    assert answers[0] == answers[1] and set(answers[0]) <= {"yes", "no"}, answers


async def run(client, connect, arguments):
    context = Context(connect, *arguments)
    for function in CHECKS:
        error = None
        try:
            await function(context)
        except Exception:
            error = traceback.format_exc(limit=-3)
        print(json.dumps({"client": client, "check": function.__name__, "error": error}), flush=True)
    await context.iris.close()
    await context.churn.close()


if __name__ == "__main__":
    asyncio.run(run("blocking", Blocking, sys.argv[1:]))
    asyncio.run(run("asyncio", asynchronous.InferenceServerClient, sys.argv[1:]))
