import { NUMBER, type Vocabulary } from '../../scan/index.ts'
import { learn } from '../around/context.ts'
import { codeAt, isDigitCode, isWideCode, isWordCode, matchesAt, type Finder } from '../finder.ts'

/* How old somebody is: `42 years old`, `42-jährig`, `âgé de 42 ans`, `age: 42`. Soft: no structure decides it. */

export const AGE = 'AGE'

const LIKELY = 0.75
const POSSIBLE = 0.6

const WORDS =
  'age at consent|age at diagnosis|age at enrolment|age at enrollment|age at death|age at onset|age at admission|im alter|ihr alter|mein alter|mijn leeftijd|my age|your age|pacjentka lat|pacjent lat|chora lat|chory lat|kobieta lat|mezczyzna lat|pani lat|age|age sex|aged|ages|alter|im alter von|age de|agee de|ans age|edad|de edad|eta|all eta di|idade|leeftijd|wiek|w wieku|yas|yasi|' +
  'alder|ika|iassa|vek|varsta|возраст|в возрасте|возрасте|ηλικία|العمر|عمره|عمرها|आयु|उम्र|年龄|年齢|나이|연령'

/** What alone says that years are somebody's. */
const OLD = new RegExp(
  ` ?-?(?:${[
    'years?[ -]olds?|yrs?[ -]old|y\\/o|y\\.o\\.?|yo[fm]?|yr olds?|year[ -]olds?|years of age|months? old|mo old|month[ -]old|weeks? old',
    'jahre alt|jährige?[rsnm]?|jaehrige?[rsnm]?|jahre jung|monate alt',
    'ans d.âge|años de edad|anni di età|anos de idade|jaar oud|jarige|lat\\.? życia|[- ]?letni[aeą]?[jgo]*',
    'yaşında(?:ki|yım|yim)?|yaşındayım|år gammal|år gammel|-årige?|-åring|-vuotias|-vuotiaan|vuotta vanha|let starý|let stará|-letý|-letá',
    'ετών|χρονών|лет от роду|-летн(?:ий|яя|его|ей)|岁(?!以[上下])|歲(?!以[上下])|歳(?!以[上下]|未満)|才(?!能|以[上下]|未満)|세(?![가-힣]| ?이[상하]| ?미만)|살(?![가-힣])|वर्षीय|साल (?:का|की)',
  ].join('|')})(?![a-z])`,
  'iuy',
)

