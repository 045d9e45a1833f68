/** How the fifty states number driver licences. Each comes once, with the first state that has it. */
export const DRIVER_SHAPES: readonly string[] = [
  '9999999', // Alabama
  '99999999', // Texas
  '999999999', // New York, Georgia, Connecticut
  '9999999999', // Nevada, North Carolina
  '999999999999', // Virginia
  '999 999 999', // New York
  '99 999 999', // Pennsylvania
  'A9999999', // California
  'A99999999', // Arizona, Massachusetts
  'A999999999', // Oklahoma, West Virginia
  'A99999999999', // Illinois
  'A999-9999-9999', // Illinois
  'A999999999999', // Florida, Maryland, Michigan, Minnesota
  'A999-999-99-999-9', // Florida
  'A-999-999-999-999', // Maryland
  'A 999 999 999 999', // Michigan
  'A9999999999999', // Wisconsin
  'A999-9999-9999-99', // Wisconsin
  'A99999999999999', // New Jersey
  'A9999 99999 99999', // New Jersey
  'AA999999', // Ohio
  'AA999999A', // Idaho
  '999AA9999', // Iowa
  '99AAA99999', // New Hampshire
  'A99-99-9999', // Kansas
  'A99-999-999', // Kentucky
  '99-999-9999', // Colorado
  '999-99-9999', // Mississippi
  '9999999A', // Vermont, Maine
  'AAA**AA999A9', // Washington since 2018
  'AAAAA**999**', // Washington before
]
