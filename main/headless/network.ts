import { hostname } from 'node:os'
import type { NetworkDoor } from '../api/serving.ts'
import { DomainError } from '../core/errors.ts'
import type { Clock, Log } from '../core/host.ts'
import type { PeopleService } from '../core/people/service.ts'
import { type Certificate, ownCertificate, readCertificate } from './certificate.ts'
import { isOwnName, networkEntrance, ownHostNames } from './entrance.ts'
import type { NetworkOptions } from './options.ts'
import { OwnAddresses } from './own-addresses.ts'
import type { HttpHost } from './server.ts'

/** How often the certificate is looked at: whether it ends, and whether the owner put another one in its place, ms. */
const lookAgainMs = 60 * 60 * 1000
const everyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

export interface NetworkDeps {
  dataFolder: string
  people: PeopleService
  instanceId: string
  clock: Clock
  log: Log
}

/** The desk as it is open to the network: who it is there, and with which certificate. */
export class Network {
  readonly #options: NetworkOptions
  readonly #deps: NetworkDeps
  readonly #addresses: OwnAddresses
  #certificate: Certificate | null = null
  #port = 0
  #cancel: () => void = () => undefined

  constructor(options: NetworkOptions, deps: NetworkDeps) {
    this.#options = options
    this.#deps = deps
    this.#addresses = new OwnAddresses(deps.clock)
  }

  /**
   * Opens the desk.
   * @throws DomainError `access.no_password`, `access.certificate {reason, path}`, `host.port_in_use {port}`,
   * `host.address_unknown {address}`.
   */
  async open(http: HttpHost): Promise<void> {
    const { people, instanceId, log } = this.#deps
    // A desk that nobody can sign in to is of no use, and one without passwords would be everybody's.
    if (people.access.withPassword().size === 0) throw new DomainError('access.no_password')
    const certificate = await this.#current()
    const { host, port } = this.#options
    this.#port = await http.listenToNetwork({ host, port, certificate }, (listensOn) =>
      networkEntrance((header) => this.#isOwnName(header, listensOn), instanceId),
    )
    this.#certificate = certificate
    this.#watch(http)
    log.info('network.open', { port: this.#port, ownCertificate: this.#options.certificate !== undefined })
  }

  close(): void {
    this.#cancel()
  }

  /** What the desk shows of it. Addresses are those of this moment. */
  get door(): NetworkDoor {
    const { host, names } = this.#options
    const addresses = everyAddress.has(host)
      ? this.#addresses.reachable().filter((address) => host === '::' || !address.includes(':'))
      : [host]
    const places = [...names.map((name) => (name.includes(':') ? name : this.#withPort(name)))]
    for (const address of addresses)
      places.push(this.#withPort(address.includes(':') ? `[${address}]` : address))
    return {
      addresses: places.map((place) => `https://${place.replace(/:443$/, '')}`),
      fingerprint: this.#certificate?.fingerprint ?? '',
    }
  }

  #withPort(name: string): string {
    return `${name}:${this.#port}`
  }

  #isOwnName(header: string, port: number): boolean {
    const addresses = this.#addresses.all()
    return isOwnName(header, { addresses, hostName: hostname(), names: this.#options.names, port })
  }

  /** The owner's certificate as it lies there now, or the app's own, made anew where it is time. */
  async #current(): Promise<Certificate> {
    const { certificate, names, host } = this.#options
    const now = this.#deps.clock.now()
    if (certificate !== undefined) return readCertificate(certificate, now)
    const addresses = everyAddress.has(host) ? this.#addresses.reachable() : [host]
    const own = [
      ...names.map((name) => name.replace(/:\d+$/, '')),
      ...ownHostNames(hostname()),
      ...addresses,
      '127.0.0.1',
    ]
    return ownCertificate(this.#deps.dataFolder, [...new Set(own)], now)
  }

  #watch(http: HttpHost): void {
    this.#cancel = this.#deps.clock.after(lookAgainMs, () => {
      this.#watch(http)
      void this.#renew(http)
    })
  }

  async #renew(http: HttpHost): Promise<void> {
    const { log } = this.#deps
    try {
      const current = await this.#current()
      if (current.fingerprint === this.#certificate?.fingerprint) return
      http.setCertificate(current)
      this.#certificate = current
      log.info('network.certificate_renewed', { fingerprint: current.fingerprint })
    } catch (error) {
      // The one that is shown stays, and is looked at again.
      log.error('network.certificate_not_renewed', { error })
    }
  }
}
