import asyncio
import logging

from google.adk.agents import LlmAgent, RunConfig
from google.adk.agents.run_config import StreamingMode
from google.adk.models.lite_llm import LiteLlm
from google.adk.runners import InMemoryRunner
from google.adk.telemetry.setup import maybe_set_otel_providers
from google.genai import types
from opentelemetry import _logs, trace

from scenarios import MODEL, PROVIDER_URL, TIMEOUT_S, run_all

logging.disable(logging.CRITICAL)
maybe_set_otel_providers()
LOCAL = {"api_key": "unused", "api_base": PROVIDER_URL, "max_retries": 0, "num_retries": 0, "timeout": TIMEOUT_S}


def ask(scenario, tools=(), streaming=StreamingMode.NONE, most=None):
    async def read():
        agent = LlmAgent(
            name="pilot",
            model=LiteLlm(model=f"openai/{MODEL}", **LOCAL),
            instruction=scenario.get("system", ""),
            tools=list(tools),
        )
        runner = InMemoryRunner(agent=agent, app_name="traffic")
        session = await runner.session_service.create_session(app_name="traffic", user_id="u-1")
        message = types.Content(role="user", parts=[types.Part(text=scenario["prompt"])])
        events = runner.run_async(
            user_id="u-1",
            session_id=session.id,
            new_message=message,
            run_config=RunConfig(streaming_mode=streaming),
        )
        count = 0
        async for _ in events:
            count += 1
            if count == most:
                break
        await events.aclose()

    asyncio.run(read())


def tool(scenario):
    offered = scenario["tool"]

    def weather(place: str) -> str:
        """The weather at a place"""
        return offered["result"]

    ask(scenario, [weather])


def finish():
    trace.get_tracer_provider().force_flush()
    _logs.get_logger_provider().force_flush()


run_all(
    {
        "chat": ask,
        "stream": lambda scenario: ask(scenario, streaming=StreamingMode.SSE),
        "tool": tool,
        "status 429": ask,
        "status 500": ask,
        "timeout": ask,
        "broken": lambda scenario: ask(scenario, streaming=StreamingMode.SSE, most=5),
    },
    finish,
)
