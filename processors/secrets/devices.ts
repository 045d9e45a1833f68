import { plausible } from './plausible.ts'
import type { Part } from './value.ts'

/* Switches, routers and what watches them: their configurations name a key without a sign between name and key. */

/** Behind one of the words: the last group of a pattern that ends with it is the key. */
export interface DeviceRule {
  readonly words: readonly string[]
  readonly pattern: RegExp
  readonly check: (key: string, content: string, start: number) => boolean
}

const LEAST = 4
const isChosen = (key: string): boolean => key.length >= LEAST && plausible(key)
/** No word of a sentence about such things. */
const isMixed = (key: string): boolean => isChosen(key) && (/[\d!@#$%^&*+=?~_-]/.test(key) || /[a-z][A-Z]/.test(key))

/** Communities that devices are sold with are no secret. */
const COMMUNITY_WORDS =
  /^(?:public|private|community|strings?|name|read|write|ipv4|ipv6|both|none|list|default|snmp|index|map|view|\d+:\d+|\d|[<>].*|.*[<>])$/i
const isCommunity = (key: string): boolean => isChosen(key) && !COMMUNITY_WORDS.test(key)

const REACH = 140
const linesBefore = (content: string, start: number): string => content.slice(Math.max(0, start - REACH), start)
const ofSnmp = (content: string, start: number): boolean => /snmp/i.test(linesBefore(content, start))
/** Nothing but a prompt stands before it in its line. */
const LINE_START = /(?:^|\n|\\n)[ \t]*(?:[\w.()-]{1,40}[#>] ?)?$/
const beginsLine = (content: string, start: number): boolean => LINE_START.test(linesBefore(content, start))
/** A line of a configuration with somebody who may sign in. */
const ACCOUNT_LINE = /(?:^|\n)[ \t]{0,8}(?:enable|username|neighbor|line|ppp|aaa)\b[^\n]{0,120}$|(?:^|\n)[ \t]{0,8}$/

export const DEVICE_RULES: readonly DeviceRule[] = [
  // The 7 says that it is scrambled, by a key that everybody knows.
  {
    words: ['password', 'secret'],
    pattern: /\s7\s((?:[0-9A-F]{2}){4,40}|(?:[0-9a-f]{2}){4,40})(?!\S)/y,
    check: () => true,
  },
  {
    words: ['password', 'secret'],
    pattern: /\s[06]\s([^\s"']{4,120})(?!\S)/y,
    check: (key, content, start) => isChosen(key) && ACCOUNT_LINE.test(linesBefore(content, start)),
  },
  {
    words: ['enable password', 'enable secret'],
    pattern: /\s{1,4}([^\s"']{4,64})(?=[ \t]*(?:$|\r|\n|\\n))/y,
    check: (key, content, start) => isMixed(key) && beginsLine(content, start),
  },
  {
    words: ['tacacs server', 'radius server', 'tacacs', 'radius'],
    pattern:
      /(?:[ \t][^\n]{0,80}|[ \t]\S{1,40}\s{1,4}address[^\n]{0,80}\n)?\s{1,4}key\s(?:[0678]\s)?["']?([^\s"']{4,120})(?!\S)/y,
    check: (key, content, start) => isMixed(key) && beginsLine(content, start),
  },
  {
    words: ['isakmp key'],
    pattern: /\s(?:[06]\s)?([^\s"']{4,128})(?=\s(?:address|hostname)\s)/y,
    check: isChosen,
  },
  {
    words: ['neighbor'],
    pattern: /\s[\w.:-]{3,64}\spassword\s(?:0\s)?([^\s"']{4,80})(?=[ \t]*(?:$|\r|\n|\\n))/y,
    check: (key, content, start) => isMixed(key) && beginsLine(content, start),
  },
  {
    words: ['community'],
    pattern:
      /(?:\s{1,4}(?!strings?\b|ist?\b)|\s?[:=]\s?|\s(?:string\s?)?(?:[:=]|ist?)\s)["']?([^\s"';{}]{3,63}[^\s"';{}.,:])(?=["'.,]?(?:\s|$|[;{]))/y,
    check: (key, content, start) => isCommunity(key) && isMixed(key) && ofSnmp(content, start),
  },
  {
    words: ['community'],
    pattern: /\s{1,4}["']?([^\s"';{}]{4,64})(?=["']?\s{1,4}(?:ro|rw|authorization|view)\b)/iy,
    check: (key, content, start) => isCommunity(key) && ofSnmp(content, start),
  },
  {
    words: ['rocommunity', 'rwcommunity'],
    pattern: /6?\s{1,4}["']?([^\s"']{4,64})/y,
    check: (key) => isCommunity(key) && isMixed(key),
  },
  {
    words: ['snmpwalk', 'snmpget', 'snmpgetnext', 'snmpbulkwalk', 'snmpbulkget', 'snmpset', 'snmptable'],
    pattern: /\b[^\n|;]{0,120}?\s-c\s?["']?([^\s"']{4,64})/y,
    check: isCommunity,
  },
  {
    words: ['snmp server host'],
    pattern: /\s[\w.:-]{3,64}\s(?:(?:traps|informs)\s)?version\s[12]c?\s([^\s"']{4,64})/y,
    check: (key) => isCommunity(key) && isMixed(key),
  },
  {
    words: ['snmp server user'],
    pattern: /\s[^\n]{0,80}?\sauth\s(?:md5|sha)(?:[- ]?\d{3})?\s([^\s"']{4,80})/y,
    check: isChosen,
  },
  {
    words: ['snmp server user'],
    pattern: /\s[^\n]{0,180}?\spriv\s(?:3?des|aes)(?:[- ]?\d{3})?\s([^\s"']{4,80})/y,
    check: isChosen,
  },
]

/** The key behind the word from `start` to `end`. */
export function deviceKeyAt(
  { pattern, check }: DeviceRule,
  content: string,
  start: number,
  end: number,
): Part | undefined {
  pattern.lastIndex = end
  const key = pattern.exec(content)?.[1]
  if (key === undefined || !check(key, content, start)) return undefined
  return { start: pattern.lastIndex - key.length, end: pattern.lastIndex }
}
