/** A place on a public map, opened in a tab of its own. Only figures reach the address. */
export function mapUrl(latitude: number, longitude: number): string {
  const at = `${latitude.toFixed(6)}/${longitude.toFixed(6)}`
  return `https://www.openstreetmap.org/?mlat=${latitude.toFixed(6)}&mlon=${longitude.toFixed(6)}#map=17/${at}`
}

/** `40,41650, -3,70379`, written as the reader writes figures. */
export function coordinates(latitude: number, longitude: number, language: string): string {
  const figure = new Intl.NumberFormat(language, { minimumFractionDigits: 5, maximumFractionDigits: 5 })
  return `${figure.format(latitude)}; ${figure.format(longitude)}`
}
