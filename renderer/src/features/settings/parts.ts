/** Parts of the settings' screen, as they stand in the address. */
export const settingsParts = ['general', 'attention', 'quick', 'team'] as const
export type SettingsPart = (typeof settingsParts)[number]
