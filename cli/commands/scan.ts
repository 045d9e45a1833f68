import { codePointCounter } from '../../core/mask/index.ts'
import type { ExaminedText } from '../../core/examine/index.ts'
import { CONFIG_OPTION, stringOption, type Command, type CommandContext } from '../terminal/command.ts'
import { createOwnTextExaminer } from '../detectors.ts'
import { linesOf } from '../terminal/lines.ts'
import { counted, print, printLine } from '../terminal/output.ts'
import { createProgress } from '../terminal/progress.ts'
import { fieldOf, withField } from '../terminal/record-field.ts'

export const command: Command = {
  examples: [
    'weir scan chats.txt                          # one text per line',
    'weir scan export.ndjson --field message.text # one JSON object per line',
    'cat chats.txt | weir scan - --masked > clean.txt',
    'weir scan training/*.ndjson --field text > /dev/null || echo "personal data found"',
  ],
  options: {
    config: CONFIG_OPTION,
    field: { type: 'string', value: 'name', description: 'lines are JSON objects, and this field holds the text' },
    masked: { type: 'boolean', description: 'print the lines with what was found masked, instead of what was found' },
    tenant: { type: 'string', value: 'name', description: 'whose tokens to mask with (default: default)' },
  },
  positionals: [{ name: 'files', description: 'what to read, or - for standard input', required: true, many: true }],
  run: scan,
}

/** Output is handed on in pieces of about this size. */
const PIECE = 1 << 16
const FOUND = 1

async function scan(context: CommandContext): Promise<number> {
  const { args, options, stdout, stderr, signal } = context
  const field = stringOption(options, 'field')
  const examine = createOwnTextExaminer(await context.config(), stringOption(options, 'tenant') ?? 'default')
  const progress = createProgress(
    stderr,
    ({ lines, found }: Counts) => `${counted(lines, 'line')} read, ${counted(found, 'finding')}`,
  )
  const counts: Counts = { lines: 0, found: 0, unscanned: 0 }
  let piece = ''
  try {
    for (const file of args) {
      let line = 0
      for await (const content of linesOf(file, context.stdin)) {
        if (signal.aborted) break
        const scanned = scanLine(content, field, examine)
        counts.lines++
        counts.found += scanned.findings.length
        if (scanned.unscanned.length > 0) counts.unscanned++
        const named = args.length > 1 ? { file, line: ++line } : { line: ++line }
        const { findings, unscanned, masked } = scanned
        piece += `${options['masked'] ? masked : JSON.stringify({ ...named, findings, unscanned })}\n`
        if (piece.length < PIECE) continue
        await print(stdout, piece)
        piece = ''
        progress.show(counts)
      }
    }
  } finally {
    // Also before a file that cannot be read, and after Ctrl-C: what was found is said.
    await print(stdout, piece)
    progress.end()
    await printLine(stderr, summary(counts, signal.aborted))
  }
  if (signal.aborted && signal.reason !== 'EPIPE') throw new Error('stopped') // its exit code is that of the signal
  return counts.found > 0 || counts.unscanned > 0 || signal.aborted ? FOUND : 0
}

interface Counts {
  lines: number
  found: number
  unscanned: number
}

interface ScannedLine {
  readonly findings: readonly { type: string; start: number; end: number; confidence: number }[]
  readonly unscanned: readonly { start: number; end: number; reason: string }[]
  readonly masked: string
}

/** Offsets are of the text, in code points. A line without a text is not looked at, and says so. */
function scanLine(line: string, field: string | undefined, examine: (text: string) => ExaminedText): ScannedLine {
  if (field === undefined) return scanned(line, examine(line))
  const { text, record, reason } = fieldOf(line, field)
  if (text === undefined) {
    return { findings: [], unscanned: [{ start: 0, end: 0, reason }], masked: JSON.stringify({ withheld: reason }) }
  }
  const examined = examine(text)
  return { ...scanned(text, examined), masked: JSON.stringify(withField(record, field, examined.masked)) }
}

function scanned(text: string, { hits, unscanned, masked }: ExaminedText): ScannedLine {
  const at = codePointCounter(text)
  return {
    findings: hits.map(({ type, start, end, confidence }) => ({ type, start: at(start), end: at(end), confidence })),
    unscanned: unscanned.map((reason) => ({ start: 0, end: at(text.length), reason })),
    masked,
  }
}

function summary({ lines, found, unscanned }: Counts, stopped: boolean): string {
  const skipped = unscanned === 0 ? '' : `; ${counted(unscanned, 'line')} not wholly scanned`
  return `${counted(found, 'finding')} in ${counted(lines, 'line')}${skipped}${stopped ? '; stopped before the end' : ''}`
}
