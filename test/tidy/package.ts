import type { Problems, Tree } from './tree.ts'

export interface PackageFile {
  readonly files?: readonly string[]
  readonly bin?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
}

/** What the package promises to hold or run and the tree does not have. `dist/x.js` stands for the source it is made from. */
export function packageProblems(tree: Tree, manifest: PackageFile): Problems {
  const there = (path: string): boolean => {
    const source = path.replace(/^dist\//, '').replace(/\.(?:js|d\.ts)$/, '.ts')
    return path === 'dist' || tree.has(source) || [...tree.keys()].some((name) => name.startsWith(`${source}/`))
  }
  const packed = (manifest.files ?? []).filter((path) => !path.startsWith('!')).map((path) => ['files', path] as const)
  const started = Object.values(manifest.bin ?? {}).map((path) => ['bin', path] as const)
  const run = Object.entries(manifest.scripts ?? {}).flatMap(([name, line]) =>
    [...line.matchAll(/\b(?:node|vitest run) ((?:dist|test)\/\S+)/g)].map(
      ([, path = '']) => [`script ${name}`, path] as const,
    ),
  )
  return [...packed, ...started, ...run]
    .filter(([, path]) => !there(path))
    .map(([where, path]) => `package.json, ${where}: ${path} is not there`)
}

/** Schema files that are not what the schemas say. */
export function schemaProblems(tree: Tree, current: ReadonlyMap<string, string>): Problems {
  const folder = 'schemas/json/'
  const stale = [...current].filter(([name, text]) => tree.get(folder + name) !== text).map(([name]) => name)
  const left = [...tree.keys()].filter((path) => path.startsWith(folder) && !current.has(path.slice(folder.length)))
  return [
    ...stale.map((name) => `${folder}${name} is not current: npm run generate`),
    ...left.map((path) => `${path} comes from no schema`),
  ]
}
