import { LONG, type Vocabulary } from '../../scan/index.ts'
import { learn, nearest, wordsNear } from '../around/context.ts'
import { asciiStart, codeAt, isHexCode, type Finder } from '../finder.ts'
import { base58Version } from './base58.ts'
import { isSegwit } from './bech32.ts'
import { isCoin, mayBeCoin, maySolana } from './coins.ts'
import { keccak256 } from './keccak.ts'
import type { WordSet } from '../around/word-set.ts'

/* Addresses of wallets. All of them carry a check, but for Ethereum's in one case and Solana's. */

export const CRYPTO = 'CRYPTO'

const SURE = 0.95
/** Forty hex digits without a check, named by a word, and as they stand. */
const NAMED = 0.85
const ALONE = 0.6

const WORDS =
  'ethereum|eth|ether|wallet|wallet address|wallets|crypto|cryptocurrency|erc|metamask|ledger|token address|usdt|usdc|weth|' +
  'polygon|matic|bsc|binance|etherscan|deposit address|withdrawal address|payout address|donation|donate|tip jar|' +
  'geldbeutel|portefeuille|cartera|billetera|portafoglio|carteira|portfel|cuzdan|portemonnee|кошелек|钱包|ウォレット|지갑|محفظة'

const SOLANA_WORDS = 'solana|sol|spl|phantom|phantom wallet|solscan|solflare'

/** The first byte of Bitcoin's and Litecoin's addresses: of keys and of scripts. */
const VERSIONS = new Set([0, 5, 48, 50])
const LEAST_BASE58 = 26
const MOST_BASE58 = 35
const SEGWIT_PREFIXES: readonly string[] = ['bc', 'ltc']
const LEAST_SEGWIT = 14
const MOST_SEGWIT = 90

function isBase58(token: string): boolean {
  if (token.length < LEAST_BASE58 || token.length > MOST_BASE58 || !'13LM'.includes(token[0]!)) return false
  const version = base58Version(token)
  return version !== undefined && VERSIONS.has(version)
}

/** All in one case, as its authors ask for. */
function segwit(token: string): string | undefined {
  if (token.length < LEAST_SEGWIT || token.length > MOST_SEGWIT) return undefined
  const lower = token.toLowerCase()
  const prefix = SEGWIT_PREFIXES.find((name) => lower.startsWith(`${name}1`))
  if (prefix === undefined || (token !== lower && token !== token.toUpperCase())) return undefined
  return isSegwit(lower, prefix) ? lower : undefined
}

const ETHEREUM_LENGTH = 42

function isEthereum(token: string): boolean {
  if (token.length !== ETHEREUM_LENGTH || token[0] !== '0' || (token[1] !== 'x' && token[1] !== 'X')) return false
  for (let at = 2; at < ETHEREUM_LENGTH; at++) if (!isHexCode(token.charCodeAt(at))) return false
  return true
}

/** Letters are capitals where the hash of the address has a high digit (EIP-55). Undefined: all are in one case. */
export function casesAgree(address: string): boolean | undefined {
  const digits = address.slice(2)
  const lower = digits.toLowerCase()
  if (digits === lower || digits === digits.toUpperCase()) return undefined
  const hash = keccak256(lower).toString('hex')
  return Array.from(digits).every((digit, at) => {
    const capital = hash.charCodeAt(at) >= '8'.charCodeAt(0)
    return digit === (capital ? digit.toUpperCase() : digit.toLowerCase())
  })
}

/** The normal form: of hex without its case, of segregated witness in lower case, and as it stands of base 58. */
function addressOf(token: string): string | undefined {
  if (isEthereum(token)) return casesAgree(token) === false ? undefined : token.toLowerCase()
  return isBase58(token) || isCoin(token) ? token : segwit(token)
}

/** What has no check of its own, and needs a word. */
const needsWord = (token: string): boolean => isEthereum(token) && casesAgree(token) === undefined

const typed = (value: string): string | undefined => {
  const token = value.trim()
  return addressOf(token) ?? (maySolana(token) ? token : undefined)
}

export function createCryptoFinder(vocabulary: Vocabulary, otherThings: WordSet): Finder {
  const words = learn(vocabulary, WORDS.split('|'))
  const solana = learn(vocabulary, SOLANA_WORDS.split('|'))
  return {
    types: [{ name: CRYPTO, why: 'the form of an address and its checksum', normal: typed }],
    kinds: [LONG],
    find(view, mark, report) {
      const end = view.marks[mark + 2]!
      const start = asciiStart(view.content, view.marks[mark + 1]!, end)
      const length = end - start
      const isOld = length <= MOST_SEGWIT && '013LMbBlL'.includes(view.content[start] ?? ' ')
      if (!isOld && !mayBeCoin(codeAt(view.content, start), length)) return
      const token = view.content.slice(start, end)
      const normal = addressOf(token)
      if (normal === undefined) {
        const named = maySolana(token) && nearest(wordsNear(view, mark, start, end), solana) < Infinity
        if (named) report({ type: CRYPTO, start, end, confidence: NAMED, normal: token })
        return
      }
      let confidence = SURE
      if (needsWord(token)) {
        const near = wordsNear(view, mark, start, end)
        const [named, other] = [nearest(near, words), nearest(near, otherThings)]
        if (named >= other && other < Infinity) return
        confidence = named < Infinity ? NAMED : ALONE
      }
      report({ type: CRYPTO, start, end, confidence, normal })
    },
  }
}
