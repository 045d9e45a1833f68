import { spawn, spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, posix } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { DRAIN_MS } from '../../cli/running/streams/open-stream.ts'
import { grpcListen } from '../../core/config/listen.ts'
import type { Config } from '../../schemas/config.ts'
import { assertCommand, configOf, documents, environmentOf, read, ROOT } from './files.ts'

interface Service {
  readonly image: string
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly disable?: boolean; readonly test?: readonly string[] }
  readonly restart?: string
  readonly ports?: readonly string[]
  readonly stop_grace_period?: string
  readonly deploy?: { readonly replicas: number }
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, null>>
}

const FOLDER = 'deploy/compose'
const [compose] = documents<Compose>('deploy/compose/compose.yaml') as [Compose]
const services = Object.entries(compose.services)
const ours = services.filter(([, { image }]) => image.startsWith('weir:'))

let secrets: Record<string, string>
beforeAll(() => {
  const made = spawnSync('sh', [join(ROOT, 'deploy/compose/make-env.sh')], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`make-env.sh: ${made.stderr}`)
  secrets = environmentOf(made.stdout)
})

/** The environment of a service, with the secrets put in as compose does. */
function environment(name: string): Record<string, string> {
  const given = Object.entries(compose.services[name]?.environment ?? {})
  const put = (value: string): string =>
    value.replaceAll(/\$\{(\w+):\?[^}]*\}/g, (_, variable: string) => secrets[variable] ?? `no ${variable}`)
  return Object.fromEntries(given.map(([variable, value]) => [variable, put(value)] as const))
}

const config = (name: string): Promise<Config> => configOf(read('deploy/compose/weir.yaml'), environment(name))

describe('the secrets', () => {
  test('are what compose asks for, each of them', () => {
    const asked = [...read('deploy/compose/compose.yaml').matchAll(/\$\{(\w+)/g)].map(([, variable]) => variable)
    const unasked = Object.keys(secrets).filter((name) => !asked.includes(name))
    expect(asked.filter((name) => !Object.hasOwn(secrets, name!))).toEqual([])
    expect(unasked).toEqual(['WEIR_READER_PASSWORD']) // for people and Grafana
  })

  test('fit together, and are other ones each time', () => {
    const sha = (name: string): string => hash('sha256', secrets[name] ?? '', 'hex')
    expect(secrets['WEIR_TOKENS']).toBe(`default ${sha('WEIR_TOKEN')}`)
    for (const user of ['MIGRATOR', 'WRITER', 'READER'])
      expect(secrets[`WEIR_${user}_SHA256`]).toBe(sha(`WEIR_${user}_PASSWORD`))
    const random = Object.entries(secrets).filter(([name]) => !name.endsWith('_SHA256') && name !== 'WEIR_TOKENS')
    expect(new Set(random.map(([, value]) => value)).size).toBe(random.length)
  })

  test('are not committed by accident', () => {
    expect(read('deploy/compose/.gitignore')).toContain('.env')
    expect(read('deploy/Dockerfile.dockerignore')).toContain('**/.env')
  })
})

describe('the services', () => {
  test('are Kafka, ClickHouse, a Collector and all stages of Weir', () => {
    const stages = ours.flatMap(([, { command = [] }]) => (command[1] === '--stage' ? command[2]!.split(',') : []))
    expect(stages.toSorted()).toEqual(['collect', 'detect', 'respond', 'watch'])
    expect(compose.services['detect']?.deploy?.replicas).toBe(2)
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(['kafka', 'clickhouse', 'otelcol']))
  })

  test.each(ours)('%s runs a command that there is, with a configuration that is accepted', async (name, service) => {
    await assertCommand(service.command ?? [])
    const { stream, store } = await config(name)
    expect(stream).toMatchObject({ kind: 'kafka', brokers: 'kafka:9092', replicationFactor: 1 })
    expect(store).toMatchObject({ kind: 'server', url: 'http://clickhouse:8123' })
  })

  test('only who writes to the store has its password', async () => {
    const stores = await Promise.all(ours.map(async ([name]) => [name, (await config(name)).store] as const))
    const withPassword = stores.filter(([, { password }]) => password !== '').map(([name, { user }]) => [name, user])
    expect(withPassword).toEqual([
      ['migrate', 'weir_migrator'],
      ['detect', 'weir_writer'],
    ])
  })

  test('wait for services that there are, in a way these can fulfil', () => {
    const wrong = services.flatMap(([name, { depends_on = {} }]) =>
      Object.entries(depends_on).flatMap(([other, { condition }]) => {
        const target = compose.services[other]
        const healthy = target?.healthcheck?.test !== undefined
        const ends = target?.restart === 'no'
        const fits = condition === 'service_healthy' ? healthy : condition === 'service_completed_successfully' && ends
        return fits ? [] : [`${name} waits for ${other} (${condition})`]
      }),
    )
    expect(wrong).toEqual([])
  })

  test('ask for health where telemetry listens', async () => {
    const { telemetry } = await config('detect')
    const [, port = ''] = telemetry.listen.split(':')
    const checks = ours.flatMap(([, { healthcheck }]) => (healthcheck?.disable ? [] : [healthcheck?.test ?? []]))
    const [[kind, program, flag, script = ''] = []] = checks
    expect(checks).toEqual(checks.map(() => ['CMD', 'node', '-e', script]))
    expect([kind, program, flag]).toEqual(['CMD', 'node', '-e'])
    for (const [status, code] of [
      [200, 0],
      [503, 1],
    ]) {
      const asked: string[] = []
      const server = createServer(({ url }, response) => {
        asked.push(url ?? '')
        response.writeHead(status!).end()
      })
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const here = script.replace(`:${port}/`, `:${(server.address() as AddressInfo).port}/`)
      const child = spawn(process.execPath, ['-e', here], { stdio: 'ignore' })
      expect(await once(child, 'exit')).toEqual([code, null])
      expect(asked).toEqual(['/readyz'])
      server.close()
    }
  })

  test('mount files and volumes that there are', () => {
    const mounts = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0]!))
    const missing = mounts.filter((from) =>
      from.startsWith('.') ? !existsSync(join(ROOT, FOLDER, from)) : !Object.hasOwn(compose.volumes, from),
    )
    expect(missing).toEqual([])
  })

  test('are reached from this machine only', () => {
    const published = services.flatMap(([, { ports = [] }]) => ports)
    expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
    expect(ours.flatMap(([, { ports = [] }]) => ports)).toEqual([])
  })

  test('have longer to stop than a stage takes to finish what it has in hand', () => {
    for (const [, { stop_grace_period }] of ours)
      expect(Number.parseInt(stop_grace_period ?? '0', 10) * 1000).toBeGreaterThanOrEqual(2 * DRAIN_MS)
  })

  test('reach each other under their names', () => {
    const hosts = services
      .flatMap(([name]) => Object.entries(environment(name)))
      .flatMap(([variable, value]) => (/ENDPOINT|URL|BROKERS|ADVERTISED/.test(variable) ? [value] : []))
      .map((value) => /(?:\/\/)?([\w-]+):\d+$/.exec(value)?.[1])
    expect(hosts.filter((host) => !Object.hasOwn(compose.services, host ?? ''))).toEqual([])
  })
})

