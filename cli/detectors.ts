import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { createTextExaminer, type Allowed, type ExaminerOptions, type TextExaminer } from '../core/examine/index.ts'
import type { OriginalsKept } from '../core/pool/index.ts'
import { createTreat, type IdentityMode, type Treat } from '../core/policy/index.ts'
import { createValueHasher, hashUnder, masterKeysOf } from '../core/sealing/index.ts'
import type { Detector } from '../core/seam.ts'
import { tokenRanges } from '../core/tokens/index.ts'
import { createCustomDetector } from '../processors/custom/index.ts'
import { createNamesDetector } from '../processors/names/index.ts'
import { createPiiDetector } from '../processors/pii/index.ts'
import { createScan, createVocabulary, type ScanTexts } from '../processors/scan/index.ts'
import { createSecretsDetector } from '../processors/secrets/index.ts'
import type { Config } from '../schemas/config.ts'

/** Every detector that runs, the scan that marks what they look at, and what is done with what they find. */
export interface Detection {
  readonly detectors: readonly Detector[]
  readonly scan: ScanTexts
  readonly treat: Treat
  readonly allowed: Allowed
}

type DetectionConfig = Pick<Config, 'detectors' | 'policy'>

/** What decides how calls are examined, as plain data: a worker builds the same from it. */
export type ExaminationConfig = DetectionConfig & { readonly user: IdentityMode; readonly originals: OriginalsKept }

export const examinationConfig = ({ detectors, policy, identity, sealing }: Config): ExaminationConfig => ({
  detectors,
  policy,
  user: identity.user,
  originals: sealing.originals,
})

/** How calls are examined, but for the hash. */
export const callOptions = (config: ExaminationConfig): Omit<ExaminerOptions, 'hash'> => ({
  ...createDetection(config),
  identity: config.user,
  tokenRanges,
})

/** `calls` are what collectors bring in, `files` what a command reads. */
export function createDetection(config: DetectionConfig, of: 'calls' | 'files' = 'calls'): Detection {
  const vocabulary = createVocabulary()
  const detectors: Detector[] = []
  if (config.detectors.pii.enabled) detectors.push(createPiiDetector(vocabulary))
  if (config.detectors.secrets.enabled) detectors.push(createSecretsDetector(vocabulary))
  if (config.detectors.rules.length > 0) detectors.push(createCustomDetector(config.detectors.rules))
  const { names } = config.detectors
  if (names.in === 'everything' || names.in === of) detectors.push(createNamesDetector())
  return {
    detectors,
    scan: createScan(vocabulary),
    treat: createTreat(config.policy.rules),
    allowed: createAllowed(config.detectors.allow, detectors),
  }
}

/** A value is allowed in every type that it can be of, in every spelling. */
function createAllowed(values: readonly string[], detectors: readonly Detector[]): Allowed {
  if (values.length === 0) return () => false
  const types = detectors.flatMap((detector) => detector.types)
  const allowed = new Map(types.map(({ name }) => [name, new Set<string>()]))
  for (const type of types) {
    for (const value of values) {
      const form = type.normal(value)
      if (form !== undefined) allowed.get(type.name)!.add(form)
    }
  }
  return (type, normal) => allowed.get(type)?.has(normal) === true
}

/** What texts without a call are examined with, as plain data: a worker builds the same from it. */
export interface OwnTexts extends DetectionConfig {
  readonly hashKey: KeyObject
}

/**
 * Tokens are those that the tenant's stored texts have, where the configuration names master keys; else equal values have
 * equal tokens as long as this process runs.
 */
export function ownTexts({ detectors, policy, sealing }: Config, tenant: string): OwnTexts {
  const masterKeys = masterKeysOf(sealing)
  const hashKey =
    masterKeys === undefined ? createSecretKey(randomBytes(32)) : createValueHasher(masterKeys).keyOf(tenant)
  return { detectors, policy, hashKey }
}

export function createOwnTextExaminer({ hashKey, ...config }: OwnTexts): TextExaminer {
  const hash = (type: string, normal: string): string => hashUnder(hashKey, type, normal)
  return createTextExaminer({ ...createDetection(config, 'files'), hash })
}
