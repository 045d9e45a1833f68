from anthropic import Anthropic
from openai import OpenAI
from opentelemetry.instrumentation.anthropic import AnthropicInstrumentor
from opentelemetry.instrumentation.openai import OpenAIInstrumentor

from scenarios import ANTHROPIC_OPTIONS, OPENAI_OPTIONS, anthropic_work, openai_work, responses_work, run_all
from telemetry import tracing_over_http

provider = tracing_over_http()
OpenAIInstrumentor().instrument()
AnthropicInstrumentor().instrument()

client = OpenAI(**OPENAI_OPTIONS)
work = {**openai_work(client), **responses_work(client), **anthropic_work(Anthropic(**ANTHROPIC_OPTIONS))}
run_all(work, provider.shutdown)
