// `npm run icons:draw`: draws every icon of the product from its SVG with Chromium, into resources/.
// Installers' icons go to resources/build (not shipped inside), those the app shows to resources/icons.
import { mkdirSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { icns, ico } from './icons/containers.mjs'
import { appIcon, macIcon, trayIcon, trayTemplate } from './icons/drawings.mjs'
import { ensureChromium } from './setup/chromium.mjs'
import { inRoot } from './setup/project.mjs'

/** Scales that Windows uses; the file without one is 16 pixels wide. */
const scales = { '': 16, '@1.25x': 20, '@1.5x': 24, '@2x': 32, '@3x': 48 }
const states = ['', 'paused', 'attention']

const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
})
try {
  const page = await browser.newPage()
  const render = async (svg, size) => {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(
      `<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    )
    return page.screenshot({ omitBackground: true })
  }
  const all = async (svg, sizes) => {
    const pictures = []
    for (const size of sizes) pictures.push({ size, png: await render(svg, size) })
    return pictures
  }
  const build = inRoot('resources', 'build')
  const icons = inRoot('resources', 'icons')
  mkdirSync(`${build}/icons`, { recursive: true })
  mkdirSync(icons, { recursive: true })

  const windows = ico(await all(appIcon(), [16, 20, 24, 32, 40, 48, 64, 256]))
  writeFileSync(`${build}/icon.ico`, windows)
  writeFileSync(`${build}/icon.icns`, icns(await all(macIcon(), [16, 32, 64, 128, 256, 512, 1024])))
  for (const { size, png } of await all(appIcon(), [16, 24, 32, 48, 64, 128, 256, 512]))
    writeFileSync(`${build}/icons/${size}x${size}.png`, png)

  writeFileSync(`${icons}/icon.svg`, `${appIcon()}\n`)
  writeFileSync(`${icons}/icon.png`, await render(appIcon(), 512))
  for (const state of states) {
    const name = state === '' ? 'tray' : `tray-${state}`
    for (const [suffix, size] of Object.entries(scales))
      writeFileSync(`${icons}/${name}${suffix}.png`, await render(trayIcon(state), size))
    // Panels of Linux take the picture as it is and make it smaller.
    writeFileSync(`${icons}/${name}-linux.png`, await render(trayIcon(state), 48))
    writeFileSync(`${icons}/${name}Template.png`, await render(trayTemplate(state), 16))
    writeFileSync(`${icons}/${name}Template@2x.png`, await render(trayTemplate(state), 32))
  }
} finally {
  await browser.close()
}
