import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readOptions } from './options.ts'

const read = (line: string, env: Record<string, string> = {}) =>
  readOptions(line.split(' ').filter(Boolean), env)

describe('the options', () => {
  it('are closed to the network unless that is asked for', () => {
    expect(read('')).toMatchObject({ open: true, json: false, log: 'files' })
    expect(read('')).not.toHaveProperty('network')
    expect(read('', { MOSTRADOR_HOST: '0.0.0.0', MOSTRADOR_LAN: '0' })).not.toHaveProperty('network')
    expect(read('--lan')?.network).toEqual({ host: '0.0.0.0', port: 4781, names: [] })
  })

  it('take all of it', () => {
    const line =
      '--lan --host 192.168.1.20 --lan-port 8443 --name Desk.example:443 --name caja --tls-cert c.pem --tls-key k.pem'
    expect(read(line)?.network).toEqual({
      host: '192.168.1.20',
      port: 8443,
      names: ['desk.example:443', 'caja'],
      certificate: { certFile: resolve('c.pem'), keyFile: resolve('k.pem') },
    })
  })

  it('stand in variables too, and a flag goes before them', () => {
    const env = {
      MOSTRADOR_LAN: 'sí',
      MOSTRADOR_HOST: '10.0.0.2',
      MOSTRADOR_LAN_PORT: '9443',
      MOSTRADOR_NAMES: 'caja, desk.example:443',
      MOSTRADOR_PORT: '4000',
      MOSTRADOR_LOG: 'stdout',
      MOSTRADOR_TLS_CERT: '',
    }
    expect(read('--host 10.0.0.3', env)).toMatchObject({
      port: 4000,
      log: 'stdout',
      open: false,
      network: { host: '10.0.0.3', port: 9443, names: ['caja', 'desk.example:443'] },
    })
    expect(read('--no-lan', env)).not.toHaveProperty('network')
  })

  it.each([
    '--host 10.0.0.3',
    '--tls-cert c.pem --tls-key k.pem',
    '--lan --tls-cert c.pem',
    '--lan --host desk.example',
    '--lan --name https://desk.example',
    '--lan --name *.example',
    '--lan --lan-port 70000',
    '--port many',
    '--log file.log',
    '--unknown',
    'extra',
  ])('are refused where they cannot be meant: %s', (line) => {
    expect(read(line)).toBeNull()
  })
})
