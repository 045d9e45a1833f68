import { expect, it } from 'vitest'
import { jsonPaths } from './json-path.ts'

it.each([
  ['{"customer":{"ssn":"X"}}', 'customer.ssn'],
  ['{"a":1,"list":[{"b":0},{"c":"X"}]}', 'list.1.c'],
  ['[["X"]]', '0.0'],
  ['{"a":{"b":2},"c":"X"}', 'c'],
  ['{"q\\"uote":"X"}', 'q\\"uote'],
  ['{"a":"{[:,","b": X}', 'b'],
  [' {"a":"X', 'a'],
  ['{{{{"a":[,,X', '...a.2'],
])('%s', (text, path) => {
  const at = text.indexOf('X')
  expect(jsonPaths(text, [at]).get(at)).toBe(path)
})

it.each(['no JSON "a": X', '}]{"a":X'])('knows no path in what is no document: %s', (text) => {
  expect(jsonPaths(text, [text.indexOf('X')]).size).toBe(0)
})

it('tells many offsets, in any order, in one string and beyond the end', () => {
  const text = '{"a":["one two",{"b":"three"}],"c":4}'
  const offsets = ['4', 'two', 'three', 'one', '"b"'].map((word) => text.indexOf(word))
  const paths = jsonPaths(text, [...offsets, 1_000, offsets[1]!])
  expect(offsets.map((offset) => paths.get(offset))).toEqual(['c', 'a.0', 'a.1.b', 'a.0', 'a.1.'])
  expect(paths.get(1_000)).toBe('')
})

it('comes back from any depth', () => {
  const deep = `{"a":${'['.repeat(5_000)}"X"${']'.repeat(5_000)},"b":"Y"}`
  const paths = jsonPaths(deep, [deep.indexOf('X'), deep.indexOf('Y')])
  expect([...paths.values()].map((path) => path.split('.').length)).toEqual([100, 1])
  expect(paths.get(deep.indexOf('Y'))).toBe('b')
})
