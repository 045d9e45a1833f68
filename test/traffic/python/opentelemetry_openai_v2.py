from openai import OpenAI
from opentelemetry.instrumentation.openai_v2 import OpenAIInstrumentor

from scenarios import OPENAI_OPTIONS, openai_work, responses_work, run_all
from telemetry import all_over_grpc

shutdown = all_over_grpc()
OpenAIInstrumentor().instrument()

client = OpenAI(**OPENAI_OPTIONS)
run_all({**openai_work(client), **responses_work(client)}, shutdown)
