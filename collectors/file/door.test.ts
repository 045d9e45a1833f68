import { afterEach, expect, it } from 'vitest'
import { systemClock, systemRandom } from '../../core/clock.ts'
import { WeirError } from '../../core/errors.ts'
import type { Emit } from '../../core/seam.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { interaction } from '../../test/support/interactions.ts'
import { createDoor, createRemoteEmit, type Door, type DoorKey } from './index.ts'

const doors: Door[] = []
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close()
})

async function opened(emit: Emit<Interaction>, deadlineMs = 10_000): Promise<DoorKey & { door: Door }> {
  const door = createDoor({ clock: systemClock, random: systemRandom, deadlineMs })
  doors.push(door)
  return { ...(await door.open(emit)), door }
}

const post = (url: string, token: string, body: string, method = 'POST'): Promise<Response> =>
  fetch(url, { method, headers: { authorization: `Bearer ${token}` }, ...(method === 'POST' && { body }) })

const none: Emit<Interaction> = async () => []

it('takes what is handed over, and says what was refused by its place', async () => {
  const taken: Interaction[] = []
  const key = await opened(async (batch) => {
    taken.push(...batch)
    return [{ index: 1, reason: 'too_large', message: 'too large' }]
  })
  const lot = ['a', 'b', 'c'].map((seed) => interaction(seed))
  lot[0]!.arrival.imported = true
  const refusals = await createRemoteEmit(async () => key)(lot)
  expect(refusals).toEqual([{ index: 1, reason: 'too_large', message: 'too large' }])
  expect(taken).toEqual(lot)
})

it('opens to nobody without the token, and to nothing but interactions', async () => {
  let asked = 0
  const { url, token } = await opened(async () => {
    asked++
    return []
  })
  expect(new URL(url).hostname).toBe('127.0.0.1')
  expect((await post(url, 'wrong', '')).status).toBe(401)
  expect((await fetch(url, { method: 'POST' })).status).toBe(401)
  expect((await post(url, token, '', 'GET')).status).toBe(404)
  expect((await post(`${url}/x`, token, '')).status).toBe(404)
  const bad = await post(url, token, `${JSON.stringify(interaction('a'))}\n{"jane@example.org":1}\n`)
  expect(bad.status).toBe(400)
  expect(await bad.text()).toMatch(/\[1\] is not an interaction: it must have required property/)
  const traversal = interaction('a', { tenant: '../x' })
  expect((await post(url, token, JSON.stringify(traversal))).status).toBe(400)
  expect(asked).toBe(0)
})

it('says that what is temporary is, and who asks comes again', async () => {
  const full = await opened(() => Promise.reject(new WeirError('WEIR_QUEUE_FULL', 'the queue is full')))
  const remote = createRemoteEmit(async () => full)
  await expect(remote([interaction('a')])).rejects.toMatchObject({
    code: 'WEIR_QUEUE_FULL',
    message: /the queue is full/,
  })
  const never = await opened(() => new Promise(() => {}), 100)
  await expect(createRemoteEmit(async () => never)([interaction('a')])).rejects.toThrow('not stored within 100 ms')
  const secret = await opened(() => Promise.reject(new Error('jane@example.org')))
  await expect(createRemoteEmit(async () => secret)([interaction('a')])).rejects.toThrow(/an error inside Weir$/)
})

it('is looked for each time: a Weir that was started anew is found', async () => {
  const first = await opened(none)
  let key: DoorKey = first
  const remote = createRemoteEmit(async () => key)
  expect(await remote([interaction('a')])).toEqual([])
  await first.door.close()
  await expect(remote([interaction('a')])).rejects.toMatchObject({ code: 'WEIR_NOT_RUNNING' })
  key = await opened(none)
  expect(await remote([interaction('a')])).toEqual([])
})

it('lets what is inside finish when it closes, and closes twice', async () => {
  let finish: (() => void) | undefined
  const key = await opened(() => new Promise((resolve) => (finish = () => resolve([]))))
  const answer = createRemoteEmit(async () => key)([interaction('a')])
  await expect.poll(() => finish).toBeDefined()
  const closing = key.door.close()
  finish!()
  expect(await answer).toEqual([])
  await closing
  await key.door.close()
  await createDoor({ clock: systemClock, random: systemRandom, deadlineMs: 1 }).close()
})

it('takes two lots at once, and tells a third to come again', async () => {
  const finish: (() => void)[] = []
  const key = await opened(() => new Promise((resolve) => finish.push(() => resolve([]))))
  const remote = createRemoteEmit(async () => key)
  const taken = [remote([interaction('a')]), remote([interaction('b')])]
  await expect.poll(() => finish.length).toBe(2)
  await expect(remote([interaction('c')])).rejects.toMatchObject({ code: 'WEIR_QUEUE_FULL' })
  for (const one of finish) one()
  expect(await Promise.all(taken)).toEqual([[], []])
})
