import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { ERROR_CODES, WeirError } from '../core/errors.ts'
import { JSON_OPTION, type Command } from './terminal/command.ts'
import { COMMANDS, type CommandEntry } from './commands/index.ts'
import { EXIT_CODES } from './help.ts'
import { version } from './running/version.ts'
import { weir } from './weir.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

async function run(
  argv: readonly string[],
  more: { commands?: readonly CommandEntry[]; env?: NodeJS.ProcessEnv; signal?: AbortSignal; stdin?: Readable } = {},
): Promise<Outcome> {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const texts = { stdout: '', stderr: '' }
  stdout.on('data', (chunk) => (texts.stdout += String(chunk)))
  stderr.on('data', (chunk) => (texts.stderr += String(chunk)))
  const { commands = COMMANDS, env = {}, signal = new AbortController().signal, stdin = Readable.from([]) } = more
  const code = await weir(argv, { stdin, stdout, stderr, env, signal }, commands)
  await new Promise((resolve) => setImmediate(resolve))
  return { code, ...texts }
}

const entry = (run: Command['run']): CommandEntry => ({
  name: 'sample',
  summary: 'do something',
  load: () =>
    Promise.resolve({
      command: {
        examples: ['weir sample input.txt'],
        options: {
          depth: { type: 'string', short: 'd', value: 'number', description: 'how deep' },
          json: JSON_OPTION,
        },
        positionals: [{ name: 'file', description: 'file to read', required: true }],
        run,
      },
    }),
})
const seen: { args: readonly string[]; options: object }[] = []
const commands = [
  entry((context) => {
    seen.push({ args: context.args, options: context.options })
    return Promise.resolve(0)
  }),
]

