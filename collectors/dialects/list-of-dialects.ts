import { agentcore } from './agentcore.ts'
import { aiSdk6 } from './ai-sdk-6.ts'
import { aiSdk7 } from './ai-sdk-7.ts'
import { anthropicSdk } from './anthropic-sdk.ts'
import { claudeCode } from './claude-code.ts'
import { codex } from './codex.ts'
import type { Dialect } from './dialect.ts'
import { geminiCli } from './gemini-cli.ts'
import { genkit } from './genkit.ts'
import { googleAdk } from './google-adk.ts'
import { haystack } from './haystack.ts'
import { langfuse } from './langfuse.ts'
import { langsmith } from './langsmith.ts'
import { litellm } from './litellm.ts'
import { livekit } from './livekit.ts'
import { mastra } from './mastra.ts'
import { mcp } from './mcp.ts'
import { mlflow } from './mlflow.ts'
import { openinference } from './openinference.ts'
import { openlit } from './openlit.ts'
import { openllmetryOld } from './openllmetry-old.ts'
import { openllmetry } from './openllmetry.ts'
import { otelGenai127 } from './otel-genai-1.27.ts'
import { otelGenai136 } from './otel-genai-1.36.ts'
import { otelGenaiInUse } from './otel-genai-in-use.ts'
import { otelGenaiLatest } from './otel-genai-latest.ts'
import { pydanticAi } from './pydantic-ai.ts'
import { semanticKernel } from './semantic-kernel.ts'
import { springAi } from './spring-ai.ts'
import { strands } from './strands.ts'

/** Every dialect Weir reads, in the order in which they win over each other: messages, then pieces, then whole payloads. */
export const DIALECTS: readonly Dialect[] = [
  otelGenaiLatest,
  otelGenaiInUse,
  otelGenai136,
  langsmith,
  otelGenai127,
  mcp,
  openllmetryOld,
  aiSdk6,
  litellm,
  openinference,
  langfuse,
  pydanticAi,
  googleAdk,
  strands,
  semanticKernel,
  openlit,
  anthropicSdk,
  mlflow,
  genkit,
  livekit,
  mastra,
  haystack,
  springAi,
  claudeCode,
  codex,
  geminiCli,
  agentcore,
  openllmetry,
  aiSdk7,
]
