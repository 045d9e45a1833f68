import asyncio

from strands import Agent
from strands.models.openai import OpenAIModel
from strands.telemetry import StrandsTelemetry
from strands.tools import PythonAgentTool

from scenarios import MODEL, OPENAI_OPTIONS, run_all, schema_of

telemetry = StrandsTelemetry().setup_otlp_exporter()


def agent_of(scenario, tools=()):
    model = OpenAIModel(client_args=OPENAI_OPTIONS, model_id=MODEL)
    return Agent(
        model=model,
        tools=list(tools),
        system_prompt=scenario.get("system"),
        callback_handler=None,
        retry_strategy=None,
    )


def ask(scenario, tools=()):
    agent_of(scenario, tools)(scenario["prompt"])


def tool(scenario):
    offered = scenario["tool"]

    def run_tool(use, **_):
        return {"toolUseId": use["toolUseId"], "status": "success", "content": [{"text": offered["result"]}]}

    spec = {
        "name": offered["name"],
        "description": offered["description"],
        "inputSchema": {"json": schema_of(offered)},
    }
    ask(scenario, [PythonAgentTool(offered["name"], spec, run_tool)])


def stream(scenario, most=None):
    async def read():
        pieces = 0
        events = agent_of(scenario).stream_async(scenario["prompt"])
        async for event in events:
            pieces += "data" in event
            if pieces == most:
                break
        await events.aclose()

    asyncio.run(read())


run_all(
    {
        "chat": ask,
        "stream": stream,
        "tool": tool,
        "status 429": ask,
        "status 500": ask,
        "timeout": ask,
        "broken": lambda scenario: stream(scenario, most=5),
    },
    lambda: telemetry.tracer_provider.force_flush(),
)
