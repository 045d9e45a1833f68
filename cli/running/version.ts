import { existsSync, readFileSync } from 'node:fs'

/** The package's version. package.json is two folders up from the source and three from the compiled tree. */
export function version(): string {
  const file = ['../../package.json', '../../../package.json']
    .map((path) => new URL(path, import.meta.url))
    .find(existsSync)
  const { version: found } = JSON.parse(file === undefined ? '{}' : readFileSync(file, 'utf8')) as { version?: string }
  return found ?? 'unknown'
}
