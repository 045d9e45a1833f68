#!/usr/bin/env node
import { WeirError } from '../core/errors.ts'
import { weir } from './weir.ts'

const stop = new AbortController()

/** The first signal asks the command to end; the second one ends it. */
for (const [name, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const) {
  process.on(name, () => {
    if (stop.signal.aborted) process.exit(128 + number)
    stop.abort(name)
  })
}

/** Whoever reads our output may leave early (`weir query ... | head`): nothing more to do, and nothing to complain about. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code, name }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return stop.abort('EPIPE')
    const { message, exitCode } = new WeirError('WEIR_USAGE', `the output cannot be written (${code ?? name}).`)
    process.stderr.write(`weir: ${message} [WEIR_USAGE]\n`)
    process.exit(exitCode)
  })
}

const { stdin, stdout, stderr, env } = process
process.exitCode = await weir(process.argv.slice(2), { stdin, stdout, stderr, env, signal: stop.signal })
await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))))
process.exit()
