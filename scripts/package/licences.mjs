// The licences of everything that is shipped, in one file; a package whose licence is missing or not allowed stops it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Licences that let us ship a package inside an app under MIT. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/** Allowed for these packages alone, with the reason. */
const exceptions = {
  // Stays beside the archive as files of its own (asarUnpack), so that anybody may put another version in its place.
  'node-webpmux': 'LGPL-3.0-or-later',
}

/** Packages that say nothing in `package.json`, and what the file they bring says. */
const unnamed = { 'png-js': 'MIT' }

/** Packages that are left out of the installers. */
const leftOut = /^(empty-npm-package|typescript|undici-types|bare-.*|@types\/.*|@typescript\/.*)$/

const licenceFile = /^(licen[cs]e|copying|unlicense|notice)([-._].*)?$/i

/**
 * @param {{ name: string, version: string, folder: string, manifest: Record<string, any> }[]} packages
 * @returns {{ text: string, problems: string[], count: number }}
 */
export function noticesOf(packages) {
  const shipped = packages.filter(({ name }) => !leftOut.test(name))
  const problems = []
  const parts = shipped.map((one) => {
    const licence = licenceOf(one)
    if (!isAllowed(one.name, licence)) problems.push(`${one.name}@${one.version}: licence ${licence}`)
    const text = textOf(one, licence)
    if (text === null) problems.push(`${one.name}@${one.version}: no text of ${licence}`)
    return `${'='.repeat(80)}\n${one.name} ${one.version} (${licence})\n\n${text ?? ''}\n`
  })
  return { text: parts.join('\n'), problems, count: shipped.length }
}

/** The SPDX expression of a package, also from the older forms that some still use. */
function licenceOf({ name, manifest }) {
  const { license, licenses } = manifest
  if (typeof license === 'string' && license !== '') return license
  const listed = Array.isArray(license) ? license : Array.isArray(licenses) ? licenses : [license ?? licenses]
  const types = listed.map((one) => (typeof one === 'string' ? one : one?.type)).filter(Boolean)
  return types.length > 0 ? types.join(' OR ') : (unnamed[name] ?? 'none named')
}

/** `A OR B` needs one allowed licence, `A AND B` both. */
export function isAllowed(name, expression) {
  if (exceptions[name] === expression) return true
  const plain = expression.replace(/[()]/g, '')
  if (plain.includes(' OR ')) return plain.split(' OR ').some((one) => isAllowed(name, one.trim()))
  return plain.split(' AND ').every((one) => allowed.has(one.trim()))
}

/** The package's own file; where it brings none, the licence's standard words under its author's name. */
function textOf({ name, folder, manifest }, licence) {
  const files = readdirSync(folder)
    .filter((file) => licenceFile.test(file))
    .sort()
  if (files.length > 0)
    return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
  const [first = ''] = licence.replace(/[()]/g, '').split(/ OR | AND /)
  const standard = standardText(first)
  if (!existsSync(standard)) return null
  const { author } = manifest
  const who = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`)
  return readFileSync(standard, 'utf8').replace('<holder>', who).trim()
}

function standardText(spdx) {
  return join(import.meta.dirname, 'licence-texts', `${spdx}.txt`)
}
