import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { coverageTable, END_MARK, START_MARK, withTable } from './list.ts'
import { DIALECTS } from './list-of-dialects.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const table = coverageTable(root)

describe('the coverage table', () => {
  it('has a row for each dialect, with what its golden cases show', () => {
    const rows = table.split('\n')
    expect(rows).toHaveLength(DIALECTS.length + 2)
    for (const [index, { name }] of DIALECTS.entries()) expect(rows[index + 2]).toContain(`| \`${name}\` |`)
    expect(rows.find((row) => row.includes('`openinference`'))).toMatch(
      /\| yes \| yes \| yes \| yes \| yes \|  \| \d+ \|$/,
    )
    expect(rows.find((row) => row.includes('`anthropic-sdk`'))).toContain('|  |  |  | yes | yes |  |')
  })

  it('stands between its marks in the README of this folder, and in the front page when that has the marks', () => {
    const own = readFileSync(`${root}/collectors/dialects/README.md`, 'utf8')
    expect(withTable(own, table), 'run npm run list:dialects collectors/dialects/README.md').toBe(own)
    const front = readFileSync(`${root}/README.md`, 'utf8')
    expect(withTable(front, table) ?? front, 'run npm run list:dialects README.md').toBe(front)
  })

  it('is not written where the marks are missing or the wrong way round', () => {
    expect(withTable('no marks', 'table')).toBeUndefined()
    expect(withTable(`${END_MARK}${START_MARK}`, 'table')).toBeUndefined()
    expect(withTable(`a ${START_MARK}old${END_MARK} b`, 'new')).toBe(`a ${START_MARK}\n\nnew\n\n${END_MARK} b`)
  })
})
