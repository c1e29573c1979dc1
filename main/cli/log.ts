import pino from 'pino'
import type { Log } from '../core/host.ts'
import { redacted } from '../hosting/log.ts'

/** Logs of a command: JSON lines on stderr, warnings and worse unless `MOSTRADOR_DEBUG` asks for more. */
export function stderrLog(): Log {
  const level = process.env.MOSTRADOR_DEBUG === undefined ? 'error' : 'debug'
  return wrap(pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2)))
}

function wrap(logger: pino.Logger): Log {
  return {
    debug: (event, data) => logger.debug(redacted(data), event),
    info: (event, data) => logger.info(redacted(data), event),
    warn: (event, data) => logger.warn(redacted(data), event),
    error: (event, data) => logger.error(redacted(data), event),
    child: (bindings) => wrap(logger.child(bindings)),
  }
}
