"""Runs the scenarios that a package can do, one after the other, and says on standard output when each began and ended."""

import gc
import json
import os
import pathlib
import sys
import time

SCENARIOS = json.loads((pathlib.Path(__file__).parent.parent / "scenarios.json").read_text())
MODEL = "gpt-4o-mini"
EMBEDDING_MODEL = "text-embedding-3-small"
ANTHROPIC_MODEL = "claude-sonnet-4-5"
# Longer than a first call takes on a busy machine: only a silent provider may meet it.
TIMEOUT_S = 2.0
PROVIDER_URL = os.environ["PROVIDER_URL"]
PROVIDER_ORIGIN = os.environ["PROVIDER_ORIGIN"]

# Between scenarios, so that a span's start says which one it belongs to.
GAP_S = 0.15
# As long as a slow stream: some go on reading what the application has left.
BROKEN_S = 2.0

# Never asks twice: the provider's count is compared.
OPENAI_OPTIONS = {"api_key": "unused", "base_url": PROVIDER_URL, "max_retries": 0, "timeout": TIMEOUT_S}
ANTHROPIC_OPTIONS = {"api_key": "unused", "base_url": PROVIDER_ORIGIN, "max_retries": 0, "timeout": TIMEOUT_S}


def say(told):
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def run_all(work, finish):
    for name, run in work.items():
        time.sleep(GAP_S)
        begun = time.time() * 1000
        outcome = "answered"
        try:
            run(SCENARIOS[name])
        except Exception as error:  # what goes wrong is meant to
            outcome = f"{type(error).__name__}: {error}"[:200]
        gc.collect()  # a stream that was left is closed now, and not some time later
        time.sleep(BROKEN_S if name == "broken" else GAP_S)
        say({"scenario": name, "from": begun, "to": time.time() * 1000, "outcome": outcome})
    finish()
    say({"finished": True})


def messages_of(scenario):
    system = [{"role": "system", "content": scenario["system"]}] if "system" in scenario else []
    return [*system, {"role": "user", "content": scenario["prompt"]}]


def schema_of(tool):
    given = list(tool["arguments"])
    return {"type": "object", "properties": {key: {"type": "string"} for key in given}, "required": given}


def read(stream):
    for _ in stream:
        pass


def read_some(stream, pieces):
    for index, _ in enumerate(stream):
        if index == pieces:
            break
    if hasattr(stream, "close"):
        stream.close()


def openai_work(client):
    """What an application does with the client of OpenAI."""

    def chat(scenario, **more):
        return client.chat.completions.create(**{"model": MODEL, "messages": messages_of(scenario), **more})

    def stream(scenario):
        return chat(scenario, stream=True, stream_options={"include_usage": True})

    def tool(scenario):
        offered = scenario["tool"]
        function = {"name": offered["name"], "description": offered["description"], "parameters": schema_of(offered)}
        tools = [{"type": "function", "function": function}]
        message = chat(scenario, tools=tools).choices[0].message
        told = {"role": "tool", "tool_call_id": message.tool_calls[0].id, "content": offered["result"]}
        asked = message.model_dump(exclude_none=True)
        chat(scenario, tools=tools, messages=[*messages_of(scenario), asked, told])

    def broken(scenario):
        with stream(scenario) as chunks:
            read_some(chunks, 5)

    return {
        "chat": chat,
        "stream": lambda scenario: read(stream(scenario)),
        "tool": tool,
        "embedding": lambda scenario: client.embeddings.create(model=EMBEDDING_MODEL, input=scenario["prompt"]),
        "status 429": chat,
        "status 500": chat,
        "timeout": chat,
        "broken": broken,
    }


def responses_work(client):
    def ask(scenario, **more):
        return client.responses.create(model=MODEL, input=scenario["prompt"], **more)

    return {
        "responses": lambda scenario: ask(scenario, instructions=scenario["system"]),
        "responses stream": lambda scenario: read(ask(scenario, stream=True)),
    }


def anthropic_work(client):
    """What an application does with the client of Anthropic."""

    def ask(scenario, **more):
        system = {"system": scenario["system"]} if "system" in scenario else {}
        messages = [{"role": "user", "content": scenario["prompt"]}]
        return client.messages.create(model=ANTHROPIC_MODEL, max_tokens=100, messages=messages, **system, **more)

    return {
        "anthropic": ask,
        "anthropic stream": lambda scenario: read(ask(scenario, stream=True)),
        "anthropic 429": ask,
    }
