from llama_index.core.base.llms.types import ChatMessage
from llama_index.core.tools import FunctionTool
from llama_index.embeddings.openai import OpenAIEmbedding
from llama_index.llms.openai import OpenAI
from openinference.instrumentation.llama_index import LlamaIndexInstrumentor

from scenarios import EMBEDDING_MODEL, MODEL, PROVIDER_URL, TIMEOUT_S, messages_of, read, read_some, run_all
from telemetry import tracing_over_http

telemetry = tracing_over_http()
LlamaIndexInstrumentor().instrument()
COMMON = {"api_key": "unused", "api_base": PROVIDER_URL, "max_retries": 0, "timeout": TIMEOUT_S}
llm = OpenAI(model=MODEL, **COMMON)


def messages(scenario):
    return [ChatMessage(role=one["role"], content=one["content"]) for one in messages_of(scenario)]


def chat(scenario):
    return llm.chat(messages(scenario))


def stream(scenario):
    return llm.stream_chat(messages(scenario), stream_options={"include_usage": True})


def tool(scenario):
    offered = scenario["tool"]

    def run_tool(place: str) -> str:
        return offered["result"]

    function = FunctionTool.from_defaults(run_tool, name=offered["name"], description=offered["description"])
    first = llm.chat_with_tools([function], chat_history=messages(scenario))
    [call] = llm.get_tool_calls_from_response(first)
    told = ChatMessage(role="tool", content=offered["result"], additional_kwargs={"tool_call_id": call.tool_id})
    llm.chat_with_tools([function], chat_history=[*messages(scenario), first.message, told])


def embedding(scenario):
    OpenAIEmbedding(model=EMBEDDING_MODEL, **COMMON).get_text_embedding(scenario["prompt"])


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
    telemetry.shutdown,
)
