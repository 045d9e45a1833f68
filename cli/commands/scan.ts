import { availableParallelism } from 'node:os'
import { ownTexts } from '../detectors.ts'
import { batchesOf } from '../scanning/batches.ts'
import type { Counts } from '../scanning/scan-lines.ts'
import { createScanner } from '../scanning/scanner.ts'
import { CONFIG_OPTION, stringOption, usage, type Command, type CommandContext } from '../terminal/command.ts'
import { counted, print, printLine } from '../terminal/output.ts'
import { createProgress } from '../terminal/progress.ts'

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
    jobs: { type: 'string', value: 'n', description: 'texts looked at side by side (default: the cores, at most 8)' },
    tenant: { type: 'string', value: 'name', description: 'whose tokens to mask with (default: default)' },
  },
  positionals: [{ name: 'files', description: 'what to read, or - for standard input', required: true, many: true }],
  run: scan,
}

const FOUND = 1
/** Each takes 100 MB. */
const MOST_JOBS_UNASKED = 8
const MOST_JOBS = 64

function jobsOf(asked: string | undefined): number {
  if (asked === undefined) return Math.min(MOST_JOBS_UNASKED, availableParallelism())
  const jobs = Number(asked)
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > MOST_JOBS)
    throw usage(`--jobs takes a whole number from 1 to ${MOST_JOBS}.`)
  return jobs
}

async function scan(context: CommandContext): Promise<number> {
  const { args, options, stdin, stdout, stderr, signal } = context
  const jobs = jobsOf(stringOption(options, 'jobs'))
  const asked = { field: stringOption(options, 'field'), masked: options['masked'] === true, named: args.length > 1 }
  const texts = ownTexts(await context.config(), stringOption(options, 'tenant') ?? 'default')
  const scanner = createScanner({ asked, texts }, jobs)
  const progress = createProgress(
    stderr,
    ({ lines, found }: Counts) => `${counted(lines, 'line')} read, ${counted(found, 'finding')}`,
  )
  const counts: Counts = { lines: 0, found: 0, unscanned: 0 }
  try {
    for await (const { output, lines, found, unscanned } of scanner.scan(batchesOf(args, stdin, signal))) {
      counts.lines += lines
      counts.found += found
      counts.unscanned += unscanned
      await print(stdout, output)
      progress.show(counts)
    }
  } finally {
    // Also after a file that cannot be read, and after Ctrl-C: what was found is said.
    progress.end()
    await scanner.close()
    await printLine(stderr, summary(counts, signal.aborted))
  }
  if (signal.aborted && signal.reason !== 'EPIPE') throw new Error('stopped') // its exit code is that of the signal
  return counts.found > 0 || counts.unscanned > 0 || signal.aborted ? FOUND : 0
}

function summary({ lines, found, unscanned }: Counts, stopped: boolean): string {
  const skipped = unscanned === 0 ? '' : `; ${counted(unscanned, 'line')} not wholly scanned`
  return `${counted(found, 'finding')} in ${counted(lines, 'line')}${skipped}${stopped ? '; stopped before the end' : ''}`
}
