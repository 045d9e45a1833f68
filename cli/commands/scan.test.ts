import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { weir } from '../weir.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-scan-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(
  argv: readonly string[],
  input: string | Readable = '',
  signal: AbortSignal = new AbortController().signal,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const texts = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof texts): PassThrough =>
    new PassThrough().on('data', (chunk) => (texts[name] += String(chunk)))
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') }
  const stdin = typeof input === 'string' ? inPieces(input) : input
  const surroundings = { stdin, ...streams, env: {}, signal }
  const code = await weir(argv, surroundings)
  await new Promise((resolve) => setImmediate(resolve))
  return { code, ...texts }
}

/** Cut in the middle of characters and lines alike. */
function inPieces(input: string): Readable {
  const bytes = Buffer.from(input)
  return Readable.from(
    Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) => bytes.subarray(at * 7, at * 7 + 7)),
  )
}

const rows = (stdout: string): unknown[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))

describe('weir scan', () => {
  it('says what stands where, line by line, in code points, and never the value', async () => {
    const text = '😀 ann@example.com\r\n\nplain \u2028 text\n4111 1111 1111 1111'
    const { code, stdout, stderr } = await run(['scan', '-'], text)
    expect(rows(stdout)).toEqual([
      { line: 1, findings: [{ type: 'EMAIL_ADDRESS', start: 2, end: 17, confidence: 0.95 }], unscanned: [] },
      { line: 2, findings: [], unscanned: [] },
      { line: 3, findings: [], unscanned: [] },
      { line: 4, findings: [{ type: 'CREDIT_CARD', start: 0, end: 19, confidence: 0.94 }], unscanned: [] },
    ])
    expect(stdout + stderr).not.toMatch(/ann@|4111/)
    expect(stderr).toBe('2 findings in 4 lines\n')
    expect(code).toBe(1)
  })

  it('ends with 0 when nothing was found', async () => {
    expect(await run(['scan', '-'], 'nothing\n')).toMatchObject({ code: 0 })
    expect(await run(['scan', '-'])).toMatchObject({ code: 0, stdout: '' })
  })

  it('prints the lines masked, equal values alike', async () => {
    const { stdout } = await run(['scan', '--masked', '-'], 'a@x.org or A@x.org\nb@x.org\nno one\n')
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(/^(\[EMAIL_ADDRESS:[0-9a-f]{8}\]) or \1$/)
    expect(lines[1]).not.toBe(lines[0]!.split(' ')[0])
    expect(lines.slice(2)).toEqual(['no one', ''])
  })

  it('reads a field of JSON objects, and says which lines it could not look at', async () => {
    const records = ['{"m":{"t":"to a@x.org"},"n":1}', '{"m":1}', 'not JSON', '{"m":{"t":{"deep":"a@x.org"}}}', '']
    const { code, stdout, stderr } = await run(['scan', '-', '--field', 'm.t'], records.join('\n') + '\n')
    expect(rows(stdout)).toEqual([
      { line: 1, findings: [{ type: 'EMAIL_ADDRESS', start: 3, end: 10, confidence: 0.95 }], unscanned: [] },
      { line: 2, findings: [], unscanned: [{ start: 0, end: 0, reason: 'the line has no field m.t' }] },
      { line: 3, findings: [], unscanned: [{ start: 0, end: 0, reason: 'the line is not JSON' }] },
      { line: 4, findings: [{ type: 'EMAIL_ADDRESS', start: 9, end: 16, confidence: 0.95 }], unscanned: [] },
      { line: 5, findings: [], unscanned: [{ start: 0, end: 0, reason: 'the line is not JSON' }] },
    ])
    expect(stderr).toBe('2 findings in 5 lines; 3 lines not wholly scanned\n')
    expect(code).toBe(1)
    const masked = await run(['scan', '-', '--field', 'm.t', '--masked'], records[0]!)
    expect(JSON.parse(masked.stdout)).toEqual({
      m: { t: expect.stringMatching(/^to \[EMAIL_ADDRESS:/) as string },
      n: 1,
    })
  })

  it('names the file when there are several', async () => {
    const files = ['a', 'b'].map((name) => join(folder, name))
    for (const file of files) writeFileSync(file, 'x@y.org\n')
    const { stdout } = await run(['scan', ...files])
    expect(rows(stdout)).toMatchObject(files.map((file) => ({ file, line: 1 })))
  })

  it('finds the same in the same order, however many look at it', async () => {
    const line = (n: number): string => {
      const said = `line ${n} is about nothing in particular, only here to be looked at. `.repeat(1 + (n % 40))
      return n % 7 === 0 ? `${said}write to user${n}@example.com\r` : said
    }
    const file = join(folder, 'long')
    writeFileSync(file, Array.from({ length: 2_000 }, (_, n) => line(n)).join('\n'))
    const scans = await Promise.all(
      ['1', '3'].map((jobs) => run(['scan', file, join(folder, 'absent'), '--jobs', jobs])),
    )
    expect(scans[0]).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^286 findings in 2000 lines\n/) as string,
    })
    expect(scans[1]).toEqual(scans[0])
    expect(rows(scans[1]!.stdout)).toHaveLength(2_000)
  })

  it.each<[string, (text: string) => Buffer]>([
    ['gzip', (text) => gzipSync(text)],
    ['UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, the high byte first', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['UTF-16 in gzip', (text) => gzipSync(Buffer.from(`\uFEFF${text}`, 'utf16le'))],
    ['UTF-8 with a mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ])('reads %s', async (_, packed) => {
    const bytes = packed('😀 ann@example.com, \uFFFD\r\nno one')
    const expected = {
      code: 1,
      stdout:
        '{"line":1,"findings":[{"type":"EMAIL_ADDRESS","start":2,"end":17,"confidence":0.95}],"unscanned":[]}\n' +
        '{"line":2,"findings":[],"unscanned":[]}\n',
      stderr: '1 finding in 2 lines\n',
    }
    const inFile = join(folder, 'packed')
    writeFileSync(inFile, bytes)
    expect(await run(['scan', inFile])).toEqual(expected)
    const bytewise = Readable.from(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))
    expect(await run(['scan', '-'], bytewise)).toEqual(expected)
    expect((await run(['explain', inFile])).stdout).toContain('ann@example.com')
  })

  it('calls no line looked at that is no text', async () => {
    const latin = Buffer.from('all is well\nMüller, ann@example.com\nall is well\n', 'latin1')
    const { code, stdout, stderr } = await run(['scan', '-'], Readable.from([latin]))
    const why = { start: 0, end: 23, reason: 'bytes that are not UTF-8: convert the file first' }
    expect(rows(stdout)).toMatchObject([
      { findings: [], unscanned: [] },
      { findings: [{ type: 'EMAIL_ADDRESS' }], unscanned: [why] },
      { findings: [], unscanned: [] },
    ])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '1 finding in 3 lines; 1 line not wholly scanned\n' })
    const masked = await run(['scan', '-', '--masked'], Readable.from([latin]))
    expect(masked.stdout).toBe(`all is well\n[withheld: ${why.reason}]\nall is well\n`)
    const explained = await run(['explain', '-'], Readable.from([latin]))
    expect(explained.stdout).toContain(`Not wholly scanned: ${why.reason}`)
    expect(explained.stdout).toContain(`Masked\n[withheld: ${why.reason}]`)
    for (const bytes of [Buffer.from('a\0b\n'), deflateSync('ann@example.com'.repeat(9)), Buffer.from('a', 'utf16le')])
      expect(await run(['scan', '-'], Readable.from([bytes]))).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('not wholly scanned') as string,
      })
  })

  it('says that gzip ends early, and what was found before', async () => {
    const packed = gzipSync(Array.from({ length: 20_000 }, (_, n) => `${n} ann@example.com`).join('\n'))
    const { code, stderr } = await run(['scan', '-'], Readable.from([packed.subarray(0, packed.length / 2)]))
    expect(stderr).toMatch(
      /^\d{4,5} findings in \d{4,5} lines\n.*the gzip data is damaged or ends early.*\[WEIR_DECODE\]\n$/,
    )
    expect(code).toBe(1)
    const explained = await run(['explain', '-'], Readable.from([packed.subarray(0, packed.length / 2)]))
    expect(explained).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('[WEIR_DECODE]') as string })
  })

  it.each(['0', '1.5', 'many', '65'])('refuses --jobs %s', async (jobs) => {
    expect(await run(['scan', '-', '--jobs', jobs])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('1 to 64') as string,
    })
  })

  it('says what is wrong with a file', async () => {
    const { code, stderr } = await run(['scan', join(folder, 'absent')])
    expect(code).toBe(2)
    expect(stderr).toContain('cannot be read (ENOENT)')
    expect(await run(['scan', folder])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is a directory; name the files') as string,
    })
  })

  it('says what it found before a file that cannot be read', async () => {
    const first = join(folder, 'first')
    writeFileSync(first, 'x@y.org\n')
    const { code, stdout, stderr } = await run(['scan', first, join(folder, 'absent')])
    expect(code).toBe(2)
    expect(rows(stdout)).toMatchObject([{ file: first, line: 1 }])
    expect(stderr).toMatch(/^1 finding in 1 line\n.*cannot be read \(ENOENT\)/)
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['EPIPE', 1],
  ])('that ends by %s before the end of its input is no pass', async (reason, expected) => {
    const stop = new AbortController()
    async function* lines(): AsyncGenerator<Buffer> {
      yield Buffer.from('nothing\n')
      stop.abort(reason)
      yield Buffer.from('to find\n')
    }
    const { code, stderr } = await run(['scan', '-'], Readable.from(lines()), stop.signal)
    expect(code).toBe(expected)
    expect(stderr).toContain('stopped before the end')
  })

  it('goes by rules and allowed values', async () => {
    const config = join(folder, 'weir.yaml')
    writeFileSync(
      config,
      `detectors: { allow: ['Support@Example.com'] }
policy:
  rules:
    - when: { type: [CREDIT_CARD], key: ['test.*'] }
      then: { ignore: true }
    - when: { type: [CREDIT_CARD] }
      then: { mask: partial }
`,
    )
    const text = '{"test":{"card":"4111111111111111"},"card":"5555555555554444","to":"support@example.com"}'
    const { stdout } = await run(['scan', '-', '--masked', '--config', config], text)
    expect(stdout).toBe(
      '{"test":{"card":"4111111111111111"},"card":"[CREDIT_CARD:****4444]","to":"support@example.com"}\n',
    )
  })
})

