/** Somebody who works at the desk. */
export interface Person {
  id: string
  name: string
  role: 'owner' | 'staff'
  /** Language of the desk; null follows the browser. */
  language: 'es' | 'en' | null
}
