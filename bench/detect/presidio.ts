import { spawnSync } from 'node:child_process'

/*
 * Presidio's analyzer in the only configuration that needs no language model, in a Python of its own. It reads documents
 * as JSON from standard input and says what CPU it took; loading is not counted.
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
    before = time.process_time()
    found = sum(len(engine.analyze(document, language="en")) for document in documents)
    out.append({"cpuSeconds": time.process_time() - before, "found": found})
print(json.dumps(out))
`

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
  if (error !== undefined) return `${python} could not be run or took too long: ${error.message}`
  if (status !== 0) return `${python}: ${stderr.trim().split('\n').at(-1) ?? 'failed'}`
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as PeerFigures[]
}
