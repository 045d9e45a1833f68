import { COUNTRIES } from '../ids/countries.ts'

/* Top-level domains that people have addresses under: those of countries, and of the others the common ones. */

const COMMON = new Set(
  `com net org edu gov mil int info biz name pro eu uk su io ai app dev me email mail online site store shop tech cloud
   xyz club blog news live life world today team group company agency digital media studio design space website
   international foundation health care doctor dental legal law consulting solutions services systems software network
   academy school university bank finance money insurance estate house hotel travel restaurant fashion art music photo
   berlin london paris nyc amsterdam wien hamburg koeln cat gal eus swiss asia africa moe museum coop aero jobs mobi tel
   example test`.split(/\s+/),
)

/** Whether a last label, in lower case, is one. */
export const isTopLevel = (label: string): boolean => COMMON.has(label) || COUNTRIES.has(label.toUpperCase())
