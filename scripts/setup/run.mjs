import { spawn } from 'node:child_process'

/** Runs a command to its end and returns `{code, output}`; with `show` its output also goes to stderr, live. */
export function run(command, args, { cwd, env = process.env, show = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const chunks = []
    const take = (chunk) => {
      chunks.push(chunk)
      if (show) process.stderr.write(chunk)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) =>
      resolve({ code: 127, output: error.message, missing: error.code === 'ENOENT' }),
    )
    child.on('close', (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8'), missing: false }),
    )
  })
}

/** The last lines of an output, for an error message. */
export function tail(output, lines = 15) {
  return output.trimEnd().split('\n').slice(-lines).join('\n')
}
