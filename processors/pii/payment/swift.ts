import { COUNTRIES } from '../ids/countries.ts'
import { NUMBER } from '../../scan/index.ts'
import { matchesAt, type Finder } from '../finder.ts'

/* Fields of payment messages that hold a bank's code: `:57A:`, an account on a line of its own, the code. */

const SURE = 0.95

const ACCOUNT = /:(?:\/[^\n]{1,40}\r?\n)?/y
const CODE = /[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?=\s|$|-)/y
const FIELDS: ReadonlySet<string> = new Set(['51', '52', '53', '54', '55', '56', '57', '58', '59'])
const CAPITAL_A = 65

/** Its type is that of a rule in `ids/world.ts`. */
export const swiftFinder: Finder = {
  types: [],
  kinds: [NUMBER],
  wants: (length, digits, behind) => length === 3 && digits === 2 && behind === ':',
  wantsAfter: (before) => before === ':',
  find({ content }, _mark, report, { start: field, end }) {
    if (content.charCodeAt(end - 1) !== CAPITAL_A || !FIELDS.has(content.slice(field, end - 1))) return
    if (!matchesAt(ACCOUNT, content, end)) return
    const start = ACCOUNT.lastIndex
    if (!matchesAt(CODE, content, start)) return
    const code = content.slice(start, CODE.lastIndex)
    if (!COUNTRIES.has(code.slice(4, 6))) return
    report({
      type: 'BIC_CODE',
      start,
      end: CODE.lastIndex,
      confidence: SURE,
      normal: code,
      why: 'its field in a payment message',
    })
  },
}
