from google import genai

from scenarios import PROVIDER_ORIGIN, TIMEOUT_S, read, read_some, schema_of

GEMINI_MODEL = "gemini-2.5-flash"


def google_genai_work():
    """What an application does with the client of Google. It never asks twice: the provider's count is compared."""
    options = {"base_url": PROVIDER_ORIGIN, "timeout": int(TIMEOUT_S * 1000), "retry_options": {"attempts": 1}}
    client = genai.Client(api_key="unused", http_options=options)

    def asked(scenario, contents=None, **more):
        config = {"automatic_function_calling": {"disable": True}, **more}
        if "system" in scenario:
            config["system_instruction"] = scenario["system"]
        return {"model": GEMINI_MODEL, "contents": contents or scenario["prompt"], "config": config}

    def chat(scenario, *contents, **more):
        return client.models.generate_content(**asked(scenario, *contents, **more))

    def stream(scenario):
        return client.models.generate_content_stream(**asked(scenario))

    def tool(scenario):
        offered = scenario["tool"]
        declared = {
            "name": offered["name"],
            "description": offered["description"],
            "parameters_json_schema": schema_of(offered),
        }
        tools = [{"function_declarations": [declared]}]
        said = chat(scenario, tools=tools).candidates[0].content
        call = said.parts[0].function_call
        answered = {"id": call.id, "name": call.name, "response": {"result": offered["result"]}}
        prompt = {"role": "user", "parts": [{"text": scenario["prompt"]}]}
        chat(scenario, [prompt, said, {"role": "user", "parts": [{"function_response": answered}]}], tools=tools)

    return {
        "chat": chat,
        "stream": lambda scenario: read(stream(scenario)),
        "tool": tool,
        "status 429": chat,
        "status 500": chat,
        "timeout": chat,
        "broken": lambda scenario: read_some(stream(scenario), 5),
    }