/** Years that are an age when the words before say that somebody has them. */
const YEARS = / ?(?:years?|yrs?|jahren?|ans|años|anni|anos|jaar|lat|let|год[а]?|лет|yaş|år|vuotta)(?![\p{L}])/iuy
const HAS_YEARS =
  /(?:\b(?:elle a|il a|qui a|aged?|im alter von|âgée? de|agée? de|j['’]ai|tiene|tengo|de|ha|ho|di|tem|tenho|com|com seus|is|ben|hij is|zij is|ma|mam|am|turned|turning|jest|мне|ему|ей|jag är|hon är|han är|jeg er|hun er|han er|olen|hän on|je mi|je mu)(?: ya| già| già compiuto| déjà| já| schon| bereits| al| już| zaten)?)[\s]$/iu
/** `Karim Benali, 52 ans, consulte`, `Anna (34 Jahre)`: between marks right behind a name. */
const NAME_BEFORE = /\p{Lu}\p{L}+(?:,| ?\() ?$/u
const MARK_BEHIND = /^\s?[,)]/

/** `de 42 ans` alone is as often how long something lasted. */
const LASTS =
  /(?:depuis plus|plus|moins|durée|période|term|plazo|período|periodo|prazo|contrat|contrato|garantie|garantía|garanzia) de $/iu

const MOST_AGE = 120
const MOST_AGE_DIGITS = 3
const BEFORE = 24
const AFTER_WORD = /^(?:\*\*)?["']?(?:\s?[:=](?:\*\*)?\s?["']?|\s(?:is|was|von|de|of|är|er|on|:)\s|\s|, )?$/

function ageAt(content: string, start: number, digits: number): number | undefined {
  if (digits > 1 && codeAt(content, start) === 48) return undefined
  const age = Number(content.slice(start, start + digits))
  return age <= MOST_AGE ? age : undefined
}

/** An age and what may stand around it: `42`, `aged 42`, `42 years old`. */
const EVIDENT = /^(?:\p{L}[\p{L}\p{M} ]{0,20}[ :])?(\d{1,3})(?!\d)/u

function normalOf(value: string): string | undefined {
  const text = value.trim()
  const evident = EVIDENT.exec(text)
  if (evident === null || Number(evident[1]) > MOST_AGE) return undefined
  const end = evident[0].length
  const isAll = (years: RegExp): boolean => matchesAt(years, text, end) && years.lastIndex === text.length
  return end === text.length || isAll(OLD) || isAll(YEARS) ? evident[1] : undefined
}

export function createAgeFinder(vocabulary: Vocabulary): Finder {
  const words = learn(vocabulary, WORDS.split('|'))
  return {
    types: [{ name: AGE, why: 'a number beside a word for age', normal: normalOf }],
    kinds: [NUMBER],
    wants: (_length, digits) => digits > 0 && digits <= MOST_AGE_DIGITS,
    wantsAfter: (before) => !'-./$#_%'.includes(before || 'x'),
    find(view, mark, report, { start, end, digits }) {
      const { content, marks } = view
      if (digits === 0 || digits > MOST_AGE_DIGITS) return
      if (!standsAlone(content, start) && !isListed(content, start, start + digits)) return
      const age = ageAt(content, start, digits)
      if (age === undefined) return
      const digitsEnd = start + digits
      const normal = String(age)
      const say = (until: number, confidence: number): void =>
        report({ type: AGE, start, end: until, confidence, normal })
      if (mayBeYears(content, digitsEnd)) {
        const before = content.slice(Math.max(0, start - BEFORE), start)
        if (matchesAt(OLD, content, digitsEnd)) {
          if (OTHER_OLD.test(content.slice(OLD.lastIndex, OLD.lastIndex + 14)) || THING_BEFORE.test(before)) return
          return say(OLD.lastIndex, LIKELY)
        }
        if (matchesAt(YEARS, content, digitsEnd) && isSomebodys(content, before, YEARS.lastIndex))
          return say(YEARS.lastIndex, POSSIBLE)
      }
      if (age >= LEAST_TOLD && mayBeAged(content, start) && CLAUSE_ENDS.test(content.slice(digitsEnd, digitsEnd + 8)))
        if (IS_AGED.test(content.slice(Math.max(0, start - BEFORE), start))) return say(digitsEnd, POSSIBLE)
      if (digits === 2 && isInReport(content, start, digitsEnd)) return say(digitsEnd, POSSIBLE)
      if (digitsEnd !== end && isWordCode(codeAt(content, digitsEnd))) return
      if (!endsNumber(content, digitsEnd)) return
      for (let at = mark - 3; at >= 0 && marks[at + 2]! > start - BEFORE; at -= 3)
        if (words.has(marks[at]!) && AFTER_WORD.test(content.slice(marks[at + 2], start)))
          return isThings(content, marks[at + 1]!) ? undefined : say(digitsEnd, LIKELY)
    },
  }
}

/** `张三，男，45岁`: in other scripts a comma stands before a number of its own. */
const isListed = (content: string, start: number, end: number): boolean =>
  content[start - 1] === ',' && isWideCode(codeAt(content, start - 2)) && isWideCode(codeAt(content, end))

/** `I'm 42 and ...`, `er ist 42.`: no unit behind, and the clause ends or goes on. */
const IS_AGED =
  /(?:\b(?:(?:i|he|she|who|and|just|recently) (?:just |recently )?(?:turned|turns)|i['’]?m|i am|s?he is|s?he['’]s|ich bin|er ist|sie ist|ik ben|hij is|zij is|(?:son|daughter|wife|husband|girlfriend|boyfriend|partner|mother|father|mom|mum|dad|brother|sister|kid|child|baby|boy|girl|patient|grandmother|grandfather|grandma|grandpa|niece|nephew|uncle|aunt|tenant|fianc[ée]e?) (?:is|was|(?:just |recently )?turned)|(?:sohn|tochter|frau|mann|mutter|vater|kind|bruder|schwester|freundin|oma|opa) ist|(?:zoon|dochter|vrouw|moeder|vader|broer|zus) is)) $/i
/** Cheap: how all of these end. */
const mayBeAged = (content: string, start: number): boolean =>
  codeAt(content, start - 1) === 32 && 'mstnd'.includes(content.charAt(start - 2).toLowerCase() || ' ')
const CLAUSE_ENDS =
  /^(?:[,;!?)]|\.(?!\d)|$| (?:[mf](?![\p{L}])|and|but|now|today|with|und|aber|jetzt|mit|en|maar|met)\b)/iu
const LEAST_TOLD = 10

/** `min-release-age=7`, `maxAge: 5`, `vacuum_defer_cleanup_age = 0`: of files and rows. */
const OF_THINGS =
  /(?:max|min|release|cleanup|cache|cookie|vacuum|freeze|file|log|session|token|entry|snapshot|backup|retention|object|data|message|key|cert(?:ificate)?|index|page|item|image|package|record)[-_]?$/i

const isThings = (content: string, word: number): boolean => OF_THINGS.test(content.slice(Math.max(0, word - 14), word))

const isSomebodys = (content: string, before: string, end: number): boolean =>
  (HAS_YEARS.test(before) && !LASTS.test(before)) ||
  (NAME_BEFORE.test(before) && MARK_BEHIND.test(content.slice(end, end + 2)))

/** `a 3-year-old startup`: what else is that old. */
const OTHER_OLD =
  /^ (?:compan(?:y|ies)|start-?ups?|business(?:es)?|firms?|servers?|laptops?|computers?|machines?|phones?|cars?|vehicles?|trucks?|houses?|homes?|buildings?|bridges?|trees?|wines?|whisk(?:e?y|ies)|scotch|software|systems?|codebases?|code|apps?|bugs?|issues?|tickets?|loans?|mortgages?|bonds?|contracts?|projects?|films?|movies?|songs?|books?|tradition|institution|invoice|debt|battery|roof|furnace|boiler)\b/i
const THING_BEFORE =
  /\b(?:gebäude|haus|hauses|auto|brücke|kirche|turm|baum|firma|maschine|bâtiment|maison|voiture|église|pont|arbre|société|edificio|casa|coche|puente|árbol|empresa|iglesia|castillo|torre|ponte|chiesa|albero|azienda|gebouw|huis|brug|kerk|toren|boom|bedrijf|prédio|carro|igreja|empresa) (?:ist|war|sind|est|était|a|es|era|tiene|tem|é|è|ha|is|was)(?: fast| rund| über| circa| environ| presque| casi| quasi| bijna)? $|\b(?:car|truck|house|home|building|laptop|phone|computer|roof|company|server|furnace|boiler|bridge|machine|software|app|website|system|whisk(?:e)?y|wine|church|tree|castle|tower) (?:is|was|are|were|being) (?:about |around |nearly |over |almost )?$/i

/** `Ann Smith, 48, of Boston, ...`, as papers write. */
const NAMED_BEFORE = /\p{Lu}\p{L}+ \p{Lu}[\p{L}'’-]+, $/u
const REPORTED_BEHIND = /^,? ?(?:of|from|was|has|had|who|is|a|an|the|died|pleaded|appeared|told|said)\b|^\)/
/** `Patientin, 72 J., ...` */
const PATIENT_BEFORE = /(?:\bPat(?:ient(?:in)?|\.)?|\b[mw]|eibl\.|ännl\.),? \(?$/
const YEARS_BEHIND = /^ ?J(?:ahre|\.)(?=[,;) ])/
/** `my dad (71) fell` */
const RELATION_BEFORE =
  /\b(?:son|daughter|wife|husband|girlfriend|boyfriend|mother|father|mom|mum|dad|brother|sister|grand(?:mother|father|ma|pa)|niece|nephew|uncle|aunt|sohn|tochter|frau|mann|mutter|vater|bruder|schwester|oma|opa|fils|fille|femme|mari|hijo|hija|madre|padre|mère|père|figlio|figlia|moglie|marito) \($/i
/** `48F with fever`, `48M c/o pain`: notes of a clinic. */
const PATIENT_BEHIND =
  /^ (?:yrs?|years) [MF](?![\p{L}])|^ ?[MF] (?:c\/o|w\/|s\/p|h\/o|presents|presenting|presented|admitted|complain|hx|pt\b|patient)/u

const isInReport = (content: string, start: number, end: number): boolean =>
  (content[end] === ',' &&
    NAMED_BEFORE.test(content.slice(Math.max(0, start - BEFORE), start)) &&
    REPORTED_BEHIND.test(content.slice(end, end + 12))) ||
  PATIENT_BEHIND.test(content.slice(end, end + 16)) ||
  (content[end] === ')' && RELATION_BEFORE.test(content.slice(Math.max(0, start - BEFORE), start))) ||
  (YEARS_BEHIND.test(content.slice(end, end + 8)) &&
    PATIENT_BEFORE.test(content.slice(Math.max(0, start - BEFORE), start)))

/** How words for years begin, after a space or a hyphen or both. */
const BEGINS_YEARS = 'ymwjalvYMWJALV'

function mayBeYears(content: string, at: number): boolean {
  while (codeAt(content, at) === 32 || codeAt(content, at) === 45) at++
  return isWideCode(codeAt(content, at)) || BEGINS_YEARS.includes(content.charAt(at) || ' ')
}

const standsAlone = (content: string, start: number): boolean =>
  !('-./,:$€£#_%'.includes(content.charAt(start - 1) || 'x') && content[start - 1] !== ':')

const endsNumber = (content: string, end: number): boolean => {
  const next = content.charAt(end)
  if (next === '%' || next === '_' || next === '-') return false
  return !('.,/:'.includes(next || 'x') && isDigitCode(codeAt(content, end + 1)))
}
