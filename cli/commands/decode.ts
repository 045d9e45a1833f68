import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { createNormaliser } from '../../collectors/dialects/index.ts'
import { decodeRequest, type Decoded, type Encoding, type Signal } from '../../collectors/dialects/wire/index.ts'
import { messageOf, WeirError } from '../../core/errors.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { JSON_OPTION, stringOption, usage, type Command, type CommandContext } from '../terminal/command.ts'
import { renderInteraction } from './render-interaction.ts'
import { print, printJson, printLine } from '../terminal/output.ts'

export const command: Command = {
  examples: [
    'weir decode request.bin             # an OTLP request body: protobuf or JSON, gzip or not',
    'cat request.bin | weir decode - --json',
    'weir decode logs.bin --signal logs',
  ],
  options: {
    signal: {
      type: 'string',
      value: 'kind',
      description: 'traces, logs or metrics (default: traces, or what the JSON says)',
    },
    json: { ...JSON_OPTION, description: 'print one interaction per line as JSON' },
  },
  positionals: [{ name: 'file', description: 'file to read, or - for standard input', required: true }],
  run: decode,
}

/** What the receiver takes by default; a request that Weir would not accept is not decoded either. */
const REQUEST_BYTES_MAX = 20 * 1024 * 1024
const SIGNALS: readonly Signal[] = ['traces', 'logs', 'metrics']
const REFUSED_SHOWN = 20

async function decode(context: CommandContext): Promise<number> {
  const { args, options, stdout } = context
  const body = withoutMark(inflated(await readInput(args[0] ?? '-', context.stdin)))
  const encoding: Encoding = body.toString('latin1', 0, 64).trimStart().startsWith('{') ? 'json' : 'protobuf'
  const signal = signalOf(stringOption(options, 'signal'), encoding, body)
  const decoded = decoding(signal, encoding, body)
  const { interactions, ignored } = normalised(decoded)
  for (const interaction of interactions) {
    if (context.signal.aborted) throw new Error('stopped') // its exit code is that of the signal
    if (options['json']) await printJson(stdout, interaction)
    else await print(stdout, `${renderInteraction(interaction, context.color.stdout)}\n\n`)
  }
  await printLine(context.stderr, summary(signal, decoded, interactions.length, ignored))
  return 0
}

function decoding(signal: Signal, encoding: Encoding, body: Buffer): Decoded {
  try {
    return decodeRequest(signal, encoding, body)
  } catch (error) {
    if (!(error instanceof WeirError) || error.code !== 'WEIR_DECODE') throw error
    const text = `this is not the body of an OTLP request with ${signal} (${error.message}). Save one as it was sent, without headers; --signal says what it holds.`
    throw new WeirError('WEIR_DECODE', text, { cause: error })
  }
}

async function readInput(name: string, stdin: Readable): Promise<Buffer> {
  if (name !== '-') {
    return readFile(name).catch((cause: NodeJS.ErrnoException) => {
      throw usage(`${name} cannot be read (${cause.code ?? cause.name})`)
    })
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > REQUEST_BYTES_MAX) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = (): WeirError =>
  new WeirError('WEIR_TOO_LARGE', `the request is larger than ${REQUEST_BYTES_MAX} bytes, which is what Weir accepts`)

function inflated(body: Buffer): Buffer {
  if (body.length > REQUEST_BYTES_MAX) throw tooLarge()
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body
  try {
    return gunzipSync(body, { maxOutputLength: REQUEST_BYTES_MAX })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new WeirError('WEIR_DECODE', `the input looks like gzip but does not inflate (${messageOf(cause)})`, {
      cause,
    })
  }
}

/** Editors put a byte order mark before JSON; no request in protobuf starts with these bytes. */
function withoutMark(body: Buffer): Buffer {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body
}

/** Protobuf does not say what it is; JSON names its only list. */
function signalOf(given: string | undefined, encoding: Encoding, body: Buffer): Signal {
  if (given !== undefined) {
    const known = SIGNALS.find((signal) => signal === given)
    if (known === undefined) throw usage(`--signal is traces, logs or metrics, not ${JSON.stringify(given)}`)
    return known
  }
  if (encoding === 'protobuf') return 'traces'
  const start = body.toString('utf8', 0, 4096)
  if (start.includes('"resourceLogs"')) return 'logs'
  return start.includes('"resourceMetrics"') ? 'metrics' : 'traces'
}

interface NormalisedRequest {
  readonly interactions: readonly Interaction[]
  readonly ignored: ReadonlyMap<string, number>
}

function normalised({ records }: Decoded): NormalisedRequest {
  const normalise = createNormaliser()
  const context = { tenant: 'default', collector: 'decode', receivedAt: Date.now() * 1000 }
  const interactions: Interaction[] = []
  const ignored = new Map<string, number>()
  for (const record of records) {
    const result = normalise(record, context)
    if ('ignored' in result) ignored.set(result.ignored, (ignored.get(result.ignored) ?? 0) + 1)
    else interactions.push(result)
  }
  return { interactions, ignored }
}

const THINGS: Readonly<Record<Signal, string>> = { traces: 'spans', logs: 'log records', metrics: 'data points' }

/** How many of what there were, and why some gave nothing. */
function summary(signal: Signal, decoded: Decoded, found: number, ignored: ReadonlyMap<string, number>): string {
  const { total, refused, invalidUtf8 } = decoded
  const lines = [`${total} ${THINGS[signal]}: ${found} interactions`]
  if (signal === 'metrics') lines.push('  metrics are accepted and counted, not used')
  for (const [reason, count] of ignored) lines.push(`  ${count} ignored: ${reason}`)
  for (const { index, message } of refused.slice(0, REFUSED_SHOWN)) lines.push(`  ${index} refused: ${message}`)
  if (refused.length > REFUSED_SHOWN) lines.push(`  ... and ${refused.length - REFUSED_SHOWN} more refused`)
  if (invalidUtf8 > 0) lines.push(`  ${invalidUtf8} texts held invalid UTF-8, replaced by U+FFFD`)
  return lines.join('\n')
}
