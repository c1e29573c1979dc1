import { addDays } from '../language/calendar.ts'

/** Days of the year that people call by a name. The text is folded: lower case, no accents. */

interface NamedDay {
  pattern: RegExp
  /** First and last day in a year. */
  in(year: number): { from: string; to: string }
}

function each(pattern: RegExp, monthDay: string, until = monthDay): NamedDay {
  return { pattern, in: (year) => ({ from: `${year}-${monthDay}`, to: `${year}-${until}` }) }
}

function beforeEaster(pattern: RegExp, from: number, to = from): NamedDay {
  return {
    pattern,
    in: (year) => ({ from: addDays(easter(year), from), to: addDays(easter(year), to) }),
  }
}

/** Longer names come before the shorter ones that they hold. */
export const namedDays: readonly NamedDay[] = [
  each(/\b(?:nochebuena|noche buena|christmas eve)\b/, '12-24'),
  each(/\b(?:nochevieja|noche vieja|fin de ano|new years?'?s? eve)\b/, '12-31'),
  each(/\bnavidades\b/, '12-24', '12-26'),
  each(/\b(?:dia de )?navidad\b|\b(?:christmas|xmas)(?: day)?\b/, '12-25'),
  each(/\bboxing day\b/, '12-26'),
  each(/\b(?:dia de )?ano nuevo\b|\bnew year(?:'?s)?(?:'? day)?\b/, '01-01'),
  each(/\b(?:dia de |los )?reyes(?: magos)?\b|\bepiphany\b|\bthree kings\b/, '01-06'),
  each(/\bsan valentin\b|\bvalentine'?s?(?: day)?\b/, '02-14'),
  each(/\bdia del trabajo\b|\bdia del trabajador\b|\bmay day\b/, '05-01'),
  each(/\b(?:la )?asuncion\b/, '08-15'),
  each(/\bdia de la hispanidad\b|\bdia del pilar\b/, '10-12'),
  each(/\bhalloween\b/, '10-31'),
  each(/\btodos los santos\b|\ball saints'?(?: day)?\b/, '11-01'),
  each(/\bdia de la constitucion\b/, '12-06'),
  each(/\b(?:la )?inmaculada\b/, '12-08'),
  beforeEaster(/\bjueves santo\b|\bmaundy thursday\b/, -3),
  beforeEaster(/\bviernes santo\b|\bgood friday\b/, -2),
  beforeEaster(/\bsabado santo\b|\bholy saturday\b/, -1),
  beforeEaster(/\blunes de pascua\b|\beaster monday\b/, 1),
  beforeEaster(/\bsemana santa\b|\beaster weekend\b/, -3, 0),
  beforeEaster(/\bdomingo de (?:pascua|resurreccion)\b|\beaster(?: sunday)?\b/, 0),
]

/** Easter Sunday of the western churches (Meeus, Jones and Butcher). */
export function easter(year: number): string {
  const a = year % 19
  const century = Math.floor(year / 100)
  const rest = year % 100
  const correction = Math.floor((century + 8) / 25)
  const moon =
    (19 * a + century - Math.floor(century / 4) - Math.floor((century - correction + 1) / 3) + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - moon - (rest % 4)) % 7
  const late = Math.floor((a + 11 * moon + 22 * weekday) / 451)
  const day = moon + weekday - 7 * late + 114
  return `${year}-${String(Math.floor(day / 31)).padStart(2, '0')}-${String((day % 31) + 1).padStart(2, '0')}`
}