describe('weir explain', () => {
  const text = 'Write to ann%40example.com <b>now</b>'

  it('shows what was found, how it was read, and the text masked', async () => {
    const { code, stdout } = await run(['explain', '-'], text)
    expect(code).toBe(0)
    expect(stdout).toMatch(/EMAIL_ADDRESS +ann%40example\.com +9-26 +0\.95 +pii/)
    expect(stdout).toContain('Read as\nWrite to ann@example.com')
    expect(stdout).toMatch(/Masked\nWrite to \[EMAIL_ADDRESS:[0-9a-f]{8}\] <b>now<\/b>\n$/)
  })

  it('as JSON and as a page in which nothing of the text runs', async () => {
    const { stdout: json } = await run(['explain', '-', '--json'], text)
    expect(JSON.parse(json)).toMatchObject({
      findings: [{ type: 'EMAIL_ADDRESS', start: 9, end: 26, counts: true, outcome: 'token' }],
      unscanned: [],
    })
    const { stdout: html } = await run(['explain', '-', '--html'], text)
    expect(html).toContain('>ann%40example.com</mark> &lt;b&gt;now&lt;/b&gt;')
    expect(html).not.toMatch(/<b>now|<script/)
    expect(await run(['explain', '-', '--html', '--json'], text)).toMatchObject({ code: 2 })
  })
})
