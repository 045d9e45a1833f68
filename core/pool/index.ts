/*
 * Where long texts are examined: a few workers, so that the process that takes them in is never held by them. What a
 * worker needs to know comes with it as plain data; the file that puts its detectors together is handed in.
 */
export { createJobExaminer, keepsOriginal, type OriginalsKept } from './examine-job.ts'
export { createLongTexts, deadlineOf, type Examination, type LongTexts, type LongTextsOptions } from './long-texts.ts'
export type { Answer, Job, Made } from './protocol.ts'
export { serve } from './serve.ts'
export type { Lost } from './thread.ts'
export { Workers, type WorkersOptions } from './workers.ts'
