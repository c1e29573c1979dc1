/** Sizes and speeds of files as people read them: `2,4 GB`, `830 MB`. */
export function bytesText(bytes: number, language: string): string {
  const [value, unit] =
    bytes >= 1e9
      ? [bytes / 1e9, 'gigabyte']
      : bytes >= 1e6
        ? [bytes / 1e6, 'megabyte']
        : bytes >= 1e3
          ? [bytes / 1e3, 'kilobyte']
          : [bytes, 'byte']
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && unit !== 'byte' ? 1 : 0,
  }).format(value)
}

/** Memory as it is sold: a computer with 24 × 1024³ bytes has `24 GB`. */
export function memoryText(bytes: number, language: string): string {
  const gigabytes = bytes / 1024 ** 3
  return gigabytes >= 1
    ? bytesText(gigabytes * 1e9, language)
    : bytesText((bytes / 1024 ** 2) * 1e6, language)
}
