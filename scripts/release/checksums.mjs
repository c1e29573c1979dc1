// Writes SHA256SUMS for the files of a release, as `sha256sum -c` reads it.
//
//   node scripts/release/checksums.mjs [folder]     (default: dist)
import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

const written = 'SHA256SUMS'
const [folder = 'dist'] = process.argv.slice(2)

async function sha256(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== written && !entry.name.startsWith('.'))
  .map((entry) => entry.name)
  .sort()
if (names.length === 0) throw new Error(`no file in ${folder}`)
const lines = []
for (const name of names) lines.push(`${await sha256(join(folder, name))}  ${name}\n`)
writeFileSync(join(folder, written), lines.join(''))
console.log(`${join(folder, written)}: ${names.length} files`)
