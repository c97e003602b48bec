import { describe, expect, it } from 'vitest'

import { openCountryDatabase } from '../store/countryDatabase.ts'
import { describeClient, isBot } from './describeClient.ts'

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.7339.16 Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1'

describe('describeClient', () => {
  it('says what anybody could say, and no more', async () => {
    const findCountry = await openCountryDatabase()
    expect(describeClient(CHROME, '81.2.69.142', findCountry)).toEqual({
      country: 'GB',
      device: 'desktop',
      browser: 'Chrome 140',
      os: 'Linux',
    })
    expect(describeClient(IPHONE, '2001:4860:4860::8888', findCountry)).toEqual({
      country: 'US',
      device: 'mobile',
      browser: 'Safari 17',
      os: 'iOS',
    })
  })

  it.each(['127.0.0.1', '::1', '10.1.2.3', '192.168.1.1', 'fd00::1', 'fe80::1', '::ffff:192.168.1.1', 'nonsense', ''])(
    'knows no country for %j',
    async (address) => {
      expect(describeClient(CHROME, address, await openCountryDatabase()).country).toBe('')
    },
  )

  it('takes any user agent', async () => {
    const findCountry = await openCountryDatabase()
    for (const userAgent of ['', '\u0000', '('.repeat(100_000), 'Mozilla'.repeat(10_000)]) {
      expect(describeClient(userAgent, '', findCountry).browser.length).toBeLessThanOrEqual(40)
    }
  })
})

describe('isBot', () => {
  it.each([
    '',
    'Googlebot/2.1',
    'Mozilla/5.0 (compatible; bingbot/2.0)',
    'curl/8.5',
    'python-requests/2',
    'Chrome-Lighthouse',
  ])('takes %j for a program', (userAgent) => expect(isBot(userAgent)).toBe(true))
  it.each([
    CHROME,
    IPHONE,
    CHROME.replace('Chrome', 'HeadlessChrome'),
    'Mozilla/5.0 (Android 14; CUBOT P60) Firefox/130.0',
  ])('takes %j for a browser', (userAgent) => expect(isBot(userAgent)).toBe(false))
})
