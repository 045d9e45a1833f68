import { describe, expect, it } from 'vitest'
import { hitsIn, valuesIn } from '../pii.fixture.ts'
import { URL_CREDENTIALS } from './url-credentials.ts'

const found = (text: string): string[] => valuesIn(text, URL_CREDENTIALS)

describe('credentials in URLs', () => {
  it.each([
    ['postgres://app:s3cr3t@db.internal:5432/x', 'app:s3cr3t'],
    ['DATABASE_URL=mysql://root:a!b$c@10.0.0.5/db', 'root:a!b$c'],
    ['redis://:pw123@cache:6379', ':pw123'],
    ['mongodb+srv://u:p%40ss@cluster0.example.net', 'u:p%40ss'],
    ['"https://ann:Tr0ub4dor@git.example.com/x.git"', 'ann:Tr0ub4dor'],
    ['amqp://svc:x:y@[::1]:5672', 'svc:x:y'],
    [`https://${'0f1e2d3c'.repeat(4)}@o4501.ingest.sentry.io/77`, '0f1e2d3c'.repeat(4)],
    [`https://aB3${'xY7-k9Q2'.repeat(3)}@git.example.com/x.git`, `aB3${'xY7-k9Q2'.repeat(3)}`],
    ['proxies:\nann:R4venHill@154.16.20.9:1080\n', 'ann:R4venHill'],
    ['dsn := "app:g0pherHole@tcp(10.2.0.4:3306)/orders"', 'app:g0pherHole'],
  ])('%s', (text, value) => {
    expect(found(text)).toEqual([value])
    expect(hitsIn(text).filter(({ type }) => type === 'EMAIL_ADDRESS')).toEqual([])
  })

  it.each([
    'https://example.com/a:b@c',
    'ssh://git@host.example.com',
    'mailto:ann@x.org',
    'https://${USER}:${PASS}@host',
    'https://<user>:<pass>@host',
    'postgres://app:***@db',
    'see https://x.org: ann@y.org',
    'user:pass@host',
    'https://x.org?u=a:b@c.org',
    'postgres://user:password@localhost:5432/db',
    'https://username:secret@db.example.com/x',
    'the broker lets you in: amqp://guest:guest@rabbitmq:5672/',
    'ftp://anonymous:ann@x.org@ftp.gnu.org/',
    'https://examplePublicKey@o0.ingest.sentry.io/0',
    'sftp://a-very-long-name-of-somebody@host.example.com',
    'postgres://postgres:postgres@localhost:5432/postgres',
    'git@tcp(host)',
    'root@10.0.0.5:22, ann:raven@10.0.0.5',
    'at 10:30:2026ab@10.0.0.5',
    'dsn = "user:${PASS}@tcp(db:3306)/x"',
  ])('%s has none', (text) => expect(found(text)).toEqual([]))

  it('of manuals are less sure', () => {
    expect(hitsIn('https://user:password@host/')[0]!.confidence).toBeLessThan(0.7)
  })
})
