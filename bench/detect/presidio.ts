import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasPython, pythonWith, rootFolder } from '../../test/support/python.ts'

/*
 * Presidio's analyzer in the only configuration that needs no language model, in a Python of its own. It reads documents
 * as JSON from standard input and says what CPU it took, the least of three rounds; loading is not counted.
 */
const SCRIPT = `
import json, sys, time
import tldextract
tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NoOpNlpEngine
nlp = NoOpNlpEngine([{"lang_code": "en", "model_name": "no_op"}])
engine = AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])
out = []
for documents in json.load(sys.stdin):
    engine.analyze(documents[0], language="en")
    rounds = []
    for _ in range(3):
        before = time.process_time()
        found = sum(len(engine.analyze(document, language="en")) for document in documents)
        rounds.append(time.process_time() - before)
    out.append({"cpuSeconds": min(rounds), "found": found})
print(json.dumps(out))
`

const FOLDER = join(rootFolder, 'bench', 'detect')
/** Git-ignored, as every folder of this name. */
const VENV = join(FOLDER, '.weir', 'venv')

/** The Python to ask: the one that is named, else the one that was installed for this, else the one on the path. */
export function pythonFor(named: string | undefined, installs: boolean, say: (text: string) => void): string {
  if (named !== undefined) return named
  if (installs && hasPython()) return pythonWith(join(FOLDER, 'requirements.txt'), VENV, say)
  const own = join(VENV, 'bin', 'python')
  return existsSync(own) ? own : 'python3'
}

const ADVICE = 'give --peer to install Presidio into a folder of its own, or --python PATH of a Python 3.11 that has it'

export interface PeerFigures {
  readonly cpuSeconds: number
  readonly found: number
}

/** One figure per list of documents, or why there is none. */
export function runPresidio(python: string, lists: readonly (readonly string[])[]): readonly PeerFigures[] | string {
  const { status, stdout, stderr, error } = spawnSync(python, ['-c', SCRIPT], {
    input: JSON.stringify(lists),
    encoding: 'utf8',
    timeout: 170_000,
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error !== undefined) return `${python} could not be run or took too long: ${error.message} (${ADVICE})`
  if (status !== 0) return `${python}: ${stderr.trim().split('\n').at(-1) ?? 'failed'} (${ADVICE})`
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as PeerFigures[]
}
