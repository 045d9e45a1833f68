import { describe, expect, test } from 'vitest'
import { DRAIN_MS } from '../../cli/running/streams/open-stream.ts'
import { STAGES } from '../../cli/running/pipeline.ts'
import { grpcListen } from '../../core/config/listen.ts'
import { groupIdOf } from '../../core/streams/kafka/reading/offsets.ts'
import { TOPICS } from '../../core/seam.ts'
import { assertCommand, configOf, documents, read } from './files.ts'

const FILES = [
  'deploy/kubernetes/00-namespace.yaml',
  'deploy/kubernetes/10-config.yaml',
  'deploy/kubernetes/20-migrate.yaml',
  'deploy/kubernetes/30-detect.yaml',
  'deploy/kubernetes/30-respond.yaml',
  'deploy/kubernetes/30-watch.yaml',
  'deploy/kubernetes/40-collect.yaml',
  'deploy/kubernetes/keda/detect.yaml',
]

type Labels = Readonly<Record<string, string>>
interface Port {
  readonly name: string
  readonly containerPort: number
}
interface Variable {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } }
}
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string }
}
interface Container {
  readonly name: string
  readonly image: string
  readonly args: readonly string[]
  readonly env: readonly Variable[]
  readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[]
  readonly ports?: readonly Port[]
  readonly readinessProbe?: Probe
  readonly livenessProbe?: Probe
  readonly resources: { readonly requests: Labels; readonly limits: Labels }
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[]
  readonly securityContext: Readonly<Record<string, unknown>>
}
interface Pod {
  readonly initContainers?: readonly Container[]
  readonly containers: readonly Container[]
  readonly volumes: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[]
  readonly securityContext: Readonly<Record<string, unknown>>
  readonly automountServiceAccountToken: boolean
  readonly terminationGracePeriodSeconds?: number
}
interface Selector {
  readonly matchLabels: Labels
}
interface Item {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly data?: Labels
  readonly spec?: {
    readonly replicas?: number
    readonly selector?: Selector | Labels
    readonly podSelector?: Selector
    readonly template?: {
      readonly metadata: { readonly labels: Labels; readonly annotations?: Labels }
      readonly spec: Pod
    }
    readonly ports?: readonly { readonly name: string; readonly port: number; readonly targetPort: string }[]
    readonly ingress?: readonly { readonly ports: readonly { readonly port: string }[] }[]
    readonly scaleTargetRef?: { readonly name: string }
    readonly maxReplicaCount?: number
    readonly triggers?: readonly { readonly type: string; readonly metadata: Labels }[]
  }
}

const items = FILES.flatMap((file) => documents<Item>(file))
const kind = (name: string): Item[] => items.filter((item) => item.kind === name)
const named = (of: string, name: string): Item | undefined => kind(of).find(({ metadata }) => metadata.name === name)
const deployments = kind('Deployment')
const workloads = [...deployments, ...kind('Job')]
const podOf = (item: Item): Pod => item.spec!.template!.spec
const containersOf = (item: Item): Container[] => [...(podOf(item).initContainers ?? []), ...podOf(item).containers]
const all = workloads.flatMap((item) => containersOf(item).map((container) => ({ item, container })))
const nameOf = ({ kind: of, metadata }: Item): string => `${of} ${metadata.name}`

const [secret] = documents<Item & { stringData: Labels }>('deploy/kubernetes/secret.example')
const weirYaml = named('ConfigMap', 'weir')?.data?.['weir.yaml'] ?? ''

/** What a container finds in its environment, with something in place of each secret. */
function environmentOf({ env, envFrom }: Container): Record<string, string> {
  const fake: Labels = {
    'master-key': Buffer.alloc(32, 7).toString('base64'),
    tokens: `default ${'ab'.repeat(32)}`,
    'migrator-password': 'm',
    'writer-password': 'w',
  }
  const maps = envFrom.map(({ configMapRef }) => named('ConfigMap', configMapRef.name)?.data ?? {})
  const own = env.map(({ name, value, valueFrom }) => [name, value ?? fake[valueFrom!.secretKeyRef.key] ?? ''] as const)
  return { ...Object.assign({}, ...maps), ...Object.fromEntries(own) }
}

const matches = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value)

describe('manifests', () => {
  test('stand in one namespace, each name once', () => {
    const outside = items.filter(({ kind: of, metadata }) => of !== 'Namespace' && metadata.namespace !== 'weir')
    expect(outside.map(nameOf)).toEqual([])
    expect(new Set(items.map(nameOf)).size).toBe(items.length)
    expect(named('Namespace', 'weir')).toBeDefined()
  })

  test('hold the same weir.yaml as compose', () => expect(weirYaml).toBe(read('deploy/compose/weir.yaml')))

  test.each(all.map(({ item, container }) => [`${nameOf(item)} ${container.name}`, container] as const))(
    '%s runs a command that there is, with a configuration that is accepted',
    async (_, container) => {
      await assertCommand(container.args)
      const config = await configOf(weirYaml, environmentOf(container))
      expect(config.stream.kind).toBe('kafka')
      const mounts = container.volumeMounts.map(({ mountPath }) => mountPath)
      expect(mounts).toContain(config.dataDirectory)
      expect(mounts.some((mount) => container.args.at(-1)?.startsWith(`${mount}/`))).toBe(true)
    },
  )

  test('run every stage, and migrate once', () => {
    const stages = deployments.flatMap((item) => containersOf(item).map(({ args }) => args[2]))
    expect(new Set(stages)).toEqual(new Set(STAGES))
    expect(stages).toHaveLength(STAGES.length)
    expect(kind('Job').flatMap((item) => containersOf(item).map(({ args }) => args.slice(0, 2)))).toEqual([
      ['run', '--create-topics'],
      ['migrate', '--config'],
    ])
  })

  test('name secrets, configuration and volumes that there are', () => {
    for (const { item, container } of all) {
      const at = nameOf(item)
      for (const { valueFrom } of container.env) {
        if (valueFrom === undefined) continue
        expect([at, valueFrom.secretKeyRef.name]).toEqual([at, secret!.metadata.name])
        expect(Object.keys(secret!.stringData)).toContain(valueFrom.secretKeyRef.key)
      }
      for (const { configMapRef } of container.envFrom) expect(named('ConfigMap', configMapRef.name)).toBeDefined()
      const volumes = podOf(item).volumes
      expect(container.volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name))
      for (const { configMap } of volumes) if (configMap) expect(named('ConfigMap', configMap.name)).toBeDefined()
    }
  })

  test('have no secret in them', () => {
    expect(kind('Secret')).toEqual([])
    expect(new Set(Object.values(secret!.stringData))).toEqual(new Set(['']))
  })

  test('use the image of this version', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string }
    expect(new Set(all.map(({ container }) => container.image))).toEqual(new Set([`weir:${version}`]))
  })
})

