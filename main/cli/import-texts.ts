import type { CliLanguage } from './texts.ts'

/** What the command line says of a row that an import refused or doubts. */
const issues: Record<string, Record<CliLanguage, string> | undefined> = {
  no_name: {
    es: 'No tiene nombre.',
    en: 'It has no name.',
  },
  duplicate_sku: {
    es: 'La referencia ya salió en otra fila de este archivo.',
    en: 'The SKU already came up in another row of this file.',
  },
  duplicate_name: {
    es: 'El nombre ya salió en otra fila de este archivo.',
    en: 'The name already came up in another row of this file.',
  },
  price_negative: {
    es: 'El precio es negativo.',
    en: 'The price is negative.',
  },
  price_absurd: {
    es: 'El precio es disparatado: parece un error.',
    en: 'The price is out of all proportion: it looks like a mistake.',
  },
  price_unreadable: {
    es: 'El precio no se entiende.',
    en: "The price can't be understood.",
  },
  other_currency: {
    es: 'El precio está en otra moneda.',
    en: 'The price is in another currency.',
  },
  parent_missing: {
    es: 'Es una variación y su producto no está en el archivo.',
    en: "It is a variation and its product isn't in the file.",
  },
  no_variant_left: {
    es: 'No queda ninguna variante que se pueda vender.',
    en: 'No variant is left that can be sold.',
  },
  type_not_supported: {
    es: 'Ese tipo de producto no se admite todavía.',
    en: "That type of product isn't supported yet.",
  },
  name_too_long: {
    es: 'El nombre es demasiado largo.',
    en: 'The name is too long.',
  },
  too_many_variations: {
    es: 'Tiene demasiadas variantes.',
    en: 'It has too many variants.',
  },
  sku_of_other_product: {
    es: 'La referencia es de otro producto que ya tienes.',
    en: 'The SKU belongs to another product you already have.',
  },
  damaged_row: {
    es: 'La fila está rota: revisa comillas y separadores.',
    en: 'The row is broken: check quotes and separators.',
  },
  total_row: {
    es: 'Parece una fila de totales, no un producto.',
    en: 'It looks like a row of totals, not a product.',
  },
  price_missing: {
    es: 'No tiene precio: queda «a consultar».',
    en: 'It has no price: it stays “on request”.',
  },
  price_free: {
    es: 'Dice que es gratis: comprueba que es así.',
    en: 'It says it is free: check that this is right.',
  },
  price_zero: {
    es: 'El precio es cero: comprueba que es así.',
    en: 'The price is zero: check that this is right.',
  },
  price_ambiguous: {
    es: 'El punto o la coma del precio se puede leer de dos maneras.',
    en: 'The dot or comma of the price can be read in two ways.',
  },
  price_rounded: {
    es: 'El precio tenía demasiados decimales y se redondeó.',
    en: 'The price had too many decimals and was rounded.',
  },
  price_range: {
    es: 'El precio era un intervalo: se guarda «desde» el menor.',
    en: 'The price was a range: it is kept as “from” the lowest.',
  },
  price_without_tax: {
    es: 'El precio parece ir sin impuestos.',
    en: 'The price seems to be without tax.',
  },
  decimal_mixed: {
    es: 'El archivo mezcla puntos y comas como decimales.',
    en: 'The file mixes dots and commas as decimals.',
  },
  compare_at_unreadable: {
    es: 'El precio anterior no se entiende y se deja vacío.',
    en: "The previous price can't be understood and is left empty.",
  },
  compare_at_not_higher: {
    es: 'El precio anterior no es mayor que el actual y se deja vacío.',
    en: "The previous price isn't higher than the current one and is left empty.",
  },
  sale_not_lower: {
    es: 'El precio rebajado no es menor que el normal.',
    en: "The sale price isn't lower than the regular one.",
  },
  stock_unreadable: {
    es: 'Las existencias no se entienden.',
    en: "The stock can't be understood.",
  },
  stock_negative: {
    es: 'Las existencias son negativas.',
    en: 'The stock is negative.',
  },
  stock_rounded: {
    es: 'Las existencias tenían decimales y se redondearon.',
    en: 'The stock had decimals and was rounded.',
  },
  status_unknown: {
    es: 'El estado no se reconoce: se toma como disponible.',
    en: "The status isn't known: it is taken as available.",
  },
  quantity_unreadable: {
    es: 'La cantidad mínima o máxima no se entiende.',
    en: "The least or most quantity can't be understood.",
  },
  lead_time_unreadable: {
    es: 'El plazo de preparación no se entiende.',
    en: "The time to prepare can't be understood.",
  },
  image_not_stored: {
    es: 'La imagen no se ha podido guardar.',
    en: "The image couldn't be stored.",
  },
  duplicate_options: {
    es: 'Dos variantes tienen las mismas opciones.',
    en: 'Two variants have the same options.',
  },
  sku_scientific: {
    es: 'La hoja de cálculo cambió la referencia a notación científica.',
    en: 'The spreadsheet turned the SKU into scientific notation.',
  },
  extra_cells: {
    es: 'La fila tiene más celdas que columnas.',
    en: 'The row has more cells than columns.',
  },
  encoding_damaged: {
    es: 'Hay letras dañadas: exporta el archivo como UTF-8.',
    en: 'Some letters are damaged: export the file as UTF-8.',
  },
  manual_kept: {
    es: 'Se conserva lo que cambiaste a mano.',
    en: 'What you changed by hand is kept.',
  },
  was_removed: {
    es: 'Lo habías eliminado: no se recupera solo.',
    en: "You had deleted it: it isn't restored by itself.",
  },
}

/** Text of a row's reason; a code without a text of its own shows as it is. */
export function issueText(code: string, language: CliLanguage): string {
  return issues[code]?.[language] ?? code
}
