import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { schemaFiles } from '../schemas/generate.ts'
import * as documents from './tidy/documents.ts'
import * as imports from './tidy/imports.ts'
import * as layout from './tidy/layout.ts'
import { lockProblems, type Lock } from './tidy/lock.ts'
import { packageProblems, schemaProblems, type PackageFile } from './tidy/package.ts'
import { readTree } from './tidy/tree.ts'
import { bannedProblems } from './tidy/words.ts'

/*
 * Style is a test that fails. Each check is a function of the tree, in tidy/; that it can fail is shown in
 * tidy/checks.test.ts by small bad trees. Exceptions are named with their reason, in tidy/house.ts or in the code.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const tree = readTree(root)
const json = (path: string): unknown => JSON.parse(tree.get(path) ?? '{}')
const manifest = json('package.json') as imports.Manifest & PackageFile & { allowScripts?: Record<string, boolean> }
const scripts = Object.keys(manifest.scripts ?? {})
const references = imports.references(tree)
const fences = documents.fences(tree)

describe('imports', () => {
  test('the tree was read', () => {
    expect(tree.size).toBeGreaterThan(50)
    expect(references.length).toBeGreaterThan(100)
  })
  test('go in the directions of the house', () => expect(imports.directionProblems(references)).toEqual([]))
  test('go in no circle', () => expect(imports.cycleProblems(references)).toEqual([]))
  test('name packages where they belong', () => expect(imports.packageProblems(references, manifest)).toEqual([]))
  test('keep processors pure', () => expect(imports.purityProblems(references)).toEqual([]))
})

describe('layout', () => {
  test('nothing unlisted stands at the top', () => expect(layout.topLevelProblems(tree)).toEqual([]))
  test('every component has its parts', () => expect(layout.componentProblems(tree)).toEqual([]))
  test('no file is too long', () => expect(layout.sizeProblems(tree)).toEqual([]))
  test('every exception says why', () => expect(layout.exceptionProblems(tree)).toEqual([]))
  test('every file under deploy is loaded by a test', () => expect(layout.deployProblems(tree)).toEqual([]))
  test('no banned word or mark', () => expect(bannedProblems(tree)).toEqual([]))
})

describe('documents', () => {
  test('YAML is valid, and configuration is what Weir accepts', async () => {
    expect(await documents.yamlProblems(fences)).toEqual([])
  })
  test('shell is valid, and its commands exist', async () => {
    expect(await documents.shellProblems(fences, scripts)).toEqual([])
  })
  test('commands in running text exist', async () => {
    expect(await documents.inlineProblems(tree, scripts)).toEqual([])
  })
  test('links lead somewhere', () => expect(documents.linkProblems(tree)).toEqual([]))
  test('variables and error codes are real', () => expect(documents.variableProblems(tree)).toEqual([]))
  test('decisions are numbered and of one form', () => expect(documents.decisionProblems(tree)).toEqual([]))
  test('the changelog has a place for what comes', () => {
    expect(documents.changelogProblems(tree.get('CHANGELOG.md'))).toEqual([])
  })
})

describe('package', () => {
  test('the lock file is complete and names no registry', () => {
    expect(lockProblems(json('package-lock.json') as Lock, manifest)).toEqual([])
  })
  test('what package.json names is there', () => expect(packageProblems(tree, manifest)).toEqual([]))
  test('schema files are current', () => expect(schemaProblems(tree, schemaFiles())).toEqual([]))
})

test('the linter has nothing to say', { timeout: 120_000 }, () => {
  const linted = spawnSync('npx', ['--no-install', 'oxlint', '--type-aware'], { cwd: root, encoding: 'utf8' })
  expect(linted.stdout.includes('Found 0 warnings and 0 errors') ? '' : linted.stdout).toBe('')
  expect(linted.status).toBe(0)
})
