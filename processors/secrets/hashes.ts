import type { Part } from './value.ts'

/* Hashes of passwords, as programs and devices store them: from most of them the password can be found out. */

const SALTED =
  /\$(?:2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|1\$[^\s$:]{1,8}\$[./A-Za-z0-9]{22}|apr1\$[^\s$:]{1,8}\$[./A-Za-z0-9]{22}|5\$(?:rounds=\d{1,9}\$)?[^\s$:]{1,16}\$[./A-Za-z0-9]{43}|6\$(?:rounds=\d{1,9}\$)?[^\s$:]{1,16}\$[./A-Za-z0-9]{86}|[89]\$[./A-Za-z0-9]{14}\$[./A-Za-z0-9]{43}|g?y\$[./A-Za-z0-9]{1,20}\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}|argon2(?:id|i|d)\$v=\d{1,3}\$[mtp=,\d]{5,40}\$[A-Za-z0-9+/]{8,90}={0,2}\$[A-Za-z0-9+/]{16,180}={0,2}|pbkdf2(?:-sha\d{1,3})?\$\d{1,8}\$[^\s$]{4,64}\$[A-Za-z0-9+/.]{20,180}={0,2}|[PH]\$[./A-Za-z0-9]{31}|S\$[./A-Za-z0-9]{52}|9\$[./A-Za-z0-9-]{8,120}(?=["';]))(?![A-Za-z0-9])/y
/** Of Windows: the old hash, which is mostly that of nothing, and the newer one. */
const WINDOWS = /[0-9a-f]{32}:[0-9a-f]{32}(?![0-9a-z])/iy
const WINDOWS_HALF = 32
/** So far before a token with a digit the sign may stand that its hash begins with: `$y$j9T`, `$2b`. */
const REACH = 4

const DOLLAR = 36

/** The hash that a token with a digit is a part of, which begins at `start` behind a dollar sign. */
export function hashAt(content: string, start: number): Part | undefined {
  for (let from = start - 1; from >= 0 && from >= start - REACH; from--) {
    if (content.charCodeAt(from) !== DOLLAR) continue
    SALTED.lastIndex = from
    if (SALTED.test(content)) return { start: from, end: SALTED.lastIndex }
  }
  return undefined
}

/** Both hashes of Windows, the first of which is the token from `start` to `end`. */
export function windowsHashAt(content: string, start: number, end: number): Part | undefined {
  if (end - start !== WINDOWS_HALF) return undefined
  WINDOWS.lastIndex = start
  return WINDOWS.test(content) ? { start, end: WINDOWS.lastIndex } : undefined
}
