import { describe, expect, it } from 'vitest'
import { mayOpenOutside } from './external-links.ts'
import { isDeskAddress, isShownFile, isViewerAddress } from './origin.ts'

describe("the desk's own addresses", () => {
  it.each(['app://desk/index.html', 'app://desk/', 'app://desk/media/demo/ab?x=1#y'])('%s', (address) => {
    expect(isDeskAddress(address)).toBe(true)
  })

  it.each([
    'app://desk.evil.example/',
    'app://evil@desk/',
    'app://evil/desk',
    'app://desk:80/',
    'https://desk/',
    'file:///index.html',
    'app:desk',
    'javascript:app://desk/',
    'blob:app://desk/1',
    '',
  ])('not %s', (address) => {
    expect(isDeskAddress(address)).toBe(false)
  })
})

describe('what is shown in a window of its own', () => {
  it('is a file of a shop, with the viewer of papers around it', () => {
    const file = `app://desk/media/demo/${'a'.repeat(64)}`
    expect(isShownFile(file)).toBe(true)
    expect(isViewerAddress(file)).toBe(true)
    expect(isViewerAddress('chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html')).toBe(true)
  })

  it.each([
    'app://desk/index.html',
    'app://desk/media',
    'app://evil/media/demo/1',
    'https://evil.example/media/demo/1',
    'chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/index.html',
    'about:blank',
  ])('is not %s', (address) => {
    expect(isShownFile(address)).toBe(false)
    expect(isViewerAddress(address)).toBe(false)
  })
})

describe('links to other places', () => {
  it.each([
    'https://t.me/BotFather',
    'https://platform.deepseek.com/api_keys',
    'https://www.openstreetmap.org/',
  ])('may open: %s', (address) => {
    expect(mayOpenOutside(address)).toBe(true)
  })

  it.each([
    'http://t.me/BotFather',
    'https://evil.example/t.me',
    'https://t.me.evil.example/',
    'https://user@t.me/',
    'https://t.me:8443/',
    'file:///etc/passwd',
    'smb://host/share',
    'javascript:alert(1)',
    'ms-settings:',
    '\\\\host\\share',
  ])('may not: %s', (address) => {
    expect(mayOpenOutside(address)).toBe(false)
  })
})
