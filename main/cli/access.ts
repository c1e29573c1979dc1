import type { Command } from 'commander'
import type { ContractClient, Outputs } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import { sayOfAccess } from './access-texts.ts'
import type { CommandContext, Run } from './command.ts'
import { connect } from './connection.ts'
import { askHidden, readPiped } from './hidden-input.ts'
import { cellText } from './output.ts'
import { localTime } from './serving-texts.ts'
import type { CliLanguage } from './texts.ts'

type State = Outputs['access']['state']
type Member = State['people'][number]

const shortest = 10

/** Who may open the desk from other computers: passwords and sessions. */
export function accessCommands(program: Command, run: Run): void {
  const access = program.command('access').description('passwords and sessions of the desk on the network')
  run(access.command('list').description('people, and how the desk is reached'), (context) =>
    onAccess(context, async (client) => list(context, await client.access.state())),
  )
  const person = (command: Command) => command.option('--person <name>', 'whose; the owner’s by default')
  run(
    person(access.command('password'))
      .option('--stdin', 'read it from standard input instead of asking for it')
      .description('set a password; their other sessions end'),
    (context, options) => onAccess(context, (client) => setPassword(context, client, options)),
  )
  run(
    person(access.command('remove')).description('remove a password; their sessions end'),
    (context, options) =>
      onAccess(context, async (client) => {
        const found = personOf(await client.access.state(), options.person)
        await client.access.removePassword({ personId: found.id })
        return result(context, { personId: found.id, hasPassword: false }, 'passwordRemoved', found)
      }),
  )
  run(access.command('sessions').description('who is signed in, and where'), (context) =>
    onAccess(context, async (client) => sessions(context, await client.access.state())),
  )
  run(
    access.command('end').argument('<session>', 'its id').description('end a session'),
    (context, _options, [id = '']) =>
      onAccess(context, async (client) => {
        const done = await client.access.endSession({ id })
        context.output.result(done, sayOfAccess('sessionEnded', context.output.language))
        return undefined
      }),
  )
}

async function onAccess(
  context: CommandContext,
  work: (client: ContractClient) => Promise<number | undefined>,
): Promise<number | undefined> {
  const connection = await connect(context, 'none')
  try {
    return await work(connection.client)
  } finally {
    await connection.close()
  }
}

async function setPassword(
  context: CommandContext,
  client: ContractClient,
  options: Record<string, unknown>,
): Promise<number | undefined> {
  const { language } = context.output
  const person = personOf(await client.access.state(), options.person)
  const isPiped = options.stdin === true
  const name = nameOf(person, language)
  const password = isPiped
    ? await readPiped()
    : await askHidden(sayOfAccess('newPassword', language, { name }))
  if (!isPiped && (await askHidden(sayOfAccess('again', language))) !== password) {
    process.stderr.write(`${sayOfAccess('differ', language)}\n`)
    return 2
  }
  if ([...password].length < shortest) throw new DomainError('access.password_weak', { reason: 'short' })
  await client.access.setPassword({ personId: person.id, password })
  const said = person.name === '' ? 'passwordSetNameless' : 'passwordSet'
  return result(context, { personId: person.id, hasPassword: true }, said, person)
}

function list(context: CommandContext, { lan, people }: State): undefined {
  const { output } = context
  const { language } = output
  if (output.json) {
    output.result({ lan, people }, '')
    return
  }
  for (const person of people) {
    const password = sayOfAccess(person.hasPassword ? 'withPassword' : 'withoutPassword', language)
    output.result(null, [nameOf(person, language), sayOfAccess(person.role, language), password].join('\t'))
  }
  if (!lan.on) {
    output.result(null, sayOfAccess('notOpen', language))
    return
  }
  output.result(null, sayOfAccess('network', language, { addresses: lan.addresses.join(' ') }))
  output.result(null, sayOfAccess('fingerprint', language, { fingerprint: lan.fingerprint ?? '' }))
}

function sessions(context: CommandContext, state: State): undefined {
  const { output } = context
  const { language } = output
  for (const session of state.sessions) {
    const person = state.people.find(({ id }) => id === session.personId)
    const line = sayOfAccess('session', language, {
      id: session.id,
      name: person === undefined ? '' : nameOf(person, language),
      browser: cellText(session.browser || '–'),
      from: localTime(session.startedAt, language),
      used: localTime(session.usedAt, language),
    })
    output.result(session, line)
  }
  if (state.sessions.length === 0 && !output.json) output.result(null, sayOfAccess('noSessions', language))
}

/** The person of that name, or the owner. @throws DomainError `person.not_found`, `input.invalid` where several are called so. */
function personOf({ people }: State, named: unknown): Member {
  const wanted = typeof named === 'string' ? named.trim().toLocaleLowerCase() : null
  const found = people.filter((person) =>
    wanted === null ? person.role === 'owner' : [person.id, person.name.toLocaleLowerCase()].includes(wanted),
  )
  const [only, ...others] = found
  if (only === undefined) throw new DomainError('person.not_found', { name: String(named ?? '') })
  if (others.length > 0) throw new DomainError('input.invalid', { field: '--person', issue: 'several' })
  return only
}

function nameOf({ name, role }: Member, language: CliLanguage): string {
  return cellText(name === '' ? sayOfAccess(role === 'owner' ? 'owner' : 'noName', language) : name)
}

function result(
  context: CommandContext,
  value: object,
  said: 'passwordSet' | 'passwordSetNameless' | 'passwordRemoved',
  person: Member,
): undefined {
  const { output } = context
  output.result(value, sayOfAccess(said, output.language, { name: nameOf(person, output.language) }))
}
