import { prefixed, token, type SecretRule } from './rule.ts'

/** Model providers and the tools around them. */
export const AI_RULES: readonly SecretRule[] = [
  token('OpenAI key', 'sk', '-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{36,200}'),
  token('OpenAI key', 'sk', '-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}'),
  token('Anthropic key', 'sk', '-ant-(?:api|admin|oat|sid)\\d\\d-[A-Za-z0-9_-]{60,120}'),
  token('OpenRouter key', 'sk', '-or-v1-[0-9a-f]{64}'),
  token('Langfuse secret key', 'sk', '-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'),
  token('model provider key', 'sk', '-[A-Za-z0-9]{32,64}'),
  token('ElevenLabs key', 'sk', '_[0-9a-f]{48}'),
  token('Hugging Face token', 'hf', '_[A-Za-z0-9]{34,40}'),
  token('Hugging Face organisation token', 'api', '_org_[A-Za-z0-9]{34}'),
  { name: 'Replicate token', words: ['r'], pattern: /r8_[A-Za-z0-9]{37}(?![A-Za-z0-9])/ },
  token('Groq key', 'gsk', '_[A-Za-z0-9]{52}'),
  token('Perplexity key', 'pplx', '-[A-Za-z0-9]{48}'),
  token('xAI key', 'xai', '-[A-Za-z0-9]{70,90}'),
  token('NVIDIA key', 'nvapi', '-[A-Za-z0-9_-]{60,80}'),
  token('Cerebras key', 'csk', '-[a-z0-9]{48}'),
  token('Fireworks key', 'fw', '_[A-Za-z0-9]{22,30}'),
  token('Pinecone key', 'pcsk', '_[A-Za-z0-9]{4,8}_[A-Za-z0-9]{40,80}'),
  token('LangSmith key', 'lsv', '2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}'),
  token('Tavily key', 'tvly', '-(?:dev-|prod-)?[A-Za-z0-9]{28,40}'),
  token('Firecrawl key', 'fc', '-[0-9a-f]{32}'),
  token('Voyage key', 'pa', '-[A-Za-z0-9_-]{43}'),
  token('Exa or Unstructured key', 'unstr', '[A-Za-z0-9_-]{20,60}'),
  token('Helicone key', 'sk', '-helicone-[a-z0-9-]{20,60}'),
  prefixed('Weights & Biases key', 'wandb', '_v1_[A-Za-z0-9_]{60,90}'),
]
