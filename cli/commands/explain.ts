import type { ExaminedText } from '../../core/examine/index.ts'
import { codePointCounter } from '../../core/mask/index.ts'
import {
  CONFIG_OPTION,
  JSON_OPTION,
  stringOption,
  usage,
  type Command,
  type CommandContext,
} from '../terminal/command.ts'
import { createOwnTextExaminer, ownTexts } from '../detectors.ts'
import { FileText } from '../scanning/file-text.ts'
import { notLookedAt, whyNoText } from '../scanning/no-text.ts'
import { explanationPage } from './explain-html.ts'
import type { Explained, Explanation } from './explanation.ts'
import { painter, print, printJson, table, visible } from '../terminal/output.ts'

export const command: Command = {
  examples: [
    'weir explain message.txt',
    'cat message.txt | weir explain - --json',
    'weir explain message.txt --html > message.html   # the text with its ranges coloured',
  ],
  options: {
    config: CONFIG_OPTION,
    json: JSON_OPTION,
    html: { type: 'boolean', description: 'print a page that shows the text with its ranges coloured' },
    tenant: { type: 'string', value: 'name', description: 'whose tokens to mask with (default: default)' },
  },
  positionals: [{ name: 'file', description: 'file to read, or - for standard input', required: true }],
  async run(context: CommandContext): Promise<number> {
    const { args, options, stdout } = context
    if (options['json'] && options['html']) throw usage('--json and --html exclude each other.')
    const tenant = stringOption(options, 'tenant') ?? 'default'
    const examine = createOwnTextExaminer(ownTexts(await context.config(), tenant))
    const file = new FileText(args[0]!, context.stdin)
    let text = ''
    for await (const piece of file.pieces()) text += piece
    const explanation = explain(text, notLookedAt(examine(text), whyNoText(text, file.damaged)))
    if (options['json']) await printJson(stdout, explanation)
    else if (options['html']) await print(stdout, explanationPage(text, explanation))
    else await print(stdout, render(text, explanation, context.color.stdout))
    return 0
  },
}

function explain(text: string, { hits, said, scan, unscanned, masked }: ExaminedText): Explanation {
  const at = codePointCounter(text)
  const won = new Map(hits.map((hit) => [keyOf(hit), hit]))
  const findings = said
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .map((hit): Explained => {
      const winner = won.get(keyOf(hit))
      const { type, confidence, detector, why = '' } = hit
      return {
        type,
        start: at(hit.start),
        end: at(hit.end),
        confidence,
        detector,
        why,
        outcome: winner === undefined ? lost(hit, hits) : winner.treatment.mask,
        counts: winner !== undefined,
      }
    })
  const readings = scan.views.map(({ content }) => content).filter((content) => content !== text)
  return { findings, readings, unscanned, masked }
}

interface Placed {
  readonly type: string
  readonly detector: string
  readonly start: number
  readonly end: number
}

const keyOf = ({ type, detector, start, end }: Placed): string => `${detector} ${type} ${start} ${end}`

function lost(hit: Placed, winners: readonly Placed[]): string {
  const over = winners.find(({ start, end }) => start < hit.end && hit.start < end)
  return over === undefined ? 'ignored by a rule or an allowed value' : `inside ${over.type}`
}

function render(text: string, { findings, readings, unscanned, masked }: Explanation, color: boolean): string {
  const paint = painter(color)
  const points = Array.from(text)
  const rows = findings.map((found) => [
    found.type,
    visible(points.slice(found.start, found.end).join('')),
    `${found.start}-${found.end}`,
    found.confidence,
    found.detector,
    found.why,
    found.outcome,
  ])
  const sections = [
    findings.length === 0
      ? 'Nothing was found.'
      : table(['type', 'value', 'range', 'confidence', 'detector', 'why', 'outcome'], rows),
    ...readings.map((reading) => `${paint('bold', 'Read as')}\n${reading}`),
    ...unscanned.map((reason) => `${paint('bold', 'Not wholly scanned')}: ${reason}`),
    `${paint('bold', 'Masked')}\n${masked.trimEnd()}`,
  ]
  return `${sections.join('\n\n')}\n`
}
