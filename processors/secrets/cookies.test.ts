import { describe, expect, it } from 'vitest'
import { ALNUM, HEX, made, secretsIn } from './secrets.fixture.ts'

const session = made(ALNUM, 43, 5)
const other = made(HEX, 32, 9)

describe('cookies that sign somebody in', () => {
  it.each([
    [`Cookie: theme=dark; session=${session}; lang=de`, [session]],
    [`Set-Cookie: sid=${session}; Path=/; HttpOnly; Max-Age=31536000`, [session]],
    [`cookie: _ga=GA1.1.93.17; laravel_session=${session}`, [session]],
    [`curl 'https://x.org/api' \\\n  -H 'accept: */*' \\\n  -b 'connect.sid=${session}; _ga=GA1.2'`, [session]],
    [`curl --cookie "JSESSIONID=${other}" https://x.org`, [other]],
    [`cookies = {"sessionid": "${session}", "csrftoken": "${other}"}`, [session, other]],
    [
      `{"cookies": [{"name": "lang", "value": "de"}, {"domain": ".x.org", "name": "sid", "path": "/", "value": "${session}"}]}`,
      [session],
    ],
    [`https://x.org/cart;jsessionid=${other}`, [other]],
    [`PHPSESSID=${other}`, [other]],
    [`__Host-auth.token cookie: __Host-auth.token=${session}; Secure`, [session]],
  ])('%s', (text, values) => expect(secretsIn(text)).toEqual(values))

  it('down to the last of many, in whatever form', () => {
    const values = Array.from({ length: 300 }, (_, at) => `${made(ALNUM, 30, at + 1)}4`)
    const header = values.map((value, at) => `session${at}=${value}`).join('; ')
    expect(secretsIn(`Cookie: ${header}\nCookie: ${header}`)).toEqual([...values, ...values])
    const list = values.map((value) => `{"name": "sid", "value": "${value}"}`).join(', ')
    expect(secretsIn(`"cookies": [${list}]`)).toEqual(values)
  })

  it.each([
    'Cookie: theme=dark; lang=de; consent=true',
    `Cookie: consent=${session}; cookie_consent_session=${session}`,
    `Cookie: visitor=${session}`,
    'Set-Cookie: sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'Set-Cookie: session=<session-id>; HttpOnly',
    'Cookie: session=deleted; token=${SESSION_TOKEN_OF_2024}',
    'Cookie: sessionid=38afes7a8',
    'document.cookie = "session=" + sid',
    'cookies: { sessionToken: { name: "next-auth.session-token", options: { httpOnly: true } } }',
    'cookie: { maxAge: 30 * 24 * 60 * 60, sameSite: "lax" }',
    `ETag and cookies are sent, ${session} is no cookie`,
  ])('%s has none', (text) => expect(secretsIn(text)).toEqual([]))
})
