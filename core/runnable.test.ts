import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { runnable } from './runnable.ts'

test('from source, the compiled twin under dist', () => {
  const file = runnable('./runnable.ts', import.meta.url)
  expect(file).toMatch(/\/dist\/core\/runnable\.js$/)
  expect(existsSync(file)).toBe(true)
})

test('from compiled code, the neighbour', () => {
  const here = pathToFileURL('/somewhere/dist/core/runnable.js').href
  expect(runnable('../cli/main.ts', here)).toBe('/somewhere/dist/cli/main.js')
})

test('a module that was not built is named, with what to do', () => {
  expect(() => runnable('./nothing.ts', import.meta.url)).toThrow(
    /dist\/core\/nothing\.js is missing: run `npm run build`/,
  )
})
