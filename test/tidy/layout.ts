import { COMPONENT_ROOMS, LINES_MAX, LONG_FILES, TOP_LEVEL, isGenerated } from './house.ts'
import { foldersIn, isTest, linesOf, type Problems, type Tree } from './tree.ts'

/** Names at the top that the design does not list. */
export function topLevelProblems(tree: Tree): Problems {
  const names = new Set([...tree.keys()].map((path) => path.split('/')[0] ?? ''))
  return [...names]
    .filter((name) => !TOP_LEVEL.has(name))
    .map((name) => `${name} has no place at the top: see test/tidy/house.ts`)
}

/** A component's folder always looks the same. */
export function componentProblems(tree: Tree): Problems {
  return foldersIn(tree, COMPONENT_ROOMS).flatMap((folder) => {
    const problems = ['index.ts', 'README.md']
      .filter((name) => !tree.has(`${folder}/${name}`))
      .map((name) => `${folder} has no ${name}`)
    const tested = [...tree.keys()].some((path) => path.startsWith(`${folder}/`) && path.endsWith('.test.ts'))
    return tested ? problems : [...problems, `${folder} has no test`]
  })
}

/** Files longer than they may be, and exceptions that are none any more. Functions are measured by the linter. */
export function sizeProblems(tree: Tree, exceptions: Readonly<Record<string, string>> = LONG_FILES): Problems {
  const problems: Problems = []
  for (const [path, text] of tree) {
    const most = linesMax(path)
    if (most === undefined) continue
    const lines = linesOf(text).length
    const excused = Object.hasOwn(exceptions, path)
    if (lines > most && !excused) problems.push(`${path} has ${lines} lines, ${most} are allowed`)
    if (lines <= most && excused) problems.push(`${path} is short enough and needs no exception`)
  }
  for (const path of Object.keys(exceptions)) if (!tree.has(path)) problems.push(`the exception ${path} is not there`)
  return problems
}

function linesMax(path: string): number | undefined {
  if (path === 'README.md') return LINES_MAX.frontPage
  if (path === 'CONTRIBUTING.md') return LINES_MAX.contributing
  if (/^(core|collectors|processors|sinks|control|cli)\/.*README\.md$/.test(path)) return LINES_MAX.readme
  if (!path.endsWith('.ts') || isGenerated(path)) return undefined
  return isTest(path) ? LINES_MAX.test : LINES_MAX.source
}

/** A rule of the linter or the compiler that is switched off says why: `-- reason`. */
export function exceptionProblems(tree: Tree): Problems {
  const problems: Problems = []
  for (const [path, text] of tree) {
    if (!path.endsWith('.ts') || isAboutTidiness(path) || isGenerated(path)) continue
    linesOf(text).forEach((line, index) => {
      const at = `${path}:${index + 1}`
      if (/@ts-(ignore|nocheck)/.test(line)) problems.push(`${at} silences the compiler`)
      if (/@ts-expect-error(?! -- \S)/.test(line))
        problems.push(`${at} expects an error and does not say why (-- reason)`)
      if (!/(ox|es)lint-disable/.test(line)) return
      if (!/oxlint-disable-next-line [\w/, -]+ -- \S/.test(line)) {
        problems.push(`${at} switches a lint rule off otherwise than by: oxlint-disable-next-line <rule> -- <reason>`)
      }
    })
  }
  return problems
}

/** The checks themselves and their tests hold every fault there is. */
export const isAboutTidiness = (path: string): boolean => path.startsWith('test/tidy')

/** Every file under deploy/ is named by a test that loads it. */
export function deployProblems(tree: Tree): Problems {
  const tests = [...tree].filter(([path]) => path.endsWith('.test.ts')).map(([, text]) => text)
  return [...tree.keys()]
    .filter((path) => path.startsWith('deploy/') && !path.endsWith('README.md'))
    .filter((path) => !tests.some((text) => text.includes(path)))
    .map((path) => `${path} is loaded by no test`)
}
