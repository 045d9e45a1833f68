import type { Interaction, Message, Part, SourceUse, ToolCall, Usage } from '../../schemas/interaction.ts'

const BOLD = '\u001b[1m'
const DIM = '\u001b[2m'
const PLAIN = '\u001b[0m'

/** Labels stand in a column of this width. */
const LABEL = 11

/** One interaction for people to read: what `weir decode` prints. Text is shown whole; nothing in it can steer a terminal. */
export function renderInteraction(interaction: Interaction, color: boolean = false): string {
  const paint = color
    ? (style: string, text: string): string => style + text + PLAIN
    : (_: string, text: string) => text
  const label = (name: string): string => paint(DIM, name.padEnd(LABEL))
  const lines: string[] = [paint(BOLD, printable(headline(interaction)).replaceAll('\n', ' '))]
  const row = (name: string, text: string): void => {
    if (text !== '') lines.push(`  ${label(name)}${indented(text, LABEL + 2)}`)
  }
  const section = (name: string, texts: readonly string[]): void => {
    if (texts.length === 0) return
    lines.push(`  ${paint(DIM, name)}`)
    for (const text of texts) lines.push(`    ${indented(text, 6)}`)
  }
  for (const [name, text] of facts(interaction)) row(name, text)
  section('system', interaction.system.map(messageText))
  section('input', interaction.input.map(messageText))
  section('output', interaction.output.map(messageText))
  section('tool calls', interaction.toolCalls.map(toolCallText))
  section('sources', interaction.sources.map(sourceText))
  section(
    'attributes',
    Object.entries(interaction.attributes).map(([key, value]) => `${key} = ${value}`),
  )
  return lines.join('\n')
}

function headline({ startedAt, timeImplausible, name, durationUs, error }: Interaction): string {
  const doubt = timeImplausible === true ? ' (not plausible)' : ''
  const failed = error === undefined ? '' : '  FAILED'
  return `${new Date(startedAt / 1000).toISOString()}${doubt}  ${name}  ${duration(durationUs)}${failed}`
}

function duration(us: number): string {
  return us < 1_000_000 ? `${us / 1000} ms` : `${us / 1_000_000} s`
}

function facts(interaction: Interaction): [name: string, text: string][] {
  const { release, service, actor, error, capture, arrival, tools, evaluations } = interaction
  const { requestedModel, model } = release
  return [
    ['id', interaction.id],
    ['operation', interaction.operation],
    [
      'release',
      words(
        release.provider,
        requestedModel,
        model !== undefined && model !== requestedModel && `answered by ${model}`,
        release.fingerprint !== undefined && `fingerprint ${release.fingerprint}`,
        release.route !== undefined && `route ${release.route}`,
        release.promptName !== undefined && `prompt ${words(release.promptName, release.promptVersion)}`,
      ),
    ],
    ['service', words(service.name, service.version, service.environment, service.instance)],
    [
      'actor',
      words(
        actor.user !== undefined && `user ${actor.user}`,
        actor.agent !== undefined && `agent ${actor.agent}`,
        actor.onBehalfOf !== undefined && `on behalf of ${actor.onBehalfOf}`,
      ),
    ],
    [
      'trace',
      words(
        interaction.traceId,
        `span ${interaction.spanId}`,
        interaction.parentSpanId !== undefined && `parent ${interaction.parentSpanId}`,
        interaction.conversationId !== undefined && `conversation ${interaction.conversationId}`,
      ),
    ],
    ['usage', usageText(interaction.usage)],
    ['finish', interaction.finishReasons.join(', ')],
    ['error', error === undefined ? '' : words(`${error.type}:`, error.message)],
    ['tools', tools.map((tool) => tool.name).join(', ')],
    ['evaluated', evaluations.map(({ name, score, label }) => words(name, score?.toString(), label)).join('; ')],
    ['capture', words(`input ${capture.input}, output ${capture.output}`, capture.reason && `(${capture.reason})`)],
    ['dialect', words(arrival.dialect, arrival.scope && `from ${words(arrival.scope, arrival.scopeVersion)}`)],
  ]
}

const words = (...texts: (string | false | undefined)[]): string => texts.filter(Boolean).join(' ')

function usageText({ input, output, cachedInput, cacheWrite, reasoning }: Usage): string {
  const details = (...parts: [number | undefined, string][]): string => {
    const told = parts.filter(([count]) => count !== undefined).map(([count, name]) => `${count} ${name}`)
    return told.length === 0 ? '' : ` (${told.join(', ')})`
  }
  const into = input === undefined ? '' : `${input} in`
  const out = output === undefined ? '' : `${output} out`
  return words(
    into + details([cachedInput, 'cached'], [cacheWrite, 'cache write']),
    out + details([reasoning, 'reasoning']),
  ).trim()
}

function messageText({ role, name, finishReason, parts }: Message): string {
  const who = words(role, name && `(${name})`, finishReason && `[${finishReason}]`)
  const texts = parts.map(partText)
  return texts.length === 1 && texts[0] !== undefined ? `${who}: ${texts[0]}` : [`${who}:`, ...texts].join('\n')
}

function partText({ type, content, id, name, modality }: Part): string {
  if (type === 'text') return content
  return `<${words(type, name, id, modality)}> ${content}`
}

function toolCallText(call: ToolCall): string {
  return [
    words(call.name, call.id, call.type),
    ...(call.arguments === undefined ? [] : [`arguments: ${call.arguments}`]),
    ...(call.result === undefined ? [] : [`result: ${call.result}`]),
  ].join('\n')
}

function sourceText({ id, uri, score, contentHash, content }: SourceUse): string {
  const about = words(id, uri, score !== undefined && `score ${score}`, contentHash)
  return content === undefined ? about : words(about, content)
}

const indented = (text: string, by: number): string => printable(text).replaceAll('\n', `\n${' '.repeat(by)}`)

/** Control characters as escapes: what a model said must not move the cursor, set a title or hide what follows. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, (character) => {
    if (character === '\n' || character === '\t') return character
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
