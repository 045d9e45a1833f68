import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair } from 'yaml'
import { childOf, pathOf } from './pointer.ts'
import type { Problem } from './problems.ts'

/*
 * Text to plain values that still know where they stand. The tree is walked here instead of by `yaml` itself, because
 * positions, aliases, keys and text to expand all need the same walk, and because aliases must be counted: ten lines of
 * them can stand for a billion values.
 */

export const CONFIG_BYTES_MAX: number = 1024 * 1024
const VALUES_MAX = 20_000
const DEPTH_MAX = 32

/** A text in the file that may hold `${...}`, and where its value goes. */
export interface TextSlot {
  readonly pointer: string
  readonly text: string
  readonly set: (value: unknown) => void
}

export interface ConfigDocument {
  readonly value: unknown
  readonly texts: readonly TextSlot[]
  readonly problems: readonly Problem[]
  /** Where a key stands, or the nearest key above it. */
  place(pointer: string): { line: number; column: number } | undefined
}

/** `2024: ...` is the key "2024"; null, lists and blocks are no keys. */
function nameOf(key: Node): string | undefined {
  if (!isScalar(key)) return undefined
  if (typeof key.value === 'string') return key.value
  return typeof key.value === 'number' || typeof key.value === 'boolean' ? (key.source ?? String(key.value)) : undefined
}

/** Ends the walk: what follows would only repeat the complaint. */
class TooMuch extends Error {}

class Walk {
  readonly texts: TextSlot[] = []
  readonly problems: { pointer: string; message: string }[] = []
  readonly offsets: Map<string, number> = new Map()
  readonly #anchors = new Map<string, Node>()
  #values = 0

  node(node: Node | null, pointer: string, depth: number, set: (value: unknown) => void): void {
    this.#values += 1
    if (this.#values > VALUES_MAX) throw new TooMuch(`holds more than ${VALUES_MAX} values (aliases count in full)`)
    if (depth > DEPTH_MAX) throw new TooMuch(`is nested deeper than ${DEPTH_MAX} levels`)
    if (node?.range && !this.offsets.has(pointer)) this.offsets.set(pointer, node.range[0])
    if (isAlias(node)) {
      const named = this.#anchors.get(node.source)
      if (named === undefined) this.problems.push({ pointer, message: 'names an anchor that does not stand above it' })
      return this.node(named ?? null, pointer, depth + 1, set)
    }
    if (node?.anchor !== undefined) this.#anchors.set(node.anchor, node)
    if (isMap(node)) this.#map(node.items as Pair<Node, Node | null>[], pointer, depth, set)
    else if (isSeq(node)) this.#list(node.items as Node[], pointer, depth, set)
    else if (isScalar(node)) {
      set(node.value)
      if (typeof node.value === 'string') this.texts.push({ pointer, text: node.value, set })
    } else set(null)
  }

  #map(pairs: Pair<Node, Node | null>[], pointer: string, depth: number, set: (value: unknown) => void): void {
    // Without a prototype `__proto__` and `constructor` are keys like any other, and refused like any other.
    const object: Record<string, unknown> = Object.create(null)
    set(object)
    for (const { key, value } of pairs) {
      const name = nameOf(key)
      if (name === undefined) {
        this.problems.push({ pointer, message: 'has a key that is not a plain name' })
        continue
      }
      const child = childOf(pointer, name)
      if (name in object) this.problems.push({ pointer: child, message: 'stands here a second time' })
      if (key.range) this.offsets.set(child, key.range[0])
      this.node(value, child, depth + 1, (inner) => (object[name] = inner))
    }
  }

  #list(items: Node[], pointer: string, depth: number, set: (value: unknown) => void): void {
    const list: unknown[] = []
    set(list)
    for (const [index, item] of items.entries()) {
      this.node(item, childOf(pointer, String(index)), depth + 1, (inner) => (list[index] = inner))
    }
  }
}

const invalid = (message: string, at?: { line: number; col: number }): Problem => ({
  path: [],
  message,
  code: 'WEIR_CONFIG_INVALID',
  ...(at && { line: at.line, column: at.col }),
})

function broken(problems: Problem[]): ConfigDocument {
  return { value: Object.create(null), texts: [], problems, place: () => undefined }
}

/**
 * The first mistake; from there the parser only stumbles on. `yaml` quotes the text around it, which may be a secret: what
 * it says before that is kept.
 */
function syntaxProblem(document: Document, lines: LineCounter, text: string): Problem | undefined {
  const [error] = [...document.errors, ...document.warnings]
  if (error === undefined) return undefined
  const [at] = error.pos
  const unquoted = text.slice(at - 1, at + 1) === '${' ? '; inside { } and [ ], put ${...} in quotes' : ''
  const said = error.message.replace(/: ["'].*$/s, '').split('\n', 1)[0] ?? error.code
  return invalid(`is not YAML: ${said}${unquoted}`, lines.linePos(at))
}

export function readDocument(text: string): ConfigDocument {
  if (Buffer.byteLength(text) > CONFIG_BYTES_MAX) return broken([invalid(`is larger than ${CONFIG_BYTES_MAX} bytes`)])
  const lines = new LineCounter()
  let value: unknown = null
  try {
    // `yaml` looks for keys that stand twice in quadratic time; the walk does it in linear time.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
    const syntax = syntaxProblem(document, lines, text)
    if (syntax !== undefined) return broken([syntax])
    const walk = new Walk()
    walk.node(document.contents, '', 0, (root) => (value = root))
    const place = (pointer: string): { line: number; column: number } | undefined => {
      for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
        const offset = walk.offsets.get(at)
        if (offset === undefined) continue
        const { line, col } = lines.linePos(offset)
        return { line, column: col }
      }
      return undefined
    }
    const problems = walk.problems.map(({ pointer, message }): Problem => {
      return { path: pathOf(pointer), message, code: 'WEIR_CONFIG_INVALID', ...place(pointer) }
    })
    return { value, texts: walk.texts, problems, place }
  } catch (error) {
    if (error instanceof TooMuch) return broken([invalid(error.message)])
    // The parser is recursive: text that is nothing but opening brackets ends its stack.
    if (error instanceof RangeError) return broken([invalid(`is nested deeper than ${DEPTH_MAX} levels`)])
    throw error
  }
}
