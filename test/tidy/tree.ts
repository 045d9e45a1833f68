import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Path from the root, with `/`, to text. What the checks look at: a test hands them a small bad one. */
export type Tree = ReadonlyMap<string, string>

/** A check says what is wrong, one line each; none is right. */
export type Problems = string[]

/** What is made, not written: the same as .gitignore, plus git's own. */
const MADE = new Set(['node_modules', 'dist', 'coverage', '.git', '.weir'])
const MADE_FILE = /\.(tgz|log)$/

export function readTree(root: string, folder = ''): Tree {
  const tree = new Map<string, string>()
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (MADE.has(entry.name) || MADE_FILE.test(entry.name)) continue
    if (entry.isDirectory()) for (const [inner, text] of readTree(root, path)) tree.set(inner, text)
    else tree.set(path, readFileSync(join(root, path), 'utf8'))
  }
  return tree
}

/** A tree for a test, from what stands in it. */
export const treeOf = (files: Readonly<Record<string, string>>): Tree => new Map(Object.entries(files))

export const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n')

/** Code that is not shipped: tests, what they share, benchmarks. */
export const isTest = (path: string): boolean =>
  /\.(test|fixture)\.ts$/.test(path) || /^(test|bench)\//.test(path) || path === 'vitest.config.ts'

export const isSource = (path: string): boolean => path.endsWith('.ts') && !isTest(path)

/** What stands in `folders`, one level down: `collectors/otlp`, `sinks/clickhouse`, ... */
export function foldersIn(tree: Tree, rooms: readonly string[]): string[] {
  const folders = [...tree.keys()]
    .map((path) => path.split('/'))
    .filter(([room, , file]) => rooms.includes(room ?? '') && file)
  return [...new Set(folders.map(([room, component]) => `${room}/${component}`))].toSorted()
}
