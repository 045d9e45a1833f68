import asyncio

from openai import AsyncOpenAI
from pydantic_ai import Agent, Embedder
from pydantic_ai.models.instrumented import InstrumentationSettings
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.providers.openai import OpenAIProvider

from scenarios import EMBEDDING_MODEL, MODEL, OPENAI_OPTIONS, run_all
from telemetry import tracing_over_http

telemetry = tracing_over_http()
provider = OpenAIProvider(openai_client=AsyncOpenAI(**OPENAI_OPTIONS))
chat_model = OpenAIChatModel(MODEL, provider=provider)
responses_model = OpenAIResponsesModel(MODEL, provider=provider)
Agent.instrument_all(InstrumentationSettings())
LOOP = asyncio.new_event_loop()


def agent_of(scenario, model=chat_model):
    return Agent(model, instructions=scenario.get("system"))


def ask(scenario, model=chat_model):
    return LOOP.run_until_complete(agent_of(scenario, model).run(scenario["prompt"]))


def tool(scenario):
    offered = scenario["tool"]
    agent = agent_of(scenario)

    @agent.tool_plain(name=offered["name"], description=offered["description"])
    def run_tool(place: str) -> str:
        return offered["result"]

    LOOP.run_until_complete(agent.run(scenario["prompt"]))


def stream(scenario, model=chat_model, most=None):
    async def read():
        async with agent_of(scenario, model).run_stream(scenario["prompt"]) as result:
            count = 0
            async for _ in result.stream_text(delta=True, debounce_by=None):
                count += 1
                if count == most:
                    break

    LOOP.run_until_complete(read())


def embedding(scenario):
    from pydantic_ai.embeddings.openai import OpenAIEmbeddingModel

    embedder = Embedder(OpenAIEmbeddingModel(EMBEDDING_MODEL, provider=provider), instrument=True)
    LOOP.run_until_complete(embedder.embed_query(scenario["prompt"]))


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
        "responses": lambda scenario: ask(scenario, responses_model),
        "responses stream": lambda scenario: stream(scenario, responses_model),
    },
    telemetry.shutdown,
)
