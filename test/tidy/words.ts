import { isGenerated } from './house.ts'
import { isAboutTidiness } from './layout.ts'
import { isTest, linesOf, type Problems, type Tree } from './tree.ts'

interface Ban {
  readonly what: string
  readonly pattern: RegExp
  readonly where?: (path: string) => boolean
}

const isCode = (path: string): boolean => path.endsWith('.ts')
const isTestFile = (path: string): boolean => path.endsWith('.test.ts')

const BANS: readonly Ban[] = [
  { what: 'a mark without an owner; write it as MARK(name) or do it', pattern: /\b(TODO|FIXME|XXX|HACK)\b(?!\(\w+\))/ },
  {
    what: 'console output outside cli',
    pattern: /\bconsole\.\w+\(/,
    where: (path) => isCode(path) && !path.startsWith('cli/') && !isTest(path),
  },
  {
    what: 'a test that runs alone or not at all',
    pattern: /\b(describe|test|it)\.(only|skip|todo)\b/,
    where: isTestFile,
  },
  { what: 'a debugger statement', pattern: /^\s*debugger\b/, where: isCode },
  { what: 'a path of somebody’s machine', pattern: /(?<![\w.:/-])\/(home|root|work|Users)\/\w|\b[A-Z]:\\\\?Users/ },
  { what: 'the host of a package registry', pattern: /\bregistry\.(npmjs|yarnpkg)|\bnpm\.pkg\./ },
]

/** Words and marks that have no place in the tree. The lock file and other made files are looked at elsewhere. */
export function bannedProblems(tree: Tree): Problems {
  const problems: Problems = []
  for (const [path, text] of tree) {
    if (isAboutTidiness(path) || isGenerated(path) || path === 'package-lock.json' || path === 'LICENSE') continue
    const bans = BANS.filter(({ where }) => where === undefined || where(path))
    linesOf(text).forEach((line, index) => {
      for (const { what, pattern } of bans) if (pattern.test(line)) problems.push(`${path}:${index + 1} has ${what}`)
    })
  }
  return problems
}
