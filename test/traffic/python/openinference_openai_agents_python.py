import asyncio

from agents import Agent, FunctionTool, OpenAIChatCompletionsModel, OpenAIResponsesModel, Runner
from openai import AsyncOpenAI
from openinference.instrumentation.openai_agents import OpenAIAgentsInstrumentor

from scenarios import MODEL, OPENAI_OPTIONS, run_all, schema_of
from telemetry import tracing_over_http

telemetry = tracing_over_http()
OpenAIAgentsInstrumentor().instrument()
client = AsyncOpenAI(**OPENAI_OPTIONS)
chat_model = OpenAIChatCompletionsModel(model=MODEL, openai_client=client)
responses_model = OpenAIResponsesModel(model=MODEL, openai_client=client)
LOOP = asyncio.new_event_loop()


def agent_of(scenario, model, tools=()):
    return Agent(name="pilot", instructions=scenario.get("system"), model=model, tools=list(tools))


def ask(scenario, model=chat_model, tools=()):
    LOOP.run_until_complete(Runner.run(agent_of(scenario, model, tools), scenario["prompt"]))


def tool(scenario):
    offered = scenario["tool"]

    async def run_tool(_context, _given):
        return offered["result"]

    schema = {**schema_of(offered), "additionalProperties": False}
    ask(scenario, tools=[FunctionTool(offered["name"], offered["description"], schema, run_tool)])


def stream(scenario, model=chat_model, most=None):
    async def read():
        pieces = 0
        answer = Runner.run_streamed(agent_of(scenario, model), scenario["prompt"])
        async for event in answer.stream_events():
            pieces += getattr(getattr(event, "data", None), "type", "") == "response.output_text.delta"
            if pieces == most:
                answer.cancel()

    LOOP.run_until_complete(read())


run_all(
    {
        "chat": ask,
        "stream": stream,
        "tool": tool,
        "status 429": ask,
        "status 500": ask,
        "timeout": ask,
        "broken": lambda scenario: stream(scenario, most=5),
        "responses": lambda scenario: ask(scenario, responses_model),
        "responses stream": lambda scenario: stream(scenario, responses_model),
    },
    telemetry.shutdown,
)
