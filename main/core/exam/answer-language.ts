import type { Language } from '../engines/engine.ts'
import { wordsOf } from './shop-figures.ts'

/** Words that only one of the languages has and that stand in almost every sentence. */
const marks: Record<Language, ReadonlySet<string>> = {
  es: new Set(
    'el la los las un una unos unas de del que y en con por para es son esta estan hay tenemos tienes te le lo se su tu mi nos como pero si ya muy mas cuando donde cual cuesta precio quieres hola gracias puedo puedes somos al este esto algo aqui'.split(
      ' ',
    ),
  ),
  en: new Set(
    'the an of and to in on for with is are it its you your we our have has there this that what which how do does can will would at from but if or not be was i me my let here hello thanks any costs price'.split(
      ' ',
    ),
  ),
}
const enough = 4

/** The language of an answer; null where too little of it tells. Names of products tell next to nothing. */
export function languageOfAnswer(text: string): Language | null {
  const votes = { es: 0, en: 0 }
  for (const word of wordsOf(text).split(' ')) {
    if (marks.es.has(word)) votes.es += 1
    if (marks.en.has(word)) votes.en += 1
  }
  if (/[¿¡]/.test(text)) votes.es += 2
  const [most, other] = votes.es > votes.en ? [votes.es, votes.en] : [votes.en, votes.es]
  if (most < enough || most < other * 2) return null
  return votes.es > votes.en ? 'es' : 'en'
}
