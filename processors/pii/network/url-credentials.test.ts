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
  ])('%s has none', (text) => expect(found(text)).toEqual([]))

  it('of manuals are less sure', () => {
    expect(hitsIn('https://user:password@host/')[0]!.confidence).toBeLessThan(0.7)
  })
})
