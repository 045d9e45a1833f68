import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { TokensConfig } from '../../schemas/config.ts'
import { messageOf, WeirError } from '../../core/errors.ts'
import type { Logger } from '../../core/log.ts'
import type { Meter } from '../../core/meter.ts'
import type { Clock } from '../../core/seam.ts'

/** Who sends where no tokens are configured; only loopback can be without. */
export const DEFAULT_TENANT = 'default'

/** How old the knowledge about the file may be: a revoked token is refused at most this much later. */
const RECHECK_MS = 500
/** A file changed this recently may change again without its times showing it. */
const SETTLED_MS = 2_000
const MAX_FILE_BYTES = 16 * 1024 * 1024

const LINE = /^([A-Za-z0-9_.-]{1,64})\s+([0-9a-fA-F]{64})$/
const BEARER = /^bearer +(\S+) *$/i

/** sha256 of a token in hex, to its tenant. */
type Tenants = Map<string, string>

export interface TokenDeps {
  clock: Pick<Clock, 'now'>
  meter: Meter
  /** Told once per mistake in the file. */
  logger: Pick<Logger, 'warn'>
}

/**
 * Bearer tokens decide the tenant. A look-up by the token's hash: the time it takes says nothing about the token. The
 * file is looked at when a request comes and the last look is half a second old, so there is nothing to start or stop.
 */
export class Tokens {
  readonly configured: boolean
  private readonly file: string | undefined
  private readonly inline: Tenants
  private readonly deps: TokenDeps
  private fromFile: Tenants = new Map()
  private checkedAt = Number.NEGATIVE_INFINITY
  /** What the file looked like when it was last read. */
  private seen = ''
  private complaint = ''

  /** Throws when the file or a line of it cannot be read: at start a mistake is better refused than served. */
  constructor(config: TokensConfig, deps: TokenDeps) {
    this.file = config.file
    this.deps = deps
    this.inline = parseTokens(config.inline ?? '', 'collectors.otlp.tokens.inline')
    this.configured = config.file !== undefined || this.inline.size > 0
    if (config.file === undefined) return
    this.look()
    try {
      this.fromFile = readTokens(config.file)
    } catch (error) {
      if (error instanceof WeirError) throw error
      throw new WeirError('WEIR_CONFIG_UNREADABLE', `collectors.otlp.tokens.file: ${messageOf(error)}`, {
        cause: error,
      })
    }
  }

  /** The tenant that an Authorization header stands for, or undefined when it stands for none. */
  tenantOf(authorization: string | undefined): string | undefined {
    if (!this.configured) return DEFAULT_TENANT
    const token = BEARER.exec(authorization ?? '')?.[1]
    if (token === undefined) return undefined
    this.refresh()
    const hash = createHash('sha256').update(token).digest('hex')
    return this.inline.get(hash) ?? this.fromFile.get(hash)
  }

  private refresh(): void {
    const now = this.deps.clock.now()
    if (this.file === undefined || Math.abs(now - this.checkedAt) < RECHECK_MS) return
    const before = this.seen
    this.look()
    if (this.seen === before && this.seen !== '') return
    try {
      this.fromFile = readTokens(this.file)
      this.complaint = ''
    } catch (error) {
      this.keepOrDrop(error)
    }
  }

  /** Remembers what the file looks like; empty means that it has to be read again next time whatever it looks like. */
  private look(): void {
    const now = this.deps.clock.now()
    this.checkedAt = now
    const stat = statSync(this.file!, { bigint: true, throwIfNoEntry: false })
    if (stat === undefined) this.seen = 'gone'
    else {
      const recent = Math.abs(now - Number(stat.mtimeMs)) < SETTLED_MS
      this.seen = recent ? '' : `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`
    }
  }

  /** A vanished file means no tokens; a broken one keeps the last good state and says so. */
  private keepOrDrop(error: unknown): void {
    const gone = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (gone) this.fromFile = new Map()
    const complaint = `${messageOf(error)}; ${gone}`
    if (complaint === this.complaint) return
    this.complaint = complaint
    this.deps.meter.add('otlp.token_file_errors', 1, { reason: gone ? 'gone' : 'broken' })
    if (gone) this.deps.logger.warn('collectors.otlp.tokens.file is gone; its tokens are no longer valid', { error })
    else this.deps.logger.warn('collectors.otlp.tokens.file is broken; the tokens read before stay valid', { error })
  }
}

function readTokens(file: string): Tenants {
  const text = readFileSync(file, 'utf8')
  if (text.length > MAX_FILE_BYTES)
    throw new WeirError('WEIR_CONFIG_INVALID', `${file}: larger than ${MAX_FILE_BYTES} bytes`)
  return parseTokens(text, file)
}

/** Lines of `tenant sha256-in-hex`; empty lines and lines that start with # are for people. */
export function parseTokens(text: string, where: string): Tenants {
  const tenants: Tenants = new Map()
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const match = LINE.exec(line)
    const at = `${where}: line ${index + 1}`
    // The line is not quoted: by mistake it may hold the token itself.
    if (!match) throw new WeirError('WEIR_CONFIG_INVALID', `${at} is not \`tenant sha256-of-token-in-hex\``)
    const hash = match[2]!.toLowerCase()
    const other = tenants.get(hash)
    if (other !== undefined && other !== match[1]) {
      throw new WeirError('WEIR_CONFIG_INVALID', `${at} gives the token of tenant ${other} to ${match[1]} too`)
    }
    tenants.set(hash, match[1]!)
  }
  return tenants
}
