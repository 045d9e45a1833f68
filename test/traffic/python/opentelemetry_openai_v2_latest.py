import opentelemetry_openai_v2  # noqa: F401 - the same application, told by the environment to speak the newest form
