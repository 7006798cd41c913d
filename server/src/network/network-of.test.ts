import { expect, test } from 'vitest'
import { networkOf, siteOf } from './network-of.ts'

test('the network of an IPv4 address is the address, however it is written', () => {
  for (const address of [
    '192.0.2.7',
    '192.0.2.7:4711',
    '::ffff:192.0.2.7',
    '::FFFF:c000:207',
    '0:0:0:0:0:ffff:c000:0207',
  ])
    expect(networkOf(address)).toBe('192.0.2.7')
})

test('the network of an IPv6 address is its /64, however it is written', () => {
  const same = [
    '2001:db8:1:2::',
    '[2001:db8:1:2::]:4711',
    '2001:DB8:1:2:3:4:5:6',
    '2001:0db8:0001:0002:ffff::1',
    '2001:db8:1:2::192.0.2.7',
  ]
  for (const address of same) expect(networkOf(address)).toBe('2001:db8:1:2::/64')
  expect(networkOf('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64')
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64')
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})

test('text that is not an address stays as it is', () => {
  for (const text of ['', 'unknown', '_hidden', '1.2.3', '%', ':::'])
    expect(networkOf(text)).toBe(text)
})

test('connections that broke off have no address, and count as one network', () => {
  expect(networkOf(undefined)).toBe('unknown')
})

test('the site of an IPv6 address is its /48, that of an IPv4 address the address', () => {
  expect(siteOf('2001:db8:1:2::5')).toBe('2001:db8:1::/48')
  expect(siteOf('2001:db8:1:ffff::1')).toBe('2001:db8:1::/48')
  expect(siteOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(siteOf(undefined)).toBe('unknown')
})
