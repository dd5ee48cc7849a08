"""Python's clients of the protocol against a running server: a line of JSON for each check. Usage: URL TOKEN SAMPLE PREDICTION"""

import asyncio
import json
import sys
import traceback

import httpx2
from fastmcp import Client as FastMcpClient
from fastmcp.client.transports import SSETransport, StreamableHttpTransport
from mcp import Client as McpClient
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client
from pydantic_ai import Agent
from pydantic_ai.mcp import MCPToolset
from pydantic_ai.models.test import TestModel

URL, TOKEN, SAMPLE, PREDICTION = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), sys.argv[4]
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
TOOLS = 9


async def check_mcp(path: str) -> None:
    async with httpx2.AsyncClient(headers=HEADERS) as http:
        transport = sse_client(URL + path, headers=HEADERS) if path == "/sse" else streamable_http_client(URL + path, http_client=http)
        async with McpClient(transport) as client:
            assert len((await client.list_tools()).tools) == TOOLS
            result = await client.call_tool("predict", SAMPLE)
            assert result.structured_content["prediction"] == PREDICTION, result
            assert (await client.call_tool("predict", {})).is_error


async def check_fastmcp(path: str) -> None:
    transport = SSETransport if path == "/sse" else StreamableHttpTransport
    async with FastMcpClient(transport(URL + path, headers=HEADERS)) as client:
        assert len(await client.list_tools()) == TOOLS
        result = await client.call_tool("predict", SAMPLE)
        assert result.structured_content["prediction"] == PREDICTION, result
        assert (await client.call_tool("predict", {}, raise_on_error=False)).is_error


async def check_pydantic_ai(path: str) -> None:
    toolset = MCPToolset(URL + path, headers=HEADERS)
    # A model without a language: it calls the tool that it is told to.
    agent = Agent(TestModel(call_tools=["describe-model"]), toolsets=[toolset])
    async with agent:
        answer = await agent.run("Which model is served?")
        assert "describe-model" in answer.output, answer.output


async def main() -> None:
    for client, check in (("mcp", check_mcp), ("fastmcp", check_fastmcp), ("pydantic-ai", check_pydantic_ai)):
        for path in ("/mcp", "/sse"):
            try:
                await asyncio.wait_for(check(path), 30)
                error = None
            except BaseException:
                error = traceback.format_exc()
            print(json.dumps({"client": client, "path": path, "error": error}), flush=True)


asyncio.run(main())
