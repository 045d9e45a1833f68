import strands_agents  # noqa: F401 - the same application, told by the environment to speak the newest form
