from langchain_core.messages import ToolMessage
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from openinference.instrumentation.langchain import LangChainInstrumentor

from scenarios import EMBEDDING_MODEL, MODEL, PROVIDER_URL, TIMEOUT_S, messages_of, read, read_some, run_all, schema_of
from telemetry import tracing_over_http

telemetry = tracing_over_http()
LangChainInstrumentor().instrument()
COMMON = {"api_key": "unused", "base_url": PROVIDER_URL, "max_retries": 0, "timeout": TIMEOUT_S}
model = ChatOpenAI(model=MODEL, stream_usage=True, **COMMON)


def chat(scenario):
    return model.invoke(messages_of(scenario))


def tool(scenario):
    offered = scenario["tool"]
    function = {"name": offered["name"], "description": offered["description"], "parameters": schema_of(offered)}
    bound = model.bind_tools([{"type": "function", "function": function}])
    first = bound.invoke(messages_of(scenario))
    told = ToolMessage(tool_call_id=first.tool_calls[0]["id"], content=offered["result"])
    bound.invoke([*messages_of(scenario), first, told])


def embedding(scenario):
    common = {**COMMON, "check_embedding_ctx_length": False}
    OpenAIEmbeddings(model=EMBEDDING_MODEL, **common).embed_query(scenario["prompt"])


run_all(
    {
        "chat": chat,
        "stream": lambda scenario: read(model.stream(messages_of(scenario))),
        "tool": tool,
        "embedding": embedding,
        "status 429": chat,
        "status 500": chat,
        "timeout": chat,
        "broken": lambda scenario: read_some(model.stream(messages_of(scenario)), 5),
    },
    telemetry.shutdown,
)
