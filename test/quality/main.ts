import { parseArgs } from 'node:util'
import { casesOf, type Case } from './cases.ts'
import { createDetect, type Detect } from './detect.ts'
import { disguisedCases, found, type Disguised } from './evasion.ts'
import { alarmsIn, CLEAN_SET, nameSets, scoreNames } from './names.ts'
import { faultLine, nameTable, typeTable, type TypeRow } from './report.ts'
import { figuresOf, newTally, scoreCase, type Fault, type Figures } from './score.ts'
import { scoreSecrets, secretCases } from './secrets.ts'
import { scoreSoft, SOFT, softCases } from './soft.ts'
import type { Half } from './templates/templates.ts'
import { KINDS, STRUCTURED } from './values/index.ts'

/*
 * The examination of detection. Progress and tables go to standard error; with --json the figures are the last line of
 * standard output. The blind half is only ever scored: what was missed in it is not shown.
 */

const PER_TYPE = 160
const PER_SECRET = 6
const PER_SOFT = 100
const PER_DISGUISE = 3

const USAGE =
  'usage: eval:detect [--json] [--half blind|development] [--type TYPE] [--misses] (misses of the development half only)\n'

interface Options {
  readonly json: boolean
  readonly half: Half
  readonly type: string | undefined
  readonly misses: boolean
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      half: { type: 'string', default: 'blind' },
      type: { type: 'string' },
      misses: { type: 'boolean', default: false },
    },
  })
  const { json, half, type, misses } = values
  const known = half === 'blind' || half === 'development'
  const knownType =
    type === undefined ||
    type === 'SECRET' ||
    KINDS.some((kind) => kind.type === type) ||
    SOFT.some((soft) => soft.type === type)
  if (!known || !knownType || (misses && half === 'blind')) {
    process.stderr.write(USAGE)
    process.exit(2)
  }
  return { json, half, type, misses }
}

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const round = (value: number): number => Math.round(value * 10_000) / 10_000

interface Examination {
  readonly options: Options
  readonly detect: Detect
  readonly wanted: (type: string) => boolean
  readonly showFaults: (faults: readonly Fault[]) => void
}

/** Each text is looked at once: for its own type, and for the types it should not be found as. */
function examineTypes({ options, detect, wanted, showFaults }: Examination): Record<string, Figures> {
  const rows: TypeRow[] = []
  const elsewhere = new Map<string, number>()
  for (const kind of KINDS) {
    if (!wanted(kind.type)) continue
    const tally = newTally()
    for (const one of casesOf(kind, options.half, PER_TYPE)) {
      const detections = detect(one.text)
      showFaults(scoreCase(one, detections, STRUCTURED, tally))
      if (!one.made.startsWith('a ')) countElsewhere(one, detections, elsewhere)
    }
    rows.push({ type: kind.type, figures: figuresOf(tally), tally, elsewhere: 0 })
  }
  if (rows.length > 0) say(typeTable(rows.map((row) => ({ ...row, elsewhere: elsewhere.get(row.type) ?? 0 }))))
  return Object.fromEntries(rows.map(({ type, figures }) => [type, figures]))
}

function countElsewhere(one: Case, detections: ReturnType<Detect>, elsewhere: Map<string, number>): void {
  for (const type of new Set(detections.map((detection) => detection.type))) {
    if (type !== one.type) elsewhere.set(type, (elsewhere.get(type) ?? 0) + 1)
  }
}

function examineSoft({ options, detect, wanted, showFaults }: Examination): Record<string, Figures> {
  const scored = SOFT.filter(({ type }) => wanted(type)).map((soft) => {
    const { figures, faults } = scoreSoft(softCases(soft, options.half, PER_SOFT), detect)
    showFaults(faults)
    return [soft.type, figures] as const
  })
  for (const [type, { precision, recall, f2 }] of scored)
    say(`  soft ${type}: precision ${precision} recall ${recall} f2 ${f2}`)
  return Object.fromEntries(scored)
}

function examineSecrets({ options, detect, showFaults }: Examination): Pick<Figures, 'precision' | 'recall'> {
  const { figures, faults } = scoreSecrets(secretCases(options.half, PER_SECRET), detect)
  showFaults(faults)
  const { precision, recall } = figures
  say(`secrets: precision ${precision} recall ${recall}`)
  return { precision, recall }
}

function examineEvasion({ options, detect, wanted }: Examination): number {
  const cases = disguisedCases(options.half, PER_DISGUISE).filter(({ type }) => wanted(type))
  const missed: Disguised[] = cases.filter((one) => !found(one, detect(one.text), STRUCTURED))
  const share = cases.length === 0 ? 1 : 1 - missed.length / cases.length
  for (const disguise of new Set(cases.map((one) => one.disguise))) {
    const all = cases.filter((one) => one.disguise === disguise)
    const lost = missed.filter((one) => one.disguise === disguise)
    say(`  evasion ${disguise}: ${all.length - lost.length} of ${all.length}`)
  }
  if (options.misses) {
    for (const { type, disguise, text } of missed) say(`evaded ${type} by ${disguise} text=${JSON.stringify(text)}`)
  }
  say(`evasion found: ${round(share)}`)
  return round(share)
}

async function main(): Promise<void> {
  const options = readOptions()
  const detect = await createDetect()
  const { type, misses } = options
  const examination: Examination = {
    options,
    detect,
    wanted: (name) => type === undefined || name === type,
    showFaults: (faults) => {
      if (misses) for (const fault of faults) say(faultLine(fault))
    },
  }
  const types = examineTypes(examination)
  const soft = examineSoft(examination)
  const evasionFound = type === 'SECRET' ? undefined : examineEvasion(examination)
  const result: Record<string, unknown> = { types, soft }
  if (type === undefined || type === 'SECRET') result['secrets'] = examineSecrets(examination)
  if (type === undefined) Object.assign(result, examineNames(examination))
  result['evasionFound'] = evasionFound
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`)
}

function examineNames({ detect, options }: Examination): Record<string, unknown> {
  const sets = nameSets()
  const names = Object.fromEntries(Object.entries(sets).map(([set, texts]) => [set, scoreNames(texts, detect)]))
  say(nameTable(names))
  const clean = sets[CLEAN_SET]!
  const altered = alarmsIn(clean, detect, new Set([...STRUCTURED, 'SECRET']))
  const named = alarmsIn(clean, detect, new Set(['PERSON', 'LOCATION', 'ORGANIZATION']))
  if (options.misses) for (const line of [...altered.alarmed, ...named.alarmed]) say(`clean: ${line}`)
  say(`clean sentences altered ${round(altered.share)}, named ${round(named.share)}`)
  return { names, cleanAltered: round(altered.share), cleanNamed: round(named.share) }
}

await main()
