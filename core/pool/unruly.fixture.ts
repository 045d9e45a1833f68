import { serve } from './serve.ts'

/* A worker that does as its job says. Run from dist. */

export type UnrulyJob =
  | { readonly say: string }
  | { readonly throw: string }
  | { readonly fill: true }
  /** Exits or hangs so many times, which `begun` counts; then says it. */
  | { readonly first: 'exit' | 'hang'; readonly times: number; readonly begun: SharedArrayBuffer; readonly say: string }

function hang(): never {
  for (;;);
}

function fill(): never {
  const held: string[][] = []
  for (;;) held.push(Array.from({ length: 1e5 }, (_, n) => `${held.length} ${n}`))
}

serve((job: UnrulyJob): string => {
  if ('fill' in job) return fill()
  if ('throw' in job) throw new Error(job.throw)
  if ('first' in job && Atomics.add(new Int32Array(job.begun), 0, 1) < job.times)
    return job.first === 'exit' ? process.exit(3) : hang()
  return job.say
})
