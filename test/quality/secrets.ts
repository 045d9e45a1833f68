import type { Case } from './cases.ts'
import type { Detection } from './detect.ts'
import { fill } from './fill.ts'
import { createRng, type Rng } from './rng.ts'
import { covers, figuresOf, newTally, overlaps, type Fault, type Figures } from './score.ts'
import { DECOYS, SECRETS, type SecretMaker } from './secrets-values.ts'
import type { Half } from './templates/templates.ts'

/** Types that say that something opens a door. Which of them is not scored: a URL's password is all three. */
const OPENERS: ReadonlySet<string> = new Set(['SECRET', 'PASSWORD', 'URL_CREDENTIALS'])

/** Sentences for keys whose form gives them away. */
const ALONE: Readonly<Record<Half, readonly string[]>> = {
  development: [
    'my key {v} stopped working this morning, why?',
    'SERVICE_KEY={v}',
    '{"credential":"{v}"}',
    'headers = {"X-Auth": "{v}"}',
    'service:\n  key: {v}\n',
    '{ts} DEBUG using {v} for upstream',
    'curl -H "Authorization: Bearer {v}" https://api.harborline.io/v1/me',
    'Review this:\n\nconst client = connect("{v}")\n',
  ],
  blind: [
    'I pasted {v} into the config, is that the right place?',
    'export APP_CREDENTIAL="{v}"',
    '[{"name":"prod","value":"{v}"}]',
    "session.headers['x-token'] = '{v}'",
    'env:\n  - name: CRED\n    value: "{v}"\n',
    'level=debug msg="retry" cred={v}',
    'http GET api.tidegate.app/me "Authorization:Bearer {v}"',
    'please rotate {v}, it leaked in a screenshot',
    'new Client({ auth: "{v}" })',
  ],
}

/** Sentences for values that only their field's name gives away. */
const NAMED: Readonly<Record<Half, readonly string[]>> = {
  development: [
    '{k}={v}',
    '{k}: "{v}"',
    '{"{k}":"{v}","region":"eu"}',
    "const {c} = '{v}'",
    'config.{k} = "{v}"',
    'export {k}={v}',
  ],
  blind: [
    '{k} = "{v}"',
    "{k}: '{v}'",
    '{"host":"db","{k}":"{v}"}',
    '<add key="{k}" value="{v}"/>',
    'set {k} {v}',
    '-e {k}={v} \\',
    'settings["{k}"] = "{v}"',
  ],
}

const SPOKEN: Readonly<Record<Half, readonly string[]>> = {
  development: [
    'my password is {v} and it says wrong',
    'use password {v} to open the archive',
    'The password for the build server is {v}.',
    'the default password ({v}) must be changed',
    'creds: deploy:{v}',
    'login deploy / {v}',
    'password has been changed to {v}',
    'la mia password è {v}',
    'login: admin\npassword: {v}',
    'das Passwort lautet {v}',
    'mot de passe : {v}',
    'la contraseña es {v}',
    'curl -u deploy:{v} https://files.harborline.io/x',
  ],
  blind: [
    'pw: {v}',
    'user root / pass {v}',
    'Kennwort: {v}',
    'le mot de passe est {v}',
    'contraseña: {v}',
    'wachtwoord: {v}',
    'curl --user svc:{v} https://drop.tidegate.app/',
    'temporary password for the new starter is {v}',
  ],
}

const isPassword = ({ name }: SecretMaker): boolean => name.startsWith('password')

function secretCase(rng: Rng, maker: SecretMaker, half: Half): Case {
  const sentences = maker.keys === undefined ? ALONE : isPassword(maker) && rng.chance(0.5) ? SPOKEN : NAMED
  const usable = sentences[half].filter(
    (sentence) => maker.name !== 'private key' || sentence.includes('\n') || sentence.startsWith('my'),
  )
  const sentence = rng.pick(usable.length > 0 ? usable : ['{v}'])
  const filled = fill(rng, sentence, { v: maker.make(rng), k: rng.pick(maker.keys ?? ['']) })
  return { type: 'SECRET', text: filled.text, made: maker.name, gold: { start: filled.start, end: filled.end } }
}

/** What a decoy stands in, so that no text comes twice. */
const AROUND = ['{v}', 'line {n}{n}{n}: {v}', '{ts} {v}', '# {hex}\n{v}\n', '{v}\n// {hex}']

function decoyCases(rng: Rng, half: Half, count: number): Case[] {
  const texts = new Set<string>()
  for (let n = 0; texts.size < count; n++) {
    const v = DECOYS[half][n % DECOYS[half].length]!(rng)
    texts.add(fill(rng, AROUND[Math.floor(n / DECOYS[half].length) % AROUND.length]!, { v }).text)
  }
  return Array.from(texts, (text) => ({ type: 'SECRET', text, made: 'decoy' }))
}

/** As many decoys as secrets. */
export function secretCases(half: Half, each: number): Case[] {
  const rng = createRng(`${half} secrets`)
  const found = SECRETS.flatMap((maker) => Array.from({ length: each }, () => secretCase(rng, maker, half)))
  return [...found, ...decoyCases(rng, half, found.length)]
}

/** Connection strings are found by their password, which is the part that opens; of a web address the scheme may stay. */
function opens(text: string, detection: Detection, { gold }: Case): boolean {
  if (covers(text, detection, gold!)) return true
  const value = text.slice(gold!.start, gold!.end)
  const scheme = /^https?:\/\//.exec(value)?.[0].length ?? 0
  if (scheme > 0) return covers(text, detection, { start: gold!.start + scheme, end: gold!.end })
  const inner = /:\/\/[^:@/\s]*:(?<word>[^@\s]+)@|Password=(?<word2>[^;]+)|AccountKey=(?<word3>[^;]+)/.exec(value)
  const word = inner?.groups?.['word'] ?? inner?.groups?.['word2'] ?? inner?.groups?.['word3']
  if (word === undefined) return false
  const start = gold!.start + value.indexOf(word, inner!.index)
  return covers(text, detection, { start, end: start + word.length })
}

export function scoreSecrets(
  cases: readonly Case[],
  detect: (text: string) => readonly Detection[],
): { figures: Figures; faults: Fault[] } {
  const tally = newTally()
  const faults: Fault[] = []
  for (const one of cases) {
    const openers = detect(one.text).filter(({ type }) => OPENERS.has(type))
    const { gold } = one
    const right = gold !== undefined && openers.some((detection) => opens(one.text, detection, one))
    if (right) tally.right++
    else if (gold !== undefined) {
      tally.missed++
      faults.push({ verdict: 'missed', one, detections: openers })
    }
    const beside = openers.filter((detection) => gold === undefined || !overlaps(detection, gold))
    tally.alarms += beside.length
    if (beside.length > 0) faults.push({ verdict: 'alarm', one, detections: beside })
  }
  return { figures: figuresOf(tally), faults }
}
