import { expect, test } from 'vitest'
import { firstWord, parseInsert } from './sql.ts'

test.each([
  ['INSERT INTO t FORMAT JSONEachRow', 'INSERT INTO t', 'JSONEachRow', ''],
  ['insert into t (a, `FORMAT x`) format CSV\n1,2\n', 'insert into t (a, `FORMAT x`)', 'CSV', '1,2\n'],
  ['INSERT INTO t FORMAT JSONEachRow {"a":1}', 'INSERT INTO t', 'JSONEachRow', '{"a":1}'],
  ['INSERT INTO t FORMAT TSV\r\n\t1', 'INSERT INTO t', 'TSV', '\t1'],
  ['INSERT INTO t VALUES (1), (2)', 'INSERT INTO t', 'Values', ' (1), (2)'],
  ['INSERT INTO t VALUES', 'INSERT INTO t', 'Values', ''],
  ['INSERT INTO t', 'INSERT INTO t', undefined, ''],
  ['INSERT INTO t;', 'INSERT INTO t', undefined, ''],
  ['/* FORMAT a */ INSERT INTO "FORMAT CSV" -- FORMAT TSV\n FORMAT Native;\n\x01', undefined, 'Native', '\x01'],
] as const)('%j', (text, head, format, data) => {
  const parsed = parseInsert(text)
  if (head !== undefined) expect(parsed.head).toBe(head)
  expect(parsed.format).toBe(format)
  expect(text.slice(parsed.dataStart)).toBe(data)
  expect(parsed.selects).toBe(false)
})

test('knows an INSERT that selects, and a SETTINGS clause', () => {
  expect(parseInsert('INSERT INTO t (a) SELECT 1 FORMAT CSV').selects).toBe(true)
  expect(parseInsert('INSERT INTO t WITH 1 AS x SELECT x').selects).toBe(true)
  expect(parseInsert("INSERT INTO t SETTINGS a='FORMAT b' FORMAT CSV\n1")).toMatchObject({
    hasSettings: true,
    format: 'CSV',
  })
})

test('first word is found behind comments and brackets', () => {
  expect(firstWord(' -- select\n /* x */ ((wITh 1 as a select a))')).toBe('WITH')
  expect(firstWord('')).toBe('')
  expect(firstWord("'x'")).toBe('')
})

test('a data part of megabytes is not read', () => {
  const data = `INSERT INTO t FORMAT CSV\n${'"x",'.repeat(4_000_000)}`
  const start = performance.now()
  parseInsert(data)
  expect(performance.now() - start).toBeLessThan(200)
})
