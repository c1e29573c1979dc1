import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A certificate for one host that nobody trusts but who is told its key's hash. */
export interface Certificate {
  key: string
  cert: string
  /** Base64 SHA-256 of the public key, as Chrome's `--ignore-certificate-errors-spki-list` takes it. */
  spkiHash: string
}

/** Makes a key and a self-signed X.509 certificate, both new each time; nothing secret is kept in the repository. */
export function makeCertificate(host: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const algorithm = sequence(objectId([1, 2, 840, 10045, 4, 3, 2]))
  const name = sequence(der(0x31, sequence(objectId([2, 5, 4, 3]), der(0x0c, Buffer.from(host)))))
  const day = 24 * 60 * 60 * 1000
  const validity = sequence(utcTime(Date.now() - day), utcTime(Date.now() + 30 * day))
  const alternativeName = sequence(
    objectId([2, 5, 29, 17]),
    der(0x04, sequence(der(0x82, Buffer.from(host)))),
  )
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)])
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    name,
    validity,
    name,
    spki,
    der(0xa3, sequence(alternativeName)),
  )
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)])
  const base64 = sequence(body, algorithm, der(0x03, signature)).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    spkiHash: createHash('sha256').update(spki).digest('base64'),
  }
}

/** One value in ASN.1's distinguished encoding. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...contents: Buffer[]): Buffer {
  return der(0x30, ...contents)
}

function objectId([first = 0, second = 0, ...rest]: number[]): Buffer {
  const bytes = [first * 40 + second]
  for (const part of rest) {
    const groups = [part & 0x7f]
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80)
    bytes.push(...groups)
  }
  return der(0x06, Buffer.from(bytes))
}

function utcTime(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\D/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${digits}Z`))
}
