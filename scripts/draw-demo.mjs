// `npm run demo:draw`: draws the demo shop's pictures and renders them to JPEG (Telegram takes no SVG) with Chromium.
// `-- --sheet FILE.png` also makes a contact sheet; `-- SKU …` draws only those.
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { bread } from './demo-art/bread.mjs'
import { cakes } from './demo-art/cakes.mjs'
import { chocolate } from './demo-art/chocolate.mjs'
import { delicatessen } from './demo-art/delicatessen.mjs'
import { drinks } from './demo-art/drinks.mjs'
import { pantry } from './demo-art/pantry.mjs'
import { pastry } from './demo-art/pastry.mjs'
import { scene } from './demo-art/pencil.mjs'
import { presents } from './demo-art/presents.mjs'
import { table } from './demo-art/table.mjs'
import { ensureChromium } from './setup/chromium.mjs'
import { inRoot } from './setup/project.mjs'

const drawings = {
  ...bread,
  ...pastry,
  ...cakes,
  ...delicatessen,
  ...pantry,
  ...drinks,
  ...chocolate,
  ...presents,
  ...table,
}
const args = process.argv.slice(2)
const sheetAt = args.indexOf('--sheet')
const sheet = sheetAt < 0 ? null : args.splice(sheetAt, 2)[1]
const wanted = args.length > 0 ? args : Object.keys(drawings)

const pictures = wanted.map((sku) => {
  const drawing = drawings[sku]
  if (!drawing) throw new Error(`There is no drawing for ${sku}`)
  const [background, draw] = drawing
  return { sku, svg: scene(background, draw()) }
})

const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
})
try {
  const page = await browser.newPage({ viewport: { width: 640, height: 640 } })
  const folder = inRoot('resources', 'demo', 'images')
  mkdirSync(folder, { recursive: true })
  for (const { sku, svg } of pictures) {
    await page.setContent(`<style>*{margin:0}svg{display:block}</style>${svg}`)
    await page.screenshot({ path: `${folder}/${sku}.jpg`, type: 'jpeg', quality: 84 })
  }
  if (sheet) {
    const cells = pictures.map(({ sku, svg }) => `<div>${svg}<p>${sku}</p></div>`).join('')
    const style =
      'body{margin:8px;display:grid;grid-template-columns:repeat(8,1fr);gap:8px;font:14px sans-serif}svg{width:100%;height:auto;border-radius:12px}p{margin:0}'
    await page.setViewportSize({ width: 1600, height: 900 })
    await page.setContent(`<style>${style}</style>${cells}`)
    await page.screenshot({ path: sheet, fullPage: true })
  }
  process.stdout.write(`${pictures.length} pictures\n`)
} finally {
  await browser.close()
}
