import openlit
from anthropic import Anthropic
from openai import OpenAI
from opentelemetry import trace

from scenarios import ANTHROPIC_OPTIONS, OPENAI_OPTIONS, anthropic_work, openai_work, responses_work, run_all

openlit.init(disable_metrics=True, pricing_json="unused")  # a file that is not there: otherwise it fetches one

client = OpenAI(**OPENAI_OPTIONS)
work = {**openai_work(client), **responses_work(client), **anthropic_work(Anthropic(**ANTHROPIC_OPTIONS))}
run_all(work, lambda: trace.get_tracer_provider().force_flush())
