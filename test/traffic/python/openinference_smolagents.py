import json
from dataclasses import asdict

from openinference.instrumentation.smolagents import SmolagentsInstrumentor
from smolagents import OpenAIModel, Tool

from scenarios import MODEL, PROVIDER_URL, TIMEOUT_S, messages_of, read, read_some, run_all
from telemetry import tracing_over_http

telemetry = tracing_over_http()
SmolagentsInstrumentor().instrument()
options = {"max_retries": 0, "timeout": TIMEOUT_S}
model = OpenAIModel(MODEL, api_base=PROVIDER_URL, api_key="unused", client_kwargs=options, retry=False)


def messages(scenario):
    return [{**one, "content": [{"type": "text", "text": one["content"]}]} for one in messages_of(scenario)]


def chat(scenario, **more):
    return model.generate(messages(scenario), **more)


def stream(scenario):
    return model.generate_stream(messages(scenario))


def tool(scenario):
    """As a ToolCallingAgent asks; the agent itself takes no answer that is not a call of a tool."""
    offered = scenario["tool"]

    class Weather(Tool):
        name = offered["name"]
        description = offered["description"]
        inputs = {key: {"type": "string", "description": key} for key in offered["arguments"]}
        output_type = "string"

        def forward(self, place):
            return offered["result"]

    weather = Weather()
    asked = messages(scenario)
    first = model.generate(asked, tools_to_call_from=[weather])
    told = weather(**json.loads(first.tool_calls[0].function.arguments))
    said = [{"type": "text", "text": f"Calling tools:\n{[asdict(call) for call in first.tool_calls]}"}]
    result = [{"type": "text", "text": told}]
    model.generate(
        [*asked, {"role": "tool-call", "content": said}, {"role": "tool-response", "content": result}],
        tools_to_call_from=[weather],
    )


run_all(
    {
        "chat": chat,
        "stream": lambda scenario: read(stream(scenario)),
        "tool": tool,
        "status 429": chat,
        "status 500": chat,
        "timeout": chat,
        "broken": lambda scenario: read_some(stream(scenario), 5),
    },
    telemetry.shutdown,
)
