import asyncio

from agent_framework import Agent, FunctionTool
from agent_framework.openai import OpenAIChatClient, OpenAIChatCompletionClient, OpenAIEmbeddingClient
from openai import AsyncOpenAI

from scenarios import EMBEDDING_MODEL, MODEL, OPENAI_OPTIONS, run_all, schema_of
from telemetry import tracing_over_http

telemetry = tracing_over_http()
client = AsyncOpenAI(**OPENAI_OPTIONS)
chats = OpenAIChatCompletionClient(model=MODEL, async_client=client)
responses = OpenAIChatClient(model=MODEL, async_client=client)
LOOP = asyncio.new_event_loop()


def agent_of(scenario, model, tools=()):
    return Agent(model, instructions=scenario.get("system"), name="pilot", tools=list(tools))


def ask(scenario, model=chats, tools=()):
    LOOP.run_until_complete(agent_of(scenario, model, tools).run(scenario["prompt"]))


def tool(scenario):
    offered = scenario["tool"]

    def run_tool(place: str) -> str:
        return offered["result"]

    given = {"name": offered["name"], "description": offered["description"], "input_model": schema_of(offered)}
    ask(scenario, tools=[FunctionTool(**given, func=run_tool)])


def stream(scenario, model=chats, most=None):
    async def read():
        pieces = 0
        async for _ in agent_of(scenario, model).run(scenario["prompt"], stream=True):
            pieces += 1
            if pieces == most:
                break

    LOOP.run_until_complete(read())


def embedding(scenario):
    embedder = OpenAIEmbeddingClient(model=EMBEDDING_MODEL, async_client=client)
    LOOP.run_until_complete(embedder.get_embeddings([scenario["prompt"]]))


run_all(
    {
        "chat": ask,
        "stream": stream,
        "tool": tool,
        "embedding": embedding,
        "status 429": ask,
        "status 500": ask,
        "timeout": ask,
        "broken": lambda scenario: stream(scenario, most=5),
        "responses": lambda scenario: ask(scenario, responses),
        "responses stream": lambda scenario: stream(scenario, responses),
    },
    telemetry.shutdown,
)
