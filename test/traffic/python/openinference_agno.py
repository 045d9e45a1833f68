from agno.agent import Agent
from agno.models.openai import OpenAIChat, OpenAIResponses
from agno.tools import Function
from openinference.instrumentation.agno import AgnoInstrumentor

from scenarios import MODEL, OPENAI_OPTIONS, read, read_some, run_all, schema_of
from telemetry import tracing_over_http

telemetry = tracing_over_http()
AgnoInstrumentor().instrument()


def agent_of(scenario, model=OpenAIChat, tools=()):
    return Agent(
        model=model(id=MODEL, **OPENAI_OPTIONS),
        system_message=scenario.get("system"),
        tools=list(tools),
        telemetry=False,
    )


def ask(scenario, model=OpenAIChat, tools=()):
    agent_of(scenario, model, tools).run(scenario["prompt"])


def stream(scenario, model=OpenAIChat):
    return agent_of(scenario, model).run(scenario["prompt"], stream=True)


def tool(scenario):
    offered = scenario["tool"]

    def run_tool(place: str) -> str:
        return offered["result"]

    given = {"name": offered["name"], "description": offered["description"], "parameters": schema_of(offered)}
    ask(scenario, tools=[Function(**given, entrypoint=run_tool)])


run_all(
    {
        "chat": ask,
        "stream": lambda scenario: read(stream(scenario)),
        "tool": tool,
        "status 429": ask,
        "status 500": ask,
        "timeout": ask,
        "broken": lambda scenario: read_some(stream(scenario), 5),
        "responses": lambda scenario: ask(scenario, OpenAIResponses),
        "responses stream": lambda scenario: read(stream(scenario, OpenAIResponses)),
    },
    telemetry.shutdown,
)
