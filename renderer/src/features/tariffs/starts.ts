import {
  type ElementForm,
  emptyElement,
  emptyInput,
  emptyRequirement,
  type InputForm,
  type LabelForm,
  type OptionForm,
  type TariffForm,
} from './form.ts'

/**
 * Tariffs to begin with. Their words are what customers would read, so they come in both languages; amounts are left to
 * the owner: a figure that nobody chose must not be quoted to anybody.
 */

export const startKinds = ['area', 'quantity', 'from', 'blank'] as const
export type StartKind = (typeof startKinds)[number]

export function startingForm(kind: StartKind): TariffForm {
  switch (kind) {
    case 'area':
      return byArea()
    case 'quantity':
      return byQuantity()
    case 'from':
      return fromPrice()
    case 'blank':
      return { ...conditions, inputs: [], elements: [emptyElement('base')] }
  }
}

const conditions: Omit<TariffForm, 'inputs' | 'elements'> = {
  priceKind: 'exact',
  requirements: [],
  validDays: '15',
  note: { es: '', en: '' },
}

function byArea(): TariffForm {
  const area = input('number', both('Superficie', 'Area'), {
    question: both('¿Cuántos metros cuadrados son?', 'How many square metres is it?'),
    unit: 'm²',
    min: '1',
  })
  const lift = input('yes_no', both('Ascensor', 'Lift'), {
    question: both('¿Hay ascensor o es una planta baja?', 'Is there a lift, or is it a ground floor?'),
  })
  return {
    ...conditions,
    inputs: [area, lift],
    elements: [
      element('base', both('Desplazamiento y preparación', 'Call-out and preparation')),
      element('per_unit', both('Por metro cuadrado', 'Per square metre'), { per: area.id }),
      element('option', both('Suplemento sin ascensor', 'Extra without a lift'), {
        when: [condition(lift.id, 'equals', 'no')],
      }),
      element('minimum', both('Precio mínimo', 'Minimum price')),
    ],
  }
}

function byQuantity(): TariffForm {
  const quantity = input('number', both('Cantidad', 'Quantity'), {
    question: both('¿Cuántas unidades quieres?', 'How many do you want?'),
    unit: 'uds.',
    min: '1',
  })
  const standard = option('Normal', 'Standard', ['sencillo', 'básico', 'basic'])
  const superior = option('Superior', 'Premium', ['mejor', 'de lujo', 'deluxe'])
  const quality = input('choice', both('Acabado', 'Finish'), {
    question: both('¿Qué acabado prefieres?', 'Which finish would you like?'),
    options: [standard, superior],
  })
  const urgent = input('yes_no', both('Urgente', 'Rush'), {
    question: both('¿Lo necesitas con urgencia?', 'Is it urgent?'),
  })
  return {
    ...conditions,
    inputs: [quantity, quality, urgent],
    elements: [
      element('per_unit', both('Por unidad', 'Each'), { per: quantity.id }),
      element('per_unit', both('Acabado superior, por unidad', 'Premium finish, each'), {
        per: quantity.id,
        when: [condition(quality.id, 'equals', superior.id)],
      }),
      element('percent', both('Descuento por cantidad', 'Quantity discount'), {
        sign: 'subtract',
        when: [condition(quantity.id, 'at_least', '10')],
      }),
      element('percent', both('Recargo por urgencia', 'Rush charge'), {
        when: [condition(urgent.id, 'equals', 'yes')],
      }),
    ],
  }
}

function fromPrice(): TariffForm {
  const simple = option('Sencillo', 'Simple', ['normal', 'fácil', 'easy'])
  const complex = option('Complejo', 'Complex', ['difícil', 'complicado', 'difficult'])
  const difficulty = input('choice', both('Tipo de encargo', 'Kind of job'), {
    question: both('¿Es un encargo sencillo o complejo?', 'Is it a simple or a complex job?'),
    options: [simple, complex],
  })
  return {
    ...conditions,
    priceKind: 'from',
    validDays: '30',
    inputs: [difficulty],
    elements: [
      element('base', both('Precio de partida', 'Starting price')),
      element('option', both('Encargo complejo', 'Complex job'), {
        when: [condition(difficulty.id, 'equals', complex.id)],
      }),
    ],
    requirements: [
      { ...emptyRequirement(), label: both('Documento de identidad', 'An identity document') },
      {
        ...emptyRequirement(),
        label: both('Fotos de lo que hay que hacer', 'Photos of what has to be done'),
      },
    ],
    note: both(
      'Te confirmamos el precio final cuando veamos los documentos.',
      'We confirm the final price once we have seen the documents.',
    ),
  }
}

function both(es: string, en: string): LabelForm {
  return { es, en }
}

function option(es: string, en: string, words: string[]): OptionForm {
  return { id: crypto.randomUUID(), key: null, label: both(es, en), words }
}

function input(type: InputForm['type'], label: LabelForm, more: Partial<InputForm>): InputForm {
  return { ...emptyInput(type), label, ...more }
}

function element(kind: ElementForm['kind'], label: LabelForm, more: Partial<ElementForm> = {}): ElementForm {
  return { ...emptyElement(kind), label, ...more }
}

function condition(inputId: string, is: ElementForm['when'][number]['is'], value: string) {
  return { id: crypto.randomUUID(), input: inputId, is, value }
}
