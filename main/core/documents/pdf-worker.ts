import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import pdfmake from 'pdfmake'
import { layOut } from './layout.ts'
import type { PdfAnswer, PdfJob } from './paper.ts'

/** Lays one paper out as a PDF, in a thread of its own: it takes longer than the main process may stand still. */

const fonts = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto')
const font = (name: string) => join(fonts, `Roboto-${name}.ttf`)

function dataUrl(path: string): string {
  const bytes = readFileSync(path)
  const mime = bytes[0] === 0x89 ? 'image/png' : 'image/jpeg'
  return `data:${mime};base64,${bytes.toString('base64')}`
}

async function render({ paper, logo }: PdfJob): Promise<Uint8Array> {
  pdfmake.setFonts({
    Roboto: {
      normal: font('Regular'),
      bold: font('Medium'),
      italics: font('Italic'),
      bolditalics: font('MediumItalic'),
    },
  })
  // A paper reads its fonts and nothing else, whatever its texts say.
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(fonts))
  pdfmake.setUrlAccessPolicy(() => false)
  return await pdfmake.createPdf(layOut(paper, logo === null ? null : dataUrl(logo))).getBuffer()
}

// Posted by `renderPdf` only, as this very type.
const job = workerData as PdfJob
try {
  const pdf = await render(job)
  parentPort?.postMessage({ ok: true, pdf } satisfies PdfAnswer)
} catch (error) {
  parentPort?.postMessage({ ok: false, error: String(error) } satisfies PdfAnswer)
}
