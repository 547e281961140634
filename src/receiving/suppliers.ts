/** Who sends goods. */
export const SUPPLIERS = [
  'Nordvik Fasteners',
  'Halden Bearings',
  'Rivera Electric',
  'Okafor Packaging',
  'Baltic Tools',
] as const;
