import { expect, test } from 'vitest'
import { mayReach, sendOutside } from './send-outside.ts'

const inside = [
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '::ffff:10.0.0.1',
  '64:ff9b::10.0.0.1',
  '2002:0a00:0001::',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
]

test('addresses of this computer, of private networks and of clouds are not public, however they are written', () => {
  expect(inside.filter((address) => mayReach(address, []))).toEqual([])
  const outside = ['1.1.1.1', '93.184.216.34', '2606:4700::1111', '::ffff:1.1.1.1']
  expect(outside.filter((address) => !mayReach(address, []))).toEqual([])
})

test('a private network can be opened, and no other', () => {
  const reachable = ['10.1.0.0/16', 'fd00::/8']
  const found = ['10.1.2.3', '::ffff:10.1.2.3', '10.2.0.1', 'fd00::1', 'fe80::1']
  expect(found.map((address) => mayReach(address, reachable))).toEqual([
    true,
    true,
    false,
    true,
    false,
  ])
})

test.each([
  'https://localhost/',
  'https://127.0.0.1/',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://169.254.169.254/latest/meta-data/',
  'http://1.1.1.1/',
  'https://user@1.1.1.1/',
])('%s is not asked', async (url) => {
  const sending = sendOutside({ url, headers: {}, body: Buffer.of() }, { reachable: [] })
  await expect(sending).rejects.toThrow(/is not a public address|not an https URL/)
})
