import { painter, visible, type Style } from '../terminal/output.ts'
import type { Part } from '../../schemas/interaction.ts'
import type { Session, Turn, TurnFinding, TurnMessage } from './read.ts'

/** What stands beside a line: nothing, or the mark of a finding. */
const MARGIN = '    '
const MARKS: Readonly<Record<string, string>> = { info: ' .  ', warning: ' !  ', serious: '!!  ', critical: '!!! ' }

type Paint = (style: Style, text: string) => string

/** A session to read from top to bottom, findings in the margin. */
export function renderSession(session: Session, color: boolean): string {
  const paint = painter(color)
  const { conversation, traces, turns } = session
  const title = conversation === '' ? `trace ${traces.join(', ')}` : `conversation ${conversation}`
  const count = `${turns.length} turns in ${traces.length} traces`
  return [paint('bold', visible(`${title}: ${count}`)), ...turns.flatMap((turn) => turnLines(turn, paint))].join('\n')
}

function turnLines(turn: Turn, paint: Paint): string[] {
  const { messages, toolCalls, sources, evaluations, error, noText, findings } = turn
  return [
    '',
    paint('cyan', visible(headOf(turn))),
    ...messages.flatMap((message) => messageLines(message, paint)),
    ...toolCalls.flatMap(({ name, arguments: given, result }) => [
      ...block(`tool ${name}`, given ?? '', MARGIN),
      ...(result === undefined ? [] : block('  result', result, MARGIN)),
    ]),
    ...sources.flatMap(({ id, uri, score, content }) =>
      block(`source ${id ?? uri ?? 'unnamed'}${score === undefined ? '' : ` (${score})`}`, content ?? '', MARGIN),
    ),
    ...evaluations.map(({ name, score, label }) => line(`evaluation ${name}: ${label ?? score ?? ''}`)),
    ...(error ? [paint('red', line(`failed: ${error.type} ${error.message}`))] : []),
    ...(noText === '' ? [] : [paint('dim', line(`(${noText})`))]),
    ...findings.map((finding) => findingLine(finding, paint)),
  ]
}

function headOf(turn: Turn): string {
  const { startedAt, operation, model, service, actor, tokens, cost, durationMs, views, joined } = turn
  const who = [actor.user, actor.agent].filter((name) => name !== '').join(' by ')
  const counted =
    tokens.input === null && tokens.output === null ? '' : `${tokens.input ?? '?'} to ${tokens.output ?? '?'} tokens`
  return [
    `${startedAt.slice(0, 19)} ${operation} ${model || turn.name}`.trim(),
    service,
    who,
    `${Math.round(durationMs)} ms`,
    counted,
    cost === null ? '' : `$${cost.toPrecision(3)}`,
    views.length > 1 ? `seen ${views.length} times` : '',
    joined === 'log_alone' ? 'its span has not come' : '',
    turn.id,
  ]
    .filter((word) => word !== '')
    .join(' | ')
}

function messageLines({ role, parts, findings }: TurnMessage, paint: Paint): string[] {
  const worst = findings.map(({ severity }) => severity).sort((a, b) => rankOf(b) - rankOf(a))[0]
  const margin = worst === undefined ? MARGIN : paint('red', MARKS[worst] ?? MARKS['warning']!)
  const lines = parts.flatMap((part) => block(labelOf(role, part), part.content, margin))
  return [...lines, ...findings.map((finding) => findingLine(finding, paint))]
}

const rankOf = (severity: string): number => Object.keys(MARKS).indexOf(severity)

function labelOf(role: string, { type, name }: Part): string {
  return type === 'text' ? role : `${role} ${type.replace('_', ' ')}${name === undefined ? '' : ` ${name}`}`
}

/** A label before the first line of a text, the others below it. */
function block(label: string, text: string, margin: string): string[] {
  const [first = '', ...rest] = text.split('\n')
  return [`${margin}${visible(`${label}: ${first}`)}`, ...rest.map((more) => `${margin}  ${visible(more)}`)]
}

const line = (text: string): string => `${MARGIN}${visible(text)}`

function findingLine({ type, severity, provenance, field, range, snippet }: TurnFinding, paint: Paint): string {
  const where = field === 'content' ? '' : `${field} `
  const origin = provenance === 'none' ? '' : ` ${provenance}`
  return paint(
    'yellow',
    `${MARKS[severity] ?? MARKS['warning']!}${visible(`^ ${type} ${severity}${origin} at ${where}${range.join('-')}: ${snippet}`)}`,
  )
}