describe('the command line', () => {
  test('without a command: the help on stderr, code 2', async () => {
    const { code, stdout, stderr } = await run([])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Examples')
  })

  test('--help starts with examples, names every command and every exit code', async () => {
    const { code, stdout, stderr } = await run(['--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.indexOf('Examples')).toBeLessThan(stdout.indexOf('Usage'))
    for (const { name, summary } of COMMANDS) expect(stdout).toMatch(new RegExp(`  ${name} +${summary}`))
    for (const exit of Object.keys(EXIT_CODES)) expect(stdout).toMatch(new RegExp(`  ${exit} +`))
  })

  test('help is a word too', async () => {
    expect(await run(['help'])).toEqual(await run(['--help']))
    expect(await run(['help', 'check'])).toEqual(await run(['check', '--help']))
  })

  test('every exit code that an error can end with is explained', () => {
    for (const { exit } of Object.values(ERROR_CODES)) expect(EXIT_CODES[exit]).toBeTypeOf('string')
  })

  test.each(COMMANDS.map(({ name }) => name))('weir %s --help is generated from its declaration', async (name) => {
    const { code, stdout } = await run([name, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain(`weir ${name}: `)
    expect(stdout.indexOf('Examples')).toBeLessThan(stdout.indexOf('Options'))
  })

  test('--version prints the version of the package', async () => {
    expect(version()).toMatch(/^\d+\.\d+\.\d+/)
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version()}\n`, stderr: '' })
    expect((await run(['check', '--version'])).stdout).toBe(`${version()}\n`)
  })

  test('--help of a command asks for no argument', async () => {
    expect((await run(['sample', '--help'], { commands })).code).toBe(0)
    expect((await run(['sample', '-h'], { commands })).stdout).toContain('-d, --depth <number>')
  })

  test('options and arguments reach the command', async () => {
    await run(['sample', '-d', '3', 'in.txt', '--json'], { commands })
    await run(['sample', '--depth=-3', '--', '--json'], { commands })
    expect(seen.splice(0)).toEqual([
      { args: ['in.txt'], options: { depth: '3', json: true } },
      { args: ['--json'], options: { depth: '-3' } },
    ])
  })

  test.each([
    [['chek'], 'Did you mean check?'],
    [['zzzzzz'], 'unknown command "zzzzzz". See `weir --help`.'],
    [['check', '--confg', 'x'], 'unknown option --confg. Did you mean --config?'],
    [['check', '--prnit'], 'Did you mean --print?'],
    [['check', '--constructor'], 'unknown option --constructor.'],
    [['check', '--__proto__'], 'unknown option --__proto__.'],
    [['check', '-x'], 'unknown option -x.'],
    [['check', '--json=yes'], '--json takes no value.'],
    [['check', '--config'], '--config needs a value: --config <file>.'],
    [['check', '--config', '--json'], '--config needs a value'],
    [['check', '--config='], '--config needs a value'],
    [['check', '-c', ''], '-c needs a value'],
    [['help', 'chek'], 'Did you mean check?'],
    [['check', 'a.yaml'], 'one argument too many: a.yaml.'],
    [['decode'], '<file> is missing'],
    [['--wat'], 'unknown option --wat'],
    [['--color', 'never'], 'no command was given'],
    [['check', '--color', 'pink'], '--color is auto, always or never'],
  ])('%j is refused with code 2 and says what to do', async (argv, message) => {
    const { code, stdout, stderr } = await run(argv)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).toContain('[WEIR_USAGE]')
  })
})

describe('how a command ends', () => {
  test.each(Object.entries(ERROR_CODES).filter(([code]) => code !== 'WEIR_BUG'))('%s', async (code, { exit }) => {
    const failing = [entry(() => Promise.reject(new WeirError(code as keyof typeof ERROR_CODES, 'say what to do')))]
    const outcome = await run(['sample', 'x'], { commands: failing })
    expect(outcome).toEqual({ code: exit, stdout: '', stderr: `weir: say what to do [${code}]\n` })
  })

  test('an error that Weir did not write is a bug, and its text stays out of sight', async () => {
    const failing = [entry(() => Promise.reject(new TypeError('card 4111 1111 1111 1111')))]
    const outcome = await run(['sample', 'x'], { commands: failing })
    expect(outcome.code).toBe(70)
    expect(outcome.stderr).toMatch(/^weir: a bug in Weir, not in what you did. TypeError: .*WEIR_DEBUG=1.*\n +at /)
    expect(outcome.stderr).not.toContain('4111')
    const shown = await run(['sample', 'x'], { commands: failing, env: { WEIR_DEBUG: '1' } })
    expect(shown.stderr).toContain('4111')
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['EPIPE', 0],
  ])('after %s the code is %i unless the command says otherwise', async (reason, expected) => {
    const stop = new AbortController()
    const waiting = [
      entry(
        ({ signal }) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
      ),
    ]
    const running = run(['sample', 'x'], { commands: waiting, signal: stop.signal })
    setImmediate(() => stop.abort(reason))
    expect((await running).code).toBe(expected)
  })

  test('a stop that comes before the command begins is a stop, with nothing said', async () => {
    const begun: string[] = []
    const beginning = [entry(() => Promise.resolve(begun.push('begun')))]
    const outcome = await run(['sample', 'x'], { commands: beginning, signal: AbortSignal.abort('SIGTERM') })
    expect({ ...outcome, begun }).toEqual({ code: 143, stdout: '', stderr: '', begun: [] })
  })

  test.each([
    [{}, [], false],
    [{}, ['--color', 'always'], true],
    [{ NO_COLOR: '1' }, ['--color=always'], true],
    [{ NO_COLOR: '1' }, [], false],
    [{ TERM: 'dumb' }, [], false],
  ])('colour with %j and %j', async (env, argv, expected) => {
    let color: boolean | undefined
    const showing = [
      entry((context) => {
        color = context.color.stdout
        return Promise.resolve(0)
      }),
    ]
    await run(['sample', 'x', ...argv], { commands: showing, env })
    expect(color).toBe(expected)
  })

  test('the configuration is read once, from --config', async () => {
    const file = join(folder, 'weir.yaml')
    writeFileSync(file, 'log:\n  level: warn\n')
    const levels: string[] = []
    const reading: CommandEntry = {
      name: 'sample',
      summary: 'read',
      load: async () => ({
        command: {
          examples: [],
          options: { config: { type: 'string', description: 'file' } },
          positionals: [],
          async run(context) {
            levels.push((await context.config()).log.level)
            rmSync(file)
            levels.push((await context.config()).log.level)
            return 0
          },
        },
      }),
    }
    expect((await run(['sample', '--config', file], { commands: [reading] })).code).toBe(0)
    expect(levels).toEqual(['warn', 'warn'])
  })
})

describe('weir check', () => {
  const write = (name: string, text: string): string => {
    const file = join(folder, name)
    writeFileSync(file, text)
    return file
  }

  test('a valid file: nothing on stdout, code 0', async () => {
    const file = write('good.yaml', 'store:\n  retentionDays: 7\n')
    expect(await run(['check', '-c', file])).toEqual({ code: 0, stdout: '', stderr: `${file} is valid\n` })
  })

  test('--print shows what is in force, without secrets', async () => {
    const file = write(
      'secret.yaml',
      'store:\n  kind: server\n  url: https://x.test\n  user: w\n  password: hunter2\n  reader: r\n  readerPassword: hunter3\nsealing:\n  masterKeys:\n    a: "' +
        Buffer.alloc(32, 7).toString('base64') +
        '"\n',
    )
    const { code, stdout, stderr } = await run(['check', '-c', file, '--print'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: `${file} is valid\n` })
    expect(stdout).toContain('retentionDays: 30')
    expect(stdout + stderr).not.toContain('hunter')
    expect(stdout).not.toContain('BwcHBwcH')
  })

  test('what is wrong is named with line, column and the nearest key; code 78', async () => {
    const file = write('bad.yaml', 'store:\n  retentonDays: 7\n')
    const { code, stdout, stderr } = await run(['check', '-c', file])
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
    expect(stderr).toContain(`${file}:2:3: store.retentonDays`)
    expect(stderr).toContain('did you mean "retentionDays"?')
  })

  test('tokens that `weir up` would refuse are not valid, and are not quoted', async () => {
    const inline = write('inline.yaml', 'collectors:\n  otlp:\n    tokens:\n      inline: "acme zzz"\n')
    const refused = await run(['check', '-c', inline])
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 78, stdout: '' })
    expect(refused.stderr).toContain('collectors.otlp.tokens.inline: line 1')
    expect(refused.stderr).not.toContain('zzz')
    expect(JSON.parse((await run(['check', '--json', '-c', inline])).stdout)).toMatchObject({ valid: false })
    const file = write('file.yaml', 'collectors:\n  otlp:\n    tokens:\n      file: nowhere\n')
    expect((await run(['check', '-c', file])).stderr).toContain('WEIR_CONFIG_UNREADABLE')
    write('nowhere', `acme ${'0a'.repeat(32)}\n`)
    expect((await run(['check', '-c', file])).code).toBe(0)
  })

  test('topics of a Collector are warned of, because they hold plaintext', async () => {
    const file = write(
      'collector.yaml',
      'collectors: {otlpKafka: {enabled: true, brokers: "k:9092", logsTopic: logs}}\n',
    )
    const { code, stderr } = await run(['check', '-c', file])
    expect(code).toBe(0)
    expect(stderr).toContain("warning: otlp_spans, logs: a Collector's topics hold what apps sent, unmasked")
    expect(stderr).toContain('queue on disk')
    const { warnings } = JSON.parse((await run(['check', '--json', '-c', file])).stdout) as { warnings: string[] }
    expect(warnings).toHaveLength(1)
    const off = write('off.yaml', '')
    expect(JSON.parse((await run(['check', '--json', '-c', off])).stdout)).toMatchObject({ warnings: [] })
    expect((await run(['check', '--topics', '-c', off])).code).toBe(2)
  })

  test('--json says the same as one object', async () => {
    const bad = await run(['check', '--json', '-c', write('bad.yaml', 'storre: {}\n')])
    expect(bad.code).toBe(78)
    expect(JSON.parse(bad.stdout)).toMatchObject({ valid: false, problems: [{ path: ['storre'], line: 1, column: 1 }] })
    const missing = await run(['check', '--json', '-c', join(folder, 'no.yaml')])
    expect(JSON.parse(missing.stdout)).toMatchObject({ valid: false, problems: [{ code: 'WEIR_CONFIG_UNREADABLE' }] })
    const good = await run(['check', '--json', '--print', '-c', write('good.yaml', '')])
    expect(JSON.parse(good.stdout)).toMatchObject({ valid: true, config: { store: { kind: 'embedded' } } })
  })
})