describe('the image', () => {
  const lines = read('deploy/Dockerfile')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line))
  const manifest = JSON.parse(read('package.json')) as { bin: { weir: string }; engines: { node: string } }

  test('starts what the package starts, not as root, where the configuration says its data is', async () => {
    expect(lines.at(-1)).toBe(`ENTRYPOINT ["node", "${manifest.bin.weir}"]`)
    const user = lines.findLast((line) => line.startsWith('USER '))
    expect(user).toBe('USER 1000:1000')
    expect(lines.find((line) => line.includes('install -d'))).toContain((await config('detect')).dataDirectory)
  })

  test('is built from files that there are, on a Node that is new enough', () => {
    const copied = lines.filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    const sources = copied.flatMap((line) => line.split(' ').slice(1, -1))
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([])
    for (const line of lines.filter((one) => one.startsWith('FROM ')))
      expect(Number(/^FROM node:(\d+)-slim/.exec(line)?.[1])).toBeGreaterThanOrEqual(
        Number(/\d+/.exec(manifest.engines.node)?.[0]),
      )
    for (const line of lines.filter((one) => /npm (ci|pack)/.test(one))) expect(line).toContain('--ignore-scripts')
  })

  test('opens the ports that the configuration listens on, and is what compose builds', async () => {
    const { collectors, telemetry } = await config('collect')
    const listens = [collectors.otlp.listen, grpcListen(collectors.otlp), telemetry.listen]
    const ports = listens.map((listen) => listen?.split(':')[1])
    expect(lines).toContain(`EXPOSE ${ports.join(' ')}`)
    for (const [, { build }] of ours) {
      expect(posix.normalize(posix.join(FOLDER, build!.context))).toBe('.')
      expect(build!.dockerfile).toBe('deploy/Dockerfile')
    }
  })
})
