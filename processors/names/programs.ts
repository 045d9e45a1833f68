/*
 * What code, its reports and tables of letters are full of and nobody is called: flags, keys of objects, members, classes of
 * letters. Looked at only where the tagger has seen a name.
 */

/** `[A-Z]`, `zA-Z`, `-O3` */
const CLASS = /^[A-Za-z]{1,2}-[A-Za-z]{1,2}$/
const KEY_BEHIND = /^"\s?:(?!\/\/)/
/** `os.Stdout)`, `base.Group):`, `Pod::Perldoc`, `%edi`, `$max`, `_Socklen`. */
const MEMBER_BEFORE =
  /(?:(?<![\p{L}\d])(?!(?:dr|prof|mr|mrs|ms|st|sr|jr|hr|fr|ing|dipl|inż|mgr|ul|lt|gen|col|rev|hon)\.)\p{Ll}[\p{Ll}\d_]{1,15}\.|::|[%\\$]|[\p{L}\d]_)$/u
const CODE_BEHIND = /^(?:[([{)\];=]|::|_[\p{L}\d])/u
const MEMBER_REACH = 17
/** `gcc -Wsign-compare -O3`, `--resource-arn arn:aws`. */
const FLAG_BEFORE = /(?:\s-{1,2}\w[\w=+.:-]*\s-{1,2}|\s--[a-z]*-?)$/
const FLAG_REACH = 40
/** `GREEK SMALL LETTER ETA WITH DASIA` */
const LETTERS = /(?:^|[ "])(?:LETTER|SMALL|CAPITAL|LIGATURE|COMBINING|SYMBOL)[A-Z -]*$/
const LETTERS_BEHIND = /^ (?:SMALL|CAPITAL|LETTER|LIGATURE|SYLLABLE)\b/
const LETTERS_REACH = 48
/** `/usr/bin/groff`, `sys/poll.h` */
const PATH_BEFORE = /(?:^|[\s"'(=:])\.{0,2}\/(?!home\/|Users\/)(?:[\w.+-]+\/)+$/
const FILE_BEHIND = /^\/[\w/-]+\.(?:h|c|go|py|rs|js|ts)(?!\w)/
const PATH_REACH = 64
/** Something of a program's is in it: `visitText(e, t`, `s => s`. */
const CODE_INSIDE = /^[^()]*\([^)]*$|=|;|\w_\w/

const before = (text: string, start: number, reach: number): string => text.slice(Math.max(0, start - reach), start)

function isLetterName(text: string, value: string, start: number, end: number): boolean {
  if (value !== value.toUpperCase()) return false
  return LETTERS_BEHIND.test(text.slice(end, end + 12)) || LETTERS.test(before(text, start, LETTERS_REACH))
}

const isPath = (text: string, start: number, end: number): boolean =>
  FILE_BEHIND.test(text.slice(end, end + 40)) ||
  (text[start - 1] === '/' && PATH_BEFORE.test(before(text, start, PATH_REACH)))

/** Whether what stands from `start` to `end` is of a program. */
export function isOfProgram(text: string, start: number, end: number): boolean {
  const value = text.slice(start, end)
  if (CLASS.test(value) || CODE_INSIDE.test(value) || isLetterName(text, value, start, end)) return true
  if (text[start - 1] === '-' && FLAG_BEFORE.test(before(text, start, FLAG_REACH))) return true
  if (isPath(text, start, end)) return true
  if (value.includes(' ')) return false
  const behind = text.slice(end, end + 3)
  if (text[start - 1] === '"' && KEY_BEHIND.test(behind)) return true
  return CODE_BEHIND.test(behind) && MEMBER_BEFORE.test(before(text, start, MEMBER_REACH))
}
