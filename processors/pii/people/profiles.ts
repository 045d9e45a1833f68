import type { Vocabulary } from '../../scan/index.ts'
import type { Finder } from '../finder.ts'
import { account, POSSIBLE } from './account.ts'

/* Names of accounts in addresses of their pages: `github.com/ann-moss`, `linkedin.com/in/annmoss`. */

/** By host, what stands between it and the name. Behind a bare `/` pages of the site itself stand too. */
const SITES: Readonly<Record<string, string>> = {
  'github com': '/',
  'gitlab com': '/',
  'bitbucket org': '/',
  'twitter com': '/@?',
  'x com': '/@?',
  'instagram com': '/',
  'facebook com': '/',
  'fb com': '/',
  'pinterest com': '/',
  'soundcloud com': '/',
  'twitch tv': '/',
  'vk com': '/',
  'kaggle com': '/',
  'dribbble com': '/',
  'behance net': '/',
  'keybase io': '/',
  'paypal me': '/',
  'ko fi com': '/',
  'patreon com': '/',
  'linktr ee': '/',
  't me': '/',
  'telegram me': '/',
  'tiktok com': '/@',
  'medium com': '/@',
  'threads net': '/@',
  'youtube com': '/(?:@|user/|c/)',
  'linkedin com': '/(?:in|pub)/',
  'xing com': '/profile/',
  'bsky app': '/profile/',
  'reddit com': '/(?:u|user)/',
  'snapchat com': '/add/',
  'steamcommunity com': '/id/',
  'venmo com': '/(?:u/)?',
  'cash app': '/\\$',
  'npmjs com': '/~',
}
/** `u/ann_moss82` */
const REDDIT = 'u'

const NAME = '([\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}_.-]{0,60}[\\p{L}\\p{M}\\p{N}_])'
/** The name is the last part of the address. */
const ENDS = '(?=/?(?:[\\s"\'`<>)\\]},;|?#!*]|[.:](?:\\s|$)|$))'

/** Pages of the sites, and what only stands for a name. */
const NO_NAME =
  /^(?:home|login|log-?in|logout|join|signup|sign-?up|sign_up|sign_in|register|about|features?|pricing|settings?|explore|search|topics?|trending|marketplace|sponsors|notifications|orgs|organizations|apps|account|accounts|security|contact|team|enterprise|collections|events|readme|site|help|support|legal|terms|privacy|policy|policies|blog|docs|api|developers?|dashboard|new|issues|pulls|intent|share|sharer|sharer\.php|hashtag|i|p|reels?|stories|tv|directory|groups|pages|profile|profile\.php|people|watch|gaming|photo|photo\.php|permalink\.php|story\.php|dialog|plugins|tr|joinchat|addstickers|proxy|socks|iv|s|c|feed|videos?|games|downloads?|datasets|competitions|code|learn|discover|you|upload|pin|user(?:name)?|your[-_.]?\w*|my[-_.]?\w*|example\w*|name|handle|owner|org|.*\.(?:html?|php|js|png|jpe?g|svg|git|json|md|aspx?))$/i

/** The name alone in a post of Reddit's. */
const REDDIT_NAME = new RegExp(`\\/([A-Za-z0-9_-]{3,20})(?![\\w/.-])`, 'y')
const REDDIT_BEFORE = /(?:^|[\s("'`[*/])$/

export function createProfileFinder(vocabulary: Vocabulary): Finder {
  const patterns = new Map(
    Object.entries(SITES).map(([host, path]) => [vocabulary.phrase(host), new RegExp(path + NAME + ENDS, 'uy')]),
  )
  const reddit = vocabulary.phrase(REDDIT)
  return {
    types: [],
    kinds: [...patterns.keys(), reddit],
    find({ content, marks }, mark, report) {
      const kind = marks[mark]!
      const end = marks[mark + 2]!
      if (content[end] !== '/') return
      const pattern = kind === reddit ? REDDIT_NAME : patterns.get(kind)!
      if (kind === reddit && !REDDIT_BEFORE.test(content.slice(Math.max(0, marks[mark + 1]! - 1), marks[mark + 1])))
        return
      pattern.lastIndex = end
      const name = pattern.exec(content)?.[1]
      if (name === undefined || NO_NAME.test(name)) return
      report(account(name, content.indexOf(name, end) + name.length, POSSIBLE))
    },
  }
}
