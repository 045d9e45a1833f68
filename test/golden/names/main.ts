import { changed } from '../../../processors/names/training/generate.ts'
import { evaluateNames, type SetScore } from './evaluate.ts'
import { generatedSets } from './generated.ts'
import { MEASURED_FILES, readMeasured, readSource, TRAINING_FILES } from './sets.ts'

/** Prints the scores of all sets as JSON: those that are only measured, held-back parts of the others, generated ones. */
export function evaluateAll(): Record<string, SetScore> {
  const scores: Record<string, SetScore> = {}
  for (const file of MEASURED_FILES) scores[file] = evaluateNames(readMeasured(file))
  const lower = readMeasured('universal-web-en-dev').map((text) => changed(text, (part) => part.toLowerCase()))
  scores['universal-web-en-dev-lower'] = evaluateNames(lower)
  for (const source of Object.keys(TRAINING_FILES)) scores[source] = evaluateNames(readSource(source).held)
  for (const [name, texts] of Object.entries(generatedSets())) scores[name] = evaluateNames(texts)
  return scores
}

if (import.meta.filename === process.argv[1]) console.log(JSON.stringify(evaluateAll(), null, 2))
