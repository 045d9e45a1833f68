import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WeirError } from './errors.ts'

/** The folder that holds package.json, seen from a file inside the package. */
export function packageRoot(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) throw new WeirError('WEIR_BUG', `no package.json above ${file}`)
  }
}

/**
 * The compiled twin of a module, for starting it as a process of its own: a new process runs plain JavaScript, also where
 * the one that starts it (vitest) runs the TypeScript source. `path` is relative to the module whose `import.meta.url` is
 * `from`. From compiled code this is the neighbouring file; from source it is the same place under `dist/`.
 */
export function runnable(path: string, from: string): string {
  const target = fileURLToPath(new URL(path, from)).replace(/\.ts$/, '.js')
  if (from.endsWith('.js')) return target
  const root = packageRoot(target)
  const twin = join(root, 'dist', ...relative(root, target).split(sep))
  if (!existsSync(twin)) throw new WeirError('WEIR_BUG', `${twin} is missing: run \`npm run build\` first`)
  return twin
}
