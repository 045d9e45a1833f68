from openinference.instrumentation.google_genai import GoogleGenAIInstrumentor

from google_genai_work import google_genai_work
from scenarios import run_all
from telemetry import tracing_over_http

telemetry = tracing_over_http()
GoogleGenAIInstrumentor().instrument()
run_all(google_genai_work(), telemetry.shutdown)
