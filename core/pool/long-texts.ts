import { setImmediate } from 'node:timers/promises'
import type { Interaction } from '../../schemas/interaction.ts'
import type { Origin } from '../../schemas/origin.ts'
import { isTemporary, WeirError } from '../errors.ts'
import { createExaminer, type Examined, type ExaminerOptions } from '../examine/index.ts'
import type { Packed, ValueHasher } from '../sealing/index.ts'
import { charactersIn } from './length.ts'
import type { Answer, Job, Made } from './protocol.ts'
import type { Lost } from './thread.ts'
import { createWithholding } from './withholding.ts'
import type { Workers } from './workers.ts'

/** An examined interaction, and what arrived packed for sealing where a worker did that too. */
export type Examination = Examined & { readonly packed?: Packed }

export interface LongTexts {
  /** The examination; a promise of it for long texts, or when others must have their turn first. */
  readonly examine: (interaction: Interaction, origin: Origin) => Examination | Promise<Examination>
  /**
   * Begins with a long text before it has an origin; undefined for a short one. Rejects for now, when too many wait
   * (WEIR_QUEUE_FULL) or when stopping (WEIR_STOPPING).
   */
  readonly prepare: (interaction: Interaction) => Promise<void> | undefined
  /** Examinations that may run at the same time. */
  readonly atOnce: number
}

export interface LongTextsOptions {
  readonly workers: Pick<Workers<Job, Made>, 'run' | 'size'>
  /** For what is examined in this thread: the same that the workers have. */
  readonly examiner: ExaminerOptions & { readonly hash: ValueHasher }
  /** Interactions with more characters than this go to a worker. */
  readonly from: number
  /** How long a worker may take, far beyond what it does take. */
  readonly deadlineMs?: (characters: number) => number
}

/** A hundred times the worst that was measured: this is for workers that will never answer. */
export const deadlineOf = (characters: number): number => 60_000 + characters / 20

const WITHHELD: Readonly<Record<Lost, string>> = { died: 'worker died', late: 'worker out of time' }
const NOWHERE: Origin = { topic: '', epoch: 0, partition: 0, offset: 0 }

/**
 * Examines short interactions here and long ones in workers, so that this thread is never held for long: after so many
 * characters of short ones too, whatever else waits in the process has its turn. Who does the work changes nothing in
 * what is found.
 */
export function createLongTexts(options: LongTextsOptions): LongTexts {
  const { workers, examiner, from, deadlineMs = deadlineOf } = options
  const examineHere = createExaminer(examiner)
  const prepared = new WeakMap<Interaction, Promise<Examination>>()
  let sinceTurn = 0

  const examineAway = async (interaction: Interaction, characters: number): Promise<Examination> => {
    const hashKey = examiner.hash.keyOf(interaction.tenant)
    const job = { interaction, hashKey, hashKeyId: examiner.hash.keyId }
    return examinationOf(interaction, await workers.run(job, deadlineMs(characters)))
  }

  const examinationOf = (interaction: Interaction, answer: Answer<Made> | Lost): Examination => {
    if (typeof answer === 'string') return createWithholding(examiner, from, WITHHELD[answer])(interaction, NOWHERE)
    if (answer.kind === 'threw') throw new WeirError('WEIR_BUG', 'a long text could not be examined')
    const { examined, packed } = answer.made
    return { interaction, ...examined, ...(packed && { packed }) }
  }

  return {
    atOnce: workers.size,

    prepare(interaction): Promise<void> | undefined {
      const characters = charactersIn(interaction)
      if (characters <= from) return undefined
      const examination = examineAway(interaction, characters)
      prepared.set(interaction, examination)
      return examination.then(
        () => {},
        (error: unknown) => {
          if (!isTemporary(error)) return // whoever asks for the examination is told
          prepared.delete(interaction)
          throw error
        },
      )
    },

    examine(interaction, origin): Examination | Promise<Examination> {
      const examination = prepared.get(interaction)
      if (examination !== undefined) return examination.then((made) => withOrigin(made, origin))
      const characters = charactersIn(interaction)
      if (characters > from) return examineAway(interaction, characters).then((made) => withOrigin(made, origin))
      sinceTurn += characters
      if (sinceTurn <= from) return examineHere(interaction, origin)
      sinceTurn = 0
      return setImmediate().then(() => examineHere(interaction, origin))
    },
  }
}

function withOrigin(made: Examination, origin: Origin): Examination {
  const findings = made.findings.map((finding) => ({ ...finding, origin }))
  return { ...made, findings, signal: { ...made.signal, origin } }
}
