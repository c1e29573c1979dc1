import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { DomainError } from '../core/errors.ts'

const day = 24 * 60 * 60 * 1000
/** Browsers of Apple refuse certificates that live longer than 398 days. */
const lifetimeMs = 365 * day
/** A new one is made when an old one has less than this left. */
export const renewedBeforeMs = 30 * day

/** A certificate and its key, PEM. */
export interface Certificate {
  cert: string
  key: string
  /** SHA-256, `AB:CD:…`: what a browser shows of it. */
  fingerprint: string
  /** ms since the epoch. */
  endsAt: number
}

/**
 * The owner's own certificate, from files that they keep.
 * @throws DomainError `access.certificate {reason, path}`: `unreadable`, `invalid`, `mismatch`, `expired`.
 */
export function readCertificate(files: { certFile: string; keyFile: string }, now: number): Certificate {
  const cert = readPem(files.certFile)
  const key = readPem(files.keyFile)
  const refused = (reason: string, path: string) => new DomainError('access.certificate', { reason, path })
  const parsed = attempt(() => new X509Certificate(cert))
  if (parsed === null) throw refused('invalid', files.certFile)
  const privateKey = attempt(() => createPrivateKey(key))
  if (privateKey === null) throw refused('invalid', files.keyFile)
  if (!parsed.checkPrivateKey(privateKey)) throw refused('mismatch', files.keyFile)
  const endsAt = parsed.validToDate.getTime()
  if (endsAt <= now) throw refused('expired', files.certFile)
  return { cert, key, fingerprint: parsed.fingerprint256, endsAt }
}

/**
 * The app's own certificate in the data folder, with the names and addresses of this computer. Made where there is none,
 * where it ends soon or is damaged, and where it does not have one of the names.
 * @throws DomainError `access.certificate {reason: 'not_written', path}`
 */
export async function ownCertificate(
  dataFolder: string,
  names: readonly string[],
  now: number,
): Promise<Certificate> {
  const folder = join(dataFolder, 'tls')
  const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') }
  const kept = attempt(() => readCertificate(files, now))
  if (kept !== null && !isToBeRenewed(kept, names, now)) return kept
  const made = await makeCertificate(names, now)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeWhole(files.keyFile, made.key)
    writeWhole(files.certFile, made.cert)
  } catch (error) {
    throw new DomainError('access.certificate', { reason: 'not_written', path: folder }, { cause: error })
  }
  return made
}

/** Whether a certificate ends soon or does not stand for one of the names. */
export function isToBeRenewed(certificate: Certificate, names: readonly string[], now: number): boolean {
  if (certificate.endsAt - now < renewedBeforeMs) return true
  const parsed = new X509Certificate(certificate.cert)
  return names.some((name) => {
    const found = isIP(name) === 0 ? parsed.checkHost(name, { subject: 'never' }) : parsed.checkIP(name)
    return found === undefined
  })
}

/** A certificate that signs itself, for these names and addresses alone. */
export async function makeCertificate(names: readonly string[], now: number): Promise<Certificate> {
  // Needed by the next one, which is loaded only where a certificate is made.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const made = await x509.X509CertificateGenerator.createSelfSigned(
    {
      // Positive, and never the same twice: browsers take two certificates with one number for a forgery.
      serialNumber: `01${randomBytes(15).toString('hex')}`,
      name: [{ CN: ['Mostrador'] }],
      // Clocks of phones and computers differ.
      notBefore: new Date(now - day),
      notAfter: new Date(now + lifetimeMs),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
        ),
      ],
    },
    crypto,
  )
  const cert = made.toString('pem')
  const secret = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const key = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString()
  const { fingerprint256, validToDate } = new X509Certificate(cert)
  return { cert, key, fingerprint: fingerprint256, endsAt: validToDate.getTime() }
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new DomainError('access.certificate', { reason: 'unreadable', path }, { cause: error })
  }
}

function writeWhole(path: string, text: string): void {
  const beside = `${path}.new`
  writeFileSync(beside, text, { mode: 0o600 })
  // The mode above counts only for a file that is new.
  chmodSync(beside, 0o600)
  renameSync(beside, path)
}

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
