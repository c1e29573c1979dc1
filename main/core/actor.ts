/** Who made a change. Stored as text in `created_by`, `updated_by`, the audit log and order histories. */
export type Actor = 'system' | 'agent' | `customer:${string}` | `person:${string}` | `import:${string}`
