// Puts our signature into the feed files of a finished release, so that the app follows it.
//
//   node scripts/release/sign-updates.mjs [folder]     signs every latest*.yml and beta*.yml there (default: dist)
//   node scripts/release/sign-updates.mjs --new-key    makes a pair of keys: one half for resources/update-keys.json,
//                                                      the other for the store of secrets, and for nowhere else
//
// MOSTRADOR_UPDATE_KEY holds the private key (ed25519, PKCS#8, PEM or base64); two, with a comma between them, while
// one replaces the other. MOSTRADOR_UPDATE_KEYS names another file of public keys than resources/update-keys.json.
// Needs Node 24: what is signed is decided by the app's own code.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { signedText } from '../../main/electron/updates/release.ts'
import { readUpdateKeys, verifiedRelease } from '../../main/electron/updates/signature.ts'
import { inRoot } from '../setup/project.mjs'
import { feedText, isFeedFile, readFeed } from './feed-file.mjs'

function privateKeys(text) {
  if (!text) throw new Error('MOSTRADOR_UPDATE_KEY is empty: there is nothing to sign with')
  return text.split(',').map((one) => {
    const key = one.includes('BEGIN')
      ? createPrivateKey(one)
      : createPrivateKey({ key: Buffer.from(one.trim(), 'base64'), format: 'der', type: 'pkcs8' })
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('MOSTRADOR_UPDATE_KEY is no ed25519 key')
    return key
  })
}

async function sha512(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  return hash.digest('base64')
}

/** Signs nothing that does not lie beside it, byte for byte: a signature is our word for these files. */
async function requireFiles(feed, folder) {
  for (const { url, size, sha512: expected } of feed.files) {
    const file = join(folder, url)
    if (statSync(file).size !== size) throw new Error(`${url} is not ${size} bytes long`)
    if ((await sha512(file)) !== expected) throw new Error(`${url} is not the file that the feed names`)
  }
}

async function signFeed(file, keys, believed) {
  const feed = readFeed(file)
  await requireFiles(feed, dirname(file))
  const signatures = keys.map((key) => sign(null, Buffer.from(signedText(feed)), key).toString('base64'))
  const signed = { ...feed, signature: signatures.length === 1 ? signatures[0] : signatures }
  // As every shop will: a key that the app does not know would stop all of them.
  verifiedRelease(signed, believed)
  writeFileSync(file, feedText(signed))
  console.log(`signed ${file} (${feed.version}, ${feed.files.length} files)`)
}

function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const half = (key, type) => key.export({ format: 'der', type }).toString('base64')
  console.log(`public, for resources/update-keys.json: ${half(publicKey, 'spki')}`)
  console.log(`private, for MOSTRADOR_UPDATE_KEY:       ${half(privateKey, 'pkcs8')}`)
}

async function signFolder(folder) {
  const keys = privateKeys(process.env.MOSTRADOR_UPDATE_KEY)
  const file = process.env.MOSTRADOR_UPDATE_KEYS || inRoot('resources', 'update-keys.json')
  const believed = readUpdateKeys(readFileSync(file, 'utf8'))
  const listed = new Set(believed.map((key) => key.export({ format: 'jwk' }).x))
  if (!keys.some((key) => listed.has(createPublicKey(key).export({ format: 'jwk' }).x)))
    throw new Error(`${file} does not name this key: no installation would follow the release`)
  const feeds = readdirSync(folder).filter(isFeedFile)
  if (feeds.length === 0) throw new Error(`no feed file in ${folder}`)
  for (const name of feeds) await signFeed(join(folder, name), keys, believed)
}

const [argument = 'dist'] = process.argv.slice(2)
if (argument === '--new-key') newKey()
else await signFolder(argument)
