"""Records what tritonclient sends, byte by byte, for the tests that run without Python.

Usage: record_requests.py > apps/api/src/features/v2/fixtures/tritonclient-requests.json
"""

import asyncio
import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import numpy as np
import tritonclient.http as blocking
import tritonclient.http.aio as asynchronous

FLOWERS = [[5.1, 3.5, 1.4, 0.2], [6.3, 3.3, 6.0, 2.5]]
FORMS = {
    "FP64, binary": (np.float64, True, None),
    "FP32, binary": (np.float32, True, None),
    "FP64, JSON": (np.float64, False, None),
    "FP32, JSON": (np.float32, False, None),
    "FP64, binary, gzip": (np.float64, True, "gzip"),
    "FP64, JSON, deflate": (np.float64, False, "deflate"),
}


class Recorder(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    requests = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        # The port differs from run to run, and says nothing.
        headers = {name.lower(): value for name, value in self.headers.items() if name.lower() != "host"}
        self.requests.append({"path": self.path, "headers": headers, "body": base64.b64encode(body).decode()})
        answer = b"[]" if self.path.endswith("index") else b'{"outputs":[]}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def tensor(dtype, binary):
    array = np.array(FLOWERS, dtype=dtype)
    datatype = {np.float64: "FP64", np.float32: "FP32"}[dtype]
    return blocking.InferInput("features", list(array.shape), datatype).set_data_from_numpy(array, binary_data=binary)


def calls():
    yield "repository index", lambda client: client.get_model_repository_index()
    for form, (dtype, binary, coding) in FORMS.items():
        outputs = None if binary else [blocking.InferRequestedOutput(name, binary_data=False) for name in ("label", "probabilities")]
        options = {"request_compression_algorithm": coding, "response_compression_algorithm": coding, "outputs": outputs}
        yield form, lambda client: client.infer("iris", [tensor(dtype, binary)], request_id="recorded", **options)


def record_blocking(url):
    with blocking.InferenceServerClient(url) as client:
        for form, call in calls():
            call(client)
            yield f"blocking client, {form}"


async def record_asyncio(url):
    async with asynchronous.InferenceServerClient(url) as client:
        forms = []
        for form, call in calls():
            await call(client)
            forms.append(f"asyncio client, {form}")
        return forms


server = ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"127.0.0.1:{server.server_port}"
names = [*record_blocking(url), *asyncio.run(record_asyncio(url))]
server.shutdown()
requests = [{"name": name, **request} for name, request in zip(names, Recorder.requests, strict=True)]
print(json.dumps({"recorded": f"tritonclient {version('tritonclient')}", "requests": requests}, indent=2))