describe('pods', () => {
  test('are the ones that selectors mean', () => {
    const labels = deployments.map((item) => item.spec!.template!.metadata.labels)
    for (const item of deployments) {
      const { matchLabels } = item.spec!.selector as Selector
      expect(labels.filter((one) => matches(one, matchLabels))).toEqual([item.spec!.template!.metadata.labels])
      const budgets = kind('PodDisruptionBudget').filter(({ spec }) =>
        matches(item.spec!.template!.metadata.labels, (spec!.selector as Selector).matchLabels),
      )
      expect(budgets).toHaveLength(1)
    }
    for (const { spec } of kind('Service'))
      expect(labels.filter((one) => matches(one, spec!.selector as Labels))).toHaveLength(1)
    for (const { spec } of kind('NetworkPolicy'))
      expect(labels.filter((one) => matches(one, spec!.podSelector!.matchLabels))).toHaveLength(1)
  })

  test('are asked for health where telemetry listens, and for OTLP where it is received', async () => {
    for (const item of deployments) {
      const [container] = containersOf(item) as [Container]
      const { telemetry, collectors } = await configOf(weirYaml, environmentOf(container))
      const ports = new Map(container.ports!.map(({ name, containerPort }) => [name, String(containerPort)]))
      expect(ports.get('telemetry')).toBe(telemetry.listen.split(':')[1])
      expect(item.spec!.template!.metadata.annotations?.['prometheus.io/port']).toBe(ports.get('telemetry'))
      if (item.metadata.name === 'weir-collect') {
        expect(ports.get('otlp')).toBe(collectors.otlp.listen.split(':')[1])
        expect(ports.get('otlp-grpc')).toBe(grpcListen(collectors.otlp)?.split(':')[1])
      }
      expect(container.readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'telemetry' })
      expect(container.livenessProbe?.httpGet).toEqual({ path: '/healthz', port: 'telemetry' })
      const named = [...kind('Service'), ...kind('NetworkPolicy')].flatMap(({ spec }) => [
        ...(spec!.ports ?? []).map(({ targetPort }) => targetPort),
        ...(spec!.ingress ?? []).flatMap((rule) => rule.ports.map(({ port }) => port)),
      ])
      if (item.metadata.name === 'weir-collect')
        expect([...new Set(named)].toSorted()).toEqual([...ports.keys()].toSorted())
    }
  })

  test('have longer to stop than a stage takes to finish what it has in hand', () => {
    for (const item of deployments)
      expect(podOf(item).terminationGracePeriodSeconds! * 1000).toBeGreaterThanOrEqual(2 * DRAIN_MS)
  })

  test('are bounded and have no rights that they do not need', () => {
    for (const { item, container } of all) {
      const { resources, securityContext } = container
      expect(Object.keys(resources.requests)).toEqual(['cpu', 'memory'])
      expect(Object.keys(resources.limits)).toEqual(['memory'])
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
      expect(podOf(item).securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      })
      expect(podOf(item).automountServiceAccountToken).toBe(false)
    }
  })

  test('get the password of the store only where they write to it', () => {
    const passwords = all.flatMap(({ container }) =>
      container.env.flatMap(({ valueFrom }) => (valueFrom?.secretKeyRef.key.endsWith('-password') ? [container] : [])),
    )
    expect(passwords.map(({ args }) => args[2])).toEqual(['detect', '/etc/weir/weir.yaml'])
  })
})

test('copies of detect follow the lag of its group, up to the partitions', async () => {
  const [{ spec } = { spec: undefined }] = kind('ScaledObject')
  const target = named('Deployment', spec!.scaleTargetRef!.name)!
  const [container] = containersOf(target) as [Container]
  expect(target.spec!.replicas).toBeUndefined()
  const { stream } = await configOf(weirYaml, environmentOf(container))
  expect(spec!.maxReplicaCount).toBe(stream.partitions)
  expect(spec!.triggers).toHaveLength(1)
  const [{ type, metadata }] = spec!.triggers as [{ type: string; metadata: Labels }]
  expect(type).toBe('kafka')
  expect(metadata).toMatchObject({
    topic: TOPICS.interactions,
    consumerGroup: groupIdOf(TOPICS.interactions, 'detect'),
    bootstrapServers: stream.brokers,
  })
})
