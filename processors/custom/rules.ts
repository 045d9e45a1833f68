import { ConfigError, type Problem } from '../../core/config/index.ts'
import { TYPE_NAME } from '../../core/mask/index.ts'
import type { CustomRule } from '../../schemas/customrule.ts'
import { compilePattern, type Pattern } from './pattern.ts'
import { WordSearch } from './words.ts'

/** All words of all rules together. */
const MOST_PHRASES = 10_000
const LONGEST_PHRASE = 200
const CONFIDENCE = 0.9

export interface CompiledRule {
  readonly name: string
  readonly type: string
  readonly confidence: number
  readonly pattern: Pattern | undefined
  /** Whether the pattern waits for a keyword. */
  readonly waits: boolean
}

/** What a phrase that is heard says: a value of the rule, or that its pattern is to be run. */
export interface PhraseUse {
  readonly rule: number
  readonly is: 'word' | 'keyword'
}

export interface CompiledRules {
  readonly rules: readonly CompiledRule[]
  readonly search: WordSearch
  /** By the number of the phrase. */
  readonly uses: readonly PhraseUse[]
}

/** Refuses, all at once, what cannot be run. */
export function compileRules(rules: readonly CustomRule[]): CompiledRules {
  const problems: Problem[] = []
  const search = new WordSearch()
  const uses: PhraseUse[] = []
  const names = new Set<string>()
  const compiled = rules.map((rule, index): CompiledRule => {
    const report = (key: string, message: string): void => {
      const path = ['detectors', 'rules', String(index), key]
      problems.push({ path, message: `of the rule "${rule.name}" ${message}`, code: 'WEIR_CONFIG_INVALID' })
    }
    checkRule(rule, names, report)
    const addPhrases = (key: 'words' | 'keywords', is: PhraseUse['is']): void => {
      for (const phrase of rule[key] ?? []) {
        const wrong = phraseProblem(phrase, search)
        if (wrong === undefined) uses.push({ rule: index, is })
        else report(key, wrong)
      }
    }
    addPhrases('words', 'word')
    addPhrases('keywords', 'keyword')
    const pattern = rule.pattern === undefined ? undefined : compilePattern(rule.pattern)
    if (typeof pattern === 'string') report('pattern', `is refused: ${pattern}`)
    return {
      name: rule.name,
      type: rule.type,
      confidence: rule.confidence ?? CONFIDENCE,
      pattern: typeof pattern === 'string' ? undefined : pattern,
      waits: rule.keywords !== undefined,
    }
  })
  if (search.size > MOST_PHRASES) {
    const message = `have ${search.size} words and keywords, ${MOST_PHRASES} are allowed`
    problems.push({ path: ['detectors', 'rules'], message, code: 'WEIR_CONFIG_INVALID' })
  }
  if (problems.length > 0) throw new ConfigError(problems, undefined)
  return { rules: compiled, search, uses }
}

function checkRule(rule: CustomRule, names: Set<string>, report: (key: string, message: string) => void): void {
  if (names.has(rule.name)) report('name', 'is the name of another rule too')
  names.add(rule.name)
  if (!TYPE_NAME.test(rule.type)) report('type', `must have the form ${TYPE_NAME.source}`)
  if (rule.pattern === undefined && rule.words === undefined) report('pattern', 'is needed, or words: it finds nothing')
  if (rule.pattern === undefined && rule.keywords !== undefined)
    report('keywords', 'are only asked before a pattern; what is to be found itself stands under words')
}

/** Never quotes the phrase: what must not be said may stand in a list of what must not be said. */
function phraseProblem(phrase: string, search: WordSearch): string | undefined {
  if (phrase.length > LONGEST_PHRASE) return `have one of ${phrase.length} characters, ${LONGEST_PHRASE} are allowed`
  return search.add(phrase) === undefined ? 'have one without a letter or digit' : undefined
}
