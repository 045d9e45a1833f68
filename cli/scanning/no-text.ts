import type { ExaminedText } from '../../core/examine/index.ts'
import { withheldMark } from '../../core/mask/index.ts'

/** Why a text out of a file is not all text. `damaged`: U+FFFD may stand for bytes of the file. */
export function whyNoText(text: string, damaged: boolean): string | undefined {
  if (text.includes('\0')) return 'bytes that are no text'
  return damaged && text.includes('\uFFFD') ? 'bytes that are not UTF-8: convert the file first' : undefined
}

/** What no detector can read was not looked at, whatever was found beside it. */
export function notLookedAt(examined: ExaminedText, why: string | undefined): ExaminedText {
  if (why === undefined) return examined
  const unscanned = [...examined.unscanned, why]
  return { ...examined, unscanned, masked: withheldMark(unscanned.join(', ')) }
}
