import type { Problems } from './tree.ts'

interface LockEntry {
  readonly version?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
  readonly optional?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly allowScripts?: Readonly<Record<string, boolean>>
}

/**
 * What makes `npm ci` fail, or tie the project to one registry. npm leaves optional packages of other platforms out of the
 * lock file when the registry at hand does not have them, and `npm ci` then refuses the lock file it wrote.
 */
export function lockProblems(lock: Lock, manifest: Manifest): Problems {
  const problems: Problems = []
  const root = lock.packages['']
  for (const kind of ['dependencies', 'devDependencies'] as const) {
    if (JSON.stringify(sorted(root?.[kind])) !== JSON.stringify(sorted(manifest[kind]))) {
      problems.push(`the ${kind} of the lock file are not those of package.json`)
    }
  }
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (entry.resolved !== undefined) problems.push(`${path} names where it came from (resolved)`)
    if (path !== '' && entry.version === undefined && !entry.link) problems.push(`${path} has no version`)
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    if (entry.hasInstallScript && !entry.optional && !(name in (manifest.allowScripts ?? {}))) {
      problems.push(`${name} has an install script and package.json's allowScripts does not say what to do with it`)
    }
    for (const wanted of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      if (!isThere(lock, path, wanted)) problems.push(`${path || 'the root'} needs ${wanted}, which has no entry`)
    }
  }
  return problems
}

const sorted = (record: Readonly<Record<string, string>> = {}): [string, string][] =>
  Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1))

/** Looks where Node looks: in the package's own node_modules, then in those above it. */
function isThere(lock: Lock, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (Object.hasOwn(lock.packages, path)) return true
    if (folder === '') return false
  }
}
