// Makes one feed file of those that the builds for several processors of one system wrote, before it is signed.
//
//   node scripts/release/merge-updates.mjs <written> <read> <read> …
//
// Windows and macOS ask for one file for all processors (latest.yml, latest-mac.yml); Linux has one for each, which are
// not merged.
import { writeFileSync } from 'node:fs'
import { feedText, readFeed } from './feed-file.mjs'

/** @throws when they are not of one version, or name different files alike */
function merge(feeds) {
  const [first] = feeds
  const files = new Map()
  for (const feed of feeds) {
    if (feed.version !== first.version)
      throw new Error(`these are two releases: ${first.version} and ${feed.version}`)
    for (const file of feed.files) {
      const known = files.get(file.url)
      if (known !== undefined && known.sha512 !== file.sha512)
        throw new Error(`${file.url} is two different files`)
      files.set(file.url, file)
    }
  }
  // A signature stood for one of them only.
  const { signature: _signature, ...rest } = first
  return { ...rest, files: [...files.values()] }
}

const [written, ...read] = process.argv.slice(2)
if (written === undefined || read.length === 0)
  throw new Error('usage: merge-updates.mjs <written> <read> <read> …')
const merged = merge(read.map(readFeed))
writeFileSync(written, feedText(merged))
console.log(`${written}: ${merged.version}, ${merged.files.map((file) => file.url).join(', ')}`)
