import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { COMPONENT_ROOMS, HEAVY, IMPURE, MAY_IMPORT, SHARED_FOLDERS } from './house.ts'
import { isSource, isTest, type Problems, type Tree } from './tree.ts'

/** One file naming another, or a package. */
export interface Reference {
  readonly from: string
  /** A path in the tree, or a package or built-in module as it is named. */
  readonly to: string
  readonly local: boolean
  readonly typeOnly: boolean
}

/*
 * The formatter puts every statement at the start of its line, in single quotes and without semicolons, which makes the
 * imports of a file readable by expression. Anything else that names a file of the tree (a process to start) counts too.
 */
const STATEMENTS = [
  /^import\s+(?<type>type\s+)?(?:[\w*{][^'"`=()]*?\sfrom\s+)?'(?<to>[^']+)'/gm,
  /^export\s+(?<type>type\s+)?(?:\*|\{[^}]*\})(?:\s+as\s+\w+)?\s+from\s+'(?<to>[^']+)'/gm,
  /\bimport\(\s*'(?<to>[^']+)'/g,
]
/** A heavy package that is loaded by a call: `createRequire(...)('x')`, `load.resolve('x')`. */
const LOADED = /\b\w+(?:\([^()'"`\n]*\))?(?:\.resolve)?\(\s*['"`](?<to>[^'"`$\n]+)/g
const NAMED_FILE = /['"`](?<to>\.{1,2}\/[^'"`\n]*?\.[tj]s)['"`]/g

export function references(tree: Tree): Reference[] {
  return [...tree].filter(([path]) => path.endsWith('.ts')).flatMap(([path, text]) => referencesOf(path, text, tree))
}

function referencesOf(from: string, text: string, tree: Tree): Reference[] {
  const found = new Map<string, Reference>()
  const note = (to: string, typeOnly: boolean): void => {
    const local = to.startsWith('.')
    const target = local ? posix.normalize(posix.join(posix.dirname(from), to)).replace(/\.js$/, '.ts') : to
    if (local && !tree.has(target)) return
    const before = found.get(target)
    if (before === undefined || (before.typeOnly && !typeOnly)) found.set(target, { from, to: target, local, typeOnly })
  }
  for (const statement of STATEMENTS) {
    for (const { groups } of text.matchAll(statement)) note(groups?.['to'] ?? '', groups?.['type'] !== undefined)
  }
  for (const { groups } of text.matchAll(LOADED)) {
    const to = groups?.['to'] ?? ''
    if (HEAVY.some(({ name }) => name.test(to))) note(to, false)
  }
  for (const { groups } of text.matchAll(NAMED_FILE)) {
    const target = posix.normalize(posix.join(posix.dirname(from), groups?.['to'] ?? '')).replace(/\.js$/, '.ts')
    if (!found.has(target)) note(groups?.['to'] ?? '', false)
  }
  return [...found.values()]
}

const roomOf = (path: string): string => path.split('/')[0] ?? ''
/** `collectors/otlp` for what stands in a room of components, else the room. */
const componentOf = (path: string): string => path.split('/').slice(0, 2).join('/')

/** Who imports whom against the directions of the house. */
export function directionProblems(all: readonly Reference[]): Problems {
  return all
    .filter(({ from, local }) => local && isSource(from))
    .flatMap(({ from, to, typeOnly }) => {
      const why = forbidden(from, to, typeOnly)
      return why === undefined ? [] : [`${from} imports ${to}: ${why}`]
    })
}

function forbidden(from: string, to: string, typeOnly: boolean): string | undefined {
  const room = roomOf(from)
  const allowed = MAY_IMPORT[room] ?? []
  if (isTest(to)) return 'what ships imports no test and no benchmark'
  if (room === 'console' && typeOnly) return undefined
  if (!allowed.includes(roomOf(to))) return `${room} may import only ${allowed.join(', ')}`
  if (!COMPONENT_ROOMS.includes(room) || roomOf(to) !== room) return undefined
  const sibling = componentOf(to) !== componentOf(from) && !SHARED_FOLDERS.includes(componentOf(to))
  return sibling ? 'a component imports no sibling' : undefined
}

/** Packages named where they must not be, and packages that nobody names. */
export function packageProblems(all: readonly Reference[], manifest: Manifest): Problems {
  const shipped = Object.keys(manifest.dependencies ?? {})
  const known = [...shipped, ...Object.keys(manifest.devDependencies ?? {})]
  const problems: Problems = []
  const used = new Set<string>()
  for (const { from, to } of all.filter((reference) => !reference.local && !isBuiltin(reference.to))) {
    const name = packageName(to)
    if (isSource(from)) used.add(name)
    if (!known.includes(name)) problems.push(`${from} imports ${to}, which package.json does not name`)
    else if (isSource(from) && !shipped.includes(name))
      problems.push(`${from} ships and imports the development dependency ${to}`)
    const heavy = HEAVY.find(({ name: pattern }) => pattern.test(to))
    if (heavy === undefined || isTest(from)) continue
    if (!heavy.folders.some((folder) => from.startsWith(folder))) {
      problems.push(`${from} imports ${to}, which lives in ${heavy.folders.join(', ')} only`)
    }
  }
  for (const name of shipped.filter((dependency) => !used.has(dependency)))
    problems.push(`nothing imports the dependency ${name}`)
  return problems
}

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const isBuiltin = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name)
const packageName = (to: string): string =>
  to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')

/** A detector that could look at anything but its input. */
export function purityProblems(all: readonly Reference[]): Problems {
  return all
    .filter(({ from, to, local }) => !local && isSource(from) && from.startsWith('processors/') && IMPURE.test(to))
    .map(({ from, to }) => `${from} imports ${to}: a processor reaches no network, file, clock or process`)
}

/** Files that import each other in a circle, and component folders that do. Types alone make no circle of files. */
export function cycleProblems(all: readonly Reference[]): Problems {
  const local = all.filter(({ from, to, local: inTree }) => inTree && isSource(from) && from !== to)
  const files = local.filter(({ typeOnly }) => !typeOnly).map(({ from, to }) => [from, to] as const)
  const folders = local
    .map(({ from, to }) => [componentOf(from), componentOf(to)] as const)
    .filter(([from, to]) => from !== to)
  return [...circles(files), ...circles(folders)].map((circle) => `a circle of imports: ${circle.join(' -> ')}`)
}

/** One circle through each edge that closes one, found by depth-first search. */
function circles(edges: readonly (readonly [string, string])[]): string[][] {
  const next = new Map<string, string[]>()
  for (const [from, to] of edges) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const found: string[][] = []
  const visit = (node: string, trail: readonly string[]): void => {
    if (trail.includes(node)) {
      found.push([...trail.slice(trail.indexOf(node)), node])
      return
    }
    if (done.has(node)) return
    for (const to of next.get(node) ?? []) visit(to, [...trail, node])
    done.add(node)
  }
  for (const node of next.keys()) visit(node, [])
  return found
}
