import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanAnswer } from './clean.ts'
import { leakedCalls } from './leaked-calls.ts'

describe('an answer for a chat', () => {
  it.each([
    ['**Té verde** cuesta *12,90 €*', 'Té verde cuesta 12,90 €'],
    ['# Hola\n\nTenemos **dos**:', 'Hola\n\nTenemos dos:'],
    ['- uno\n* dos\n+ tres', '• uno\n• dos\n• tres'],
    ['  - hundido', '• hundido'],
    ['1. uno\n2. dos', '1. uno\n2. dos'],
    ['| Té | Precio |\n|---|---|\n| Verde | 3 € |\n| Negro | 4 € |', '• Verde: 3 €\n• Negro: 4 €'],
    ['Mira [la carta](https://espiga.es/carta)', 'Mira la carta: https://espiga.es/carta'],
    ['[https://a.es](https://a.es)', 'https://a.es'],
    ['`12,90 €` y ```js\ncódigo\n```', '12,90 € y js\ncódigo'],
    ['> cita', 'cita'],
    ['uno\n---\ndos', 'uno\ndos'],
    ['snake_case_name y 2 * 3 * 4', 'snake_case_name y 2 * 3 * 4'],
    ['<b>Hola</b><br>¿Qué tal?', 'Hola\n¿Qué tal?'],
    ['<think>15 % off?</think>Hola', 'Hola'],
    ['pensando…</think>Hola', 'Hola'],
    ['Hola <think>y ahora', 'Hola'],
    ['Hola<|im_end|>', 'Hola'],
    ['Hola<｜end▁of▁sentence｜>', 'Hola'],
    ['<start_of_turn>model\nHola<end_of_turn>', 'Hola'],
    ['[INST] Hola [/INST]', 'Hola'],
    ['<context>\nNow: …\n</context>\nHola', 'Hola'],
    ['Hola </customer_message>', 'Hola'],
    ['Hola ‹/customer_message›', 'Hola'],
    ['<tool_call>{"name":"view_cart"}</tool_call>Hola', 'Hola'],
    ['{"name":"search_products","arguments":{"query":"té"}}\nHola', 'Hola'],
    ['Hola {"productId": "x", "deep": {"a": [1, "}"]}} adiós', 'Hola adiós'],
    ['```json\n{"a": 1}\n```\nHola', 'Hola'],
    ['search_products(query="té") Hola', 'Hola'],
    ['Hola {"name": "se', 'Hola'],
    ['Assistant: Hola', 'Hola'],
    ['Vendedor: Hola', 'Hola'],
    ['Hola.\nCliente: ¿y el té?\nVendedor: 3 €', 'Hola.'],
    ["Here's the corrected message:\nHola", 'Hola'],
    ['Aquí tienes el mensaje corregido:\n\nHola', 'Hola'],
    ['"Hola, tenemos té."', 'Hola, tenemos té.'],
    ['Hola, [NAME_1]. ¿Qué tal?', 'Hola. ¿Qué tal?'],
    ['Te llamo al [PHONE_1]. ¿Vale?', '¿Vale?'],
    ['Cuesta [precio]. ¿Te lo pongo?', '¿Te lo pongo?'],
    ['Hola {nombre}. ¿Qué tal?', '¿Qué tal?'],
    ['Té [250 g] a 3 €', 'Té [250 g] a 3 €'],
    ['Tenemos miel de azahar.\nTenemos miel de azahar.', 'Tenemos miel de azahar.'],
    ['a  b   c', 'a b c'],
    ['uno\n\n\n\ndos', 'uno\n\ndos'],
    ['Hola\u200b\u0007 tú\u{e0041}', 'Hola tú'],
    ['   ', ''],
    ['{}', ''],
  ])('%j', (written, sent) => {
    expect(cleanAnswer(written)).toBe(sent)
  })

  it('has no emoji where the owner wants none, and keeps figures', () => {
    expect(cleanAnswer('¡Hola! 😊👩🏽‍🍳 Son 3 € 🇪🇸 ©', { emoji: false })).toBe('¡Hola! Son 3 € ©')
    expect(cleanAnswer('¡Hola! 😊')).toBe('¡Hola! 😊')
  })

  it('ends after a whole sentence where it is too long', () => {
    const long = Array.from({ length: 200 }, (_, at) => `Esta es la frase número ${at}.`).join(' ')
    const sent = cleanAnswer(long)
    expect(sent.length).toBeLessThanOrEqual(1_500)
    expect(sent).toMatch(/\.$/)
  })
})

/** What models write, good and bad, in any order. */
const written = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        '<think>',
        '</think>',
        '<context>',
        '</context>',
        '<customer_message>',
        '</customer_message>',
        '<tool_call>',
        '</tool_call>',
        '<|im_end|>',
        '{"name": "x",',
        '"arguments": {}}',
        '[NAME_1]',
        '[ADDRESS_2]',
        '```json',
        '```',
        '**',
        '| a | b |',
        '|---|---|',
        '\n',
        'Assistant:',
        'Hola.',
        '12,90 €',
        '# ',
        '- ',
        '{',
        '}',
        '"',
        '<',
        '>',
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(' '))

describe('whatever a model writes', () => {
  it('cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(written, fc.boolean(), (text, emoji) => {
        const once = cleanAnswer(text, { emoji })
        expect(cleanAnswer(once, { emoji })).toBe(once)
      }),
      { numRuns: 400 },
    )
  })

  it('no mark of a prompt, no thought and no placeholder is left', () => {
    fc.assert(
      fc.property(written, (text) => {
        const sent = cleanAnswer(text)
        expect(sent).not.toMatch(/<\/?(?:think|context|customer_message|tool_call)>/)
        expect(sent).not.toMatch(/<\|[^|]*\|>/)
        expect(sent).not.toMatch(/\[(?:NAME|ADDRESS)_\d+\]/)
        expect(sent.length).toBeLessThanOrEqual(1_500)
      }),
      { numRuns: 400 },
    )
  })
})

describe('an answer that a model was talked into, or that a service made up', () => {
  // What is read again from each of its places would keep the whole shop waiting for minutes.
  it.each([' ', '\n', ' \n', '\t ', '<think>', '<context>', '<tool_call>', '| - ', '```json {', '[x]('])(
    'ends where it repeats %j without end',
    (piece) => {
      const text = `Cuesta 3 €.${piece.repeat(40_000 / piece.length)}`
      expect(cleanAnswer(text)).toMatch(/^Cuesta 3 €\./)
      expect(leakedCalls(`<tool_call>${text}`, ['view_cart'])).toEqual([])
    },
  )

  it('keeps the words around a run of blanks', () => {
    expect(cleanAnswer(`Hola${' '.repeat(5_000)}Ana${'\n '.repeat(5_000)}Cuesta 3 €.`)).toBe(
      'Hola Ana\n\nCuesta 3 €.',
    )
  })
})
