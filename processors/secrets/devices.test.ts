import { describe, expect, it } from 'vitest'
import { secretsIn } from './secrets.fixture.ts'

const scrambled = `0822${'455D0A16'}`

describe('keys in configurations of devices', () => {
  it.each([
    [`username ann privilege 15 password 7 ${scrambled}`, scrambled],
    [`line vty 0 4\n password 7 ${scrambled}\n login`, scrambled],
    ['username oper password 0 Swi7chR4ck', 'Swi7chR4ck'],
    ['hostname r1\nenable secret R0uterK1ng\n!', 'R0uterK1ng'],
    ['r1(config)# enable password R0uterK1ng', 'R0uterK1ng'],
    [`tacacs-server host 10.9.0.5 key 7 ${scrambled}`, scrambled],
    [`radius server main\n address ipv4 10.0.0.1 auth-port 1812\n key R4diusBell`, 'R4diusBell'],
    ['crypto isakmp key vpnTunn3l address 203.0.113.9', 'vpnTunn3l'],
    [' neighbor 192.0.2.1 password bgpP33r', 'bgpP33r'],
    ['snmp-server community n3tMon RO', 'n3tMon'],
    ['snmp-server community netmonitor RW 10', 'netmonitor'],
    ['set snmp community juneBug authorization read-only', 'juneBug'],
    ['The SNMP community string is n3tMon77.', 'n3tMon77'],
    ['rocommunity s3nsorNet 10.0.0.0/8', 's3nsorNet'],
    ['snmpwalk -v2c -c pl4ntR34d 10.7.7.1 sysDescr', 'pl4ntR34d'],
    ['snmp-server host 10.1.1.9 version 2c trapL0rd', 'trapL0rd'],
  ])('%s', (text, value) => expect(secretsIn(text)).toEqual([value]))

  it('of a user who asks', () =>
    expect(secretsIn('snmp-server user mon grp v3 auth sha 4uthPhr4se priv aes 128 Pr1vPhr4se')).toEqual([
      '4uthPhr4se',
      'Pr1vPhr4se',
    ]))

  it.each([
    'snmp-server community public RO',
    'snmp-server community <string> RO',
    'rocommunity public localhost',
    'snmpwalk -v2c -c public host',
    'the SNMP community grew by 12 members',
    'set community 65000:100',
    'ip community-list standard CUST permit 65001:200',
    'The community2 project',
    'service password-encryption',
    'enable secret scanning\nin your repository',
    'enable password reset',
    'enable secret <password>',
    'password 7 characters long, password 7 times',
    'the password 0 is used when there is none',
    'neighbor 192.0.2.1 password required',
    'tacacs-server host 10.9.0.5 key shared',
    'radius and key 7 on the keyboard',
  ])('%s has none', (text) => expect(secretsIn(text)).toEqual([]))
})
