/**
 * The modules in order: a module imports, and reads the tables of, those before it; it writes only its own
 * tables and is entered by its index.ts. `platform` lies below all and knows no word of the domain.
 */
export const moduleOrder = [
  'directory',
  'access',
  'standards',
  'cases',
  'surveys',
  'inspections',
  'staff',
  'purchases',
  'intake',
  'records',
  'measurement',
  'demo',
] as const
