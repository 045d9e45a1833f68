import { describe, expect, it } from 'vitest'
import { valuesIn } from '../pii.fixture.ts'
import { MAC_ADDRESS, macOf } from './mac.ts'

const found = (text: string): string[] => valuesIn(text, MAC_ADDRESS)

describe('addresses of network cards', () => {
  it.each([
    ['3c:22:fb:4a:91:0e', '3c:22:fb:4a:91:0e'],
    ['HWaddr 3C-22-FB-4A-91-0E ', '3C-22-FB-4A-91-0E'],
    ['mac=3c22.fb4a.910e,', '3c22.fb4a.910e'],
    ['fb:aa:3c:22:fe:91 is up', 'fb:aa:3c:22:fe:91'],
    ['MAC address: aa:bb:cc:dd:ee:ff', 'aa:bb:cc:dd:ee:ff'],
    ['on **3c22.fb4a.910e**', '3c22.fb4a.910e'],
    ['mac: 3C22FB4A910E', '3C22FB4A910E'],
  ])('%s', (text, mac) => expect(found(text)).toEqual([mac]))

  it.each([
    '00:00:00:00:00:00',
    'ff-ff-ff-ff-ff-ff',
    '01:00:5e:00:00:fb',
    '00:00:5e:00:53:af',
    '3c:22:fb:4a:91',
    '3c:22:fb:4a:91:0e:77',
    '3c:22-fb:4a:91:0e',
    '10:15:30',
    'SHA256 3c:22:fb:4a:91:0e:12:13:14:15:16:17',
    'x3c:22:fb:4a:91:0e',
    '0152 ; [.22FC.0023.0008]',
    '0E2F ; [*FFF1.0000.0002]',
    '3c22fb4a910e',
  ])('%s is none', (text) => expect(found(text)).toEqual([]))

  it('have their hex digits as normal form', () => expect(macOf('3C-22-FB-4A-91-0E')).toBe('3c22fb4a910e'))
})
