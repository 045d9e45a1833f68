from openai import OpenAI
from openinference.instrumentation.openai import OpenAIInstrumentor

from scenarios import OPENAI_OPTIONS, openai_work, responses_work, run_all
from telemetry import tracing_over_http

provider = tracing_over_http()
OpenAIInstrumentor().instrument()

client = OpenAI(**OPENAI_OPTIONS)
run_all({**openai_work(client), **responses_work(client)}, provider.shutdown)
