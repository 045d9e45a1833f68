import { createExaminer, type ExaminerOptions } from '../examine/index.ts'
import { hashUnder, pack } from '../sealing/index.ts'
import type { Job, Made } from './protocol.ts'

export type OriginalsKept = 'findings' | 'all' | 'none'

/** It has one only when the detect stage hands it on. */
const NO_ORIGIN = { topic: '', epoch: 0, partition: 0, offset: 0 }

/** What a worker does with a job. `options` are those of the process that it works for, but for the hash. */
export function createJobExaminer(
  options: Omit<ExaminerOptions, 'hash'>,
  originals: OriginalsKept,
): (job: Job) => Made {
  return ({ interaction, hashKey, hashKeyId }) => {
    const hashed = (_tenant: string, type: string, normal: string): string => hashUnder(hashKey, type, normal)
    const examine = createExaminer({ ...options, hash: Object.assign(hashed, { keyId: hashKeyId }) })
    const { interaction: masked, ...examined } = examine(interaction, NO_ORIGIN)
    const keep = keepsOriginal(originals, examined)
    return {
      examined: { ...examined, ...(examined.changed && { interaction: masked }) },
      ...(keep && { packed: pack(Buffer.from(JSON.stringify(interaction))) }),
    }
  }
}

/** What was not wholly looked at is kept too: it is all that there is to look at. */
export const keepsOriginal = (
  originals: OriginalsKept,
  { findings, unscanned }: { readonly findings: readonly unknown[]; readonly unscanned: readonly unknown[] },
): boolean => originals === 'all' || (originals === 'findings' && (findings.length > 0 || unscanned.length > 0))
