/** Which of "lo, la, los, las" stands for a Spanish name: 0 to 3. A guess from its head noun's ending and the usual exceptions. */
export function nounForm(name: string): 0 | 1 | 2 | 3 {
  const head =
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/\p{L}{2,}/u)?.[0] ?? ''
  const plural = /s$/.test(head) && !singularInS.test(head)
  const stem = plural ? head.replace(/(?<=[^aeo])es$|s$/, '') : head
  const feminine =
    feminineWords.test(stem) || (/(?:a|cion|sion|dad|tud|umbre)$/.test(stem) && !masculineInA.test(stem))
  if (plural) return feminine ? 3 : 2
  return feminine ? 1 : 0
}

const singularInS =
  /^(?:lunes|cactus|virus|anis|paraguas|abre\w+|saca\w+|porta\w+|lava\w+|corta\w+|quita\w+)$/
const feminineWords =
  /^(?:mano|foto|moto|sal|miel|leche|flor|red|luz|carne|llave|clase|base|nuez|torre|piel|nube|sarten|hiel|pared|fuente|crin)$/
const masculineInA =
  /^(?:sofa|mapa|pijama|piyama|dia|clima|aroma|tema|idioma|programa|problema|sistema|diploma|esquema|cava|planeta|panorama|crucigrama)$/
