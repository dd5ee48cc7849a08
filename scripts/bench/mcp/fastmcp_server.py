"""The comparator: a FastMCP server whose one tool calls the same API, over connections that are kept. Usage: API_URL PORT"""

import sys

import httpx2
from fastmcp import FastMCP

api_url, port = sys.argv[1], int(sys.argv[2])
client = httpx2.AsyncClient(base_url=api_url, limits=httpx2.Limits(max_connections=128, max_keepalive_connections=128))
mcp = FastMCP("comparator")


@mcp.tool
async def predict(sepal_length: float, sepal_width: float, petal_length: float, petal_width: float) -> dict:
    """Predicts the species of one flower."""
    sample = {
        "sepal_length": sepal_length,
        "sepal_width": sepal_width,
        "petal_length": petal_length,
        "petal_width": petal_width,
    }
    response = await client.post("/predict", json=sample)
    response.raise_for_status()
    return response.json()


print(f'{{"port":{port}}}', flush=True)
mcp.run(
    transport="http",
    host="127.0.0.1",
    port=port,
    stateless_http=True,
    json_response=True,
    show_banner=False,
    log_level="error",
    uvicorn_config={"access_log": False},
)
