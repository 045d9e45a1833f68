import litellm

from scenarios import (
    EMBEDDING_MODEL,
    MODEL,
    PROVIDER_URL,
    TIMEOUT_S,
    messages_of,
    read,
    read_some,
    run_all,
    schema_of,
)

litellm.callbacks = ["otel"]
litellm.suppress_debug_info = True
COMMON = {"api_key": "unused", "api_base": PROVIDER_URL, "max_retries": 0, "timeout": TIMEOUT_S}


def chat(scenario, **more):
    return litellm.completion(
        **{"model": f"openai/{MODEL}", "messages": messages_of(scenario), **COMMON, **more},
    )


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


def embedding(scenario):
    litellm.embedding(model=f"openai/{EMBEDDING_MODEL}", input=[scenario["prompt"]], **COMMON)


def finish():
    from litellm.litellm_core_utils.thread_pool_executor import executor
    from opentelemetry import trace

    executor.shutdown(wait=True)  # its callbacks run in threads of their own
    trace.get_tracer_provider().force_flush()


run_all(
    {
        "chat": chat,
        "stream": lambda scenario: read(stream(scenario)),
        "tool": tool,
        "embedding": embedding,
        "status 429": chat,
        "status 500": chat,
        "timeout": chat,
        "broken": lambda scenario: read_some(stream(scenario), 5),
    },
    finish,
)
