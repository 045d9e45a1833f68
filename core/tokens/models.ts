/** Which published vocabulary a model counts in. */
export type Encoding = 'o200k_base' | 'cl100k_base'

export interface ModelEncoding {
  readonly encoding: Encoding
  /** Not known to be the model's own: its counts come near, no more. */
  readonly estimate: boolean
}

/** Tried in order, against the name without provider path and fine-tuning prefix. */
const KNOWN: readonly (readonly [pattern: RegExp, encoding: Encoding])[] = [
  [
    /^(?:chatgpt-4o|gpt-4o|gpt-4\.[15]|gpt-5|gpt-image|gpt-realtime|gpt-audio|gpt-oss|o[134](?:$|-)|codex-)/,
    'o200k_base',
  ],
  [/^(?:gpt-4|gpt-3\.5|gpt-35|text-embedding-3|text-embedding-ada-002)/, 'cl100k_base'],
]

/** `openai/gpt-4o`, `models/gpt-4o`, `ft:gpt-4o:org::id` are all `gpt-4o`. */
const bare = (model: string): string => (model.toLowerCase().split('/').at(-1) ?? '').replace(/^ft:/, '')

export function encodingOf(model: string): ModelEncoding | undefined {
  const name = bare(model.trim())
  if (name === '') return undefined
  const known = KNOWN.find(([pattern]) => pattern.test(name))
  return known === undefined ? { encoding: 'o200k_base', estimate: true } : { encoding: known[1], estimate: false }
}
