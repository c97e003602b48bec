import { describe, expect, it } from 'vitest'
import { createPublicAddressCheck } from './publicAddress.ts'

describe('createPublicAddressCheck', () => {
  const isPublic = createPublicAddressCheck()

  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700::1111', '2a00:1450:4007::1'])(
    'lets %s be reached',
    (address) => {
      expect(isPublic(address)).toBe(true)
    },
  )

  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    'ff02::1',
    'localhost',
    '',
  ])('keeps %s out', (address) => {
    expect(isPublic(address)).toBe(false)
  })
})
